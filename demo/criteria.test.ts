/**
 * What the commune published of its progress (rows M23 and M24 of its own account), from the demo's records as of
 * 31 March 2024, by the public API; and that one changed record moves the indicator, its objective and its theme.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, type ApiRuntime } from '#app/api';
import { runAs, type Runtime } from '#app/runtime';
import { findBoard, levelsOf, listPilots, recordValue, signIndicator, SMART_COMMUNE } from '#domain/criteria';
import { endWork, listWorks } from '#domain/places';
import type { Actor, Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { openDatabase } from '#kernel/db.server';
import { recount } from '#test/recount';
import { emptyRuntime } from '#test/runtime';
import { anonymous, system } from '#test/world';
import { buildAccounts, type DemoPerson } from './accounts.ts';
import { buildCommunes, type DemoCommune } from './communes.ts';
import { buildCriteria } from './criteria.ts';
import { buildPlaces } from './houses-and-works.ts';
import { buildOffice } from './office.ts';
import { buildPlots } from './plots.ts';
import { buildProducers } from './producers.ts';
import { buildServices } from './services.ts';

const DAY = localDate('2024-03-31');
const AT = new Date(`${DAY}T10:00:00+07:00`);
const folder = mkdtempSync(join(tmpdir(), 'xa-criteria-'));
let runtime: Runtime;
let demo: DemoCommune;
let people: DemoPerson[];

beforeAll(async () => {
  runtime = await emptyRuntime(folder);
  const now = new Date('2026-11-20T20:00:00+07:00');
  ({ tucTranh: demo } = await buildCommunes(runtime, now));
  await buildProducers(runtime, demo, now);
  await buildPlaces(runtime, demo, now);
  await buildPlots(runtime, demo, now);
  people = await buildAccounts(runtime, demo);
  await buildServices(runtime, demo, people, { year: 60, onPaper: 1, since: 20, recent: 0 }, now);
  await buildOffice(runtime, demo, people, now);
  await buildCriteria(runtime, demo, people);
}, 300_000);
afterAll(async () => {
  await runtime?.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now = AT) =>
  runAs(runtime, { commune: demo.commune, actor, now, silent: true }, work);
const leader = () => people.find(({ key }) => key === 'chu-tich')!.actor;

/** "10/18" as everybody is told it. */
async function told(what: string, asOf: string = DAY): Promise<string> {
  const api = createApi(runtime as ApiRuntime);
  const answer = await api.request(`/api/v1/measures/criteria.${what}?as_of=${asOf}`);
  expect(answer.status).toBe(200);
  const { numerator, denominator, records } = (await answer.json()) as Record<string, unknown>;
  const list = (await (await api.request(String(records))).json()) as { total: number };
  expect(list.total).toBe(numerator);
  return `${String(numerator)}/${String(denominator)}`;
}
/** The value of a measure as everybody is told it, and how many records its list has. */
async function asked(name: string): Promise<number[]> {
  const api = createApi(runtime as ApiRuntime);
  const said = (await (await api.request(`/api/v1/measures/${name}?as_of=${DAY}`)).json()) as Record<
    string,
    unknown
  >;
  const list = (await (await api.request(String(said.records))).json()) as { total: number };
  return [Number(said.value), list.total];
}
const whole = async (asOf: string = DAY) => [
  await told('themes_reached', asOf),
  await told('objectives_reached', asOf),
  await told('indicators_reached', asOf),
];
const linesOf = async (asOf = DAY) =>
  levelsOf((await as(anonymous, (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf })))!).indicators;

describe('as of 31/03/2024', () => {
  it('1 of 6 themes, 10 of 18 objectives, 30 of 39 indicators, 11 of 19 hamlets', async () => {
    expect(await whole()).toEqual(['1/6', '10/18', '30/39']);
    expect(await told('hamlets_model')).toBe('11/19');
  });

  it('at least fifteen indicators are live, two of them unmet; every other names its evidence', async () => {
    const lines = await linesOf();
    const live = lines.filter(({ value }) => value.from === 'live');
    expect(live.length).toBeGreaterThanOrEqual(15);
    expect(live.filter(({ judged }) => judged === 'not_reached').length).toBeGreaterThanOrEqual(2);
    for (const { value } of lines.filter((line) => line.value.from !== 'live'))
      expect(value).toMatchObject({ from: 'typed', typed: { evidence: expect.stringContaining('DEMO') } });
  });

  it('seven pilots of 6.5 billion đồng, 6.0 of the state and 0.5 of others', async () => {
    const pilots = await as(anonymous, listPilots);
    const sum = (part: 'state' | 'other') => pilots.reduce((total, one) => total + one[part], 0n);
    expect([pilots.length, sum('state'), sum('other')]).toEqual([7, 6_000_000_000n, 500_000_000n]);
    expect(await asked('criteria.pilots')).toEqual([7, 7]);
    const budgets = ['', '_state', '_other'].map((part) => asked(`criteria.pilot_budget${part}`));
    expect((await Promise.all(budgets)).map(([value]) => value)).toEqual([6.5e9, 6e9, 5e8]);
    const [promised, received, spent] = await Promise.all(
      ['promised', 'received', 'spent'].map(async (step) => (await asked(`criteria.money_${step}`))[0]!),
    );
    expect(spent).toBeLessThan(received!);
    expect(received).toBeLessThan(promised!);
  });
});

describe('every indicator with a formula', () => {
  it('says what its list counts; every other names its paper', async () => {
    for (const asOf of [DAY, localDate('2023-06-05'), localDate('2026-11-20')]) {
      const live = await as(leader(), async (ctx) => {
        const board = (await findBoard(ctx, { code: SMART_COMMUNE, asOf }))!;
        let count = 0;
        for (const { indicator, value } of levelsOf(board).indicators) {
          const again = indicator.formula && (await recount(ctx, indicator.formula, board));
          const where = `${indicator.code} ${asOf}`;
          if (typeof again === 'number') {
            expect(value.value, where).toBeCloseTo(again, 6);
            count += 1;
          } else if (value.value !== null) expect(value.typed?.evidence, where).toBeTruthy();
        }
        return count;
      });
      expect(live).toBeGreaterThanOrEqual(asOf === DAY ? 15 : 8);
    }
  });

  it('is the same worked out by a process that has kept nothing', async () => {
    const stranger = { handle: openDatabase(runtime.urls.app, 2), wiring: runtime.wiring };
    for (const asOf of [DAY, localDate('2023-06-05'), localDate('2022-01-01')]) {
      const read = (ctx: Ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf });
      const kept = [await as(anonymous, read), await as(anonymous, read)];
      const caller = { commune: demo.commune, actor: anonymous, now: AT };
      const anew = await runAs(stranger, caller, read);
      expect(kept).toEqual([anew, anew]);
    }
    await stranger.handle.close();
  });
});

describe('one changed record', () => {
  it('of another process is seen within a second', async () => {
    const other = { handle: openDatabase(runtime.urls.app, 2), wiring: runtime.wiring };
    const place = { set: SMART_COMMUNE, indicator: '5.1.1' };
    const valueAt = async (now: Date) => {
      const board = await as(anonymous, (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY }), now);
      return levelsOf(board!).indicators.find(({ indicator }) => indicator.code === '5.1.1')!.value.value;
    };
    expect(await valueAt(AT)).toBe(46);
    const caller = { commune: demo.commune, actor: leader(), now: AT, silent: true };
    await runAs(other, caller, (ctx) => recordValue(ctx, place, { value: 47, onDay: DAY, evidence: 'DEMO' }));
    expect(await valueAt(new Date(AT.getTime() + 1001))).toBe(47);
    await other.handle.close();
  });

  it('moves its indicator, the objective and the theme, from its day on', async () => {
    const place = { set: SMART_COMMUNE, indicator: '3.3.1' };
    await as(leader(), async (ctx) => {
      await recordValue(ctx, place, { value: 81, onDay: DAY, evidence: 'Báo cáo của trạm y tế (DEMO)' });
      await signIndicator(ctx, place, { stage: 'review', verdict: 'reached' });
    });
    expect(await whole()).toEqual(['2/6', '11/18', '31/39']);
    await as(system, async (ctx) => {
      const { items } = await listWorks(ctx, { kind: 'irrigation' });
      await endWork(ctx, items[0]!.id, { on: DAY });
    });
    const line = (await linesOf()).find(({ indicator }) => indicator.code === '3.1.2');
    expect(line).toMatchObject({ status: 'not_reached', fallen: true, gap: { by: 1 } });
    expect(await whole()).toEqual(['1/6', '10/18', '30/39']);
    expect(await whole('2024-03-30')).toEqual(['0/6', '0/18', '0/39']);
  });
});
