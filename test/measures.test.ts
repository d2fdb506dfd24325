/**
 * Every measure of every room: the number is the count of its list. On random lives of dossiers, made
 * through the verbs, at random days and in every scope.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { DOMAINS } from '../src/domains.ts';
import { handledOnline, foldDossier } from '../src/domains/services/dossier/dossier.ts';
import { dueTimes } from '../src/domains/services/dossier/clock.ts';
import { loadDossier, actionsOf } from '../src/domains/services/dossier/record.ts';
import { handlerOf } from '../src/domains/services/figures/handler.ts';
import { countedBy, countedByMonth, GROUPS } from '../src/domains/services/figures/grouped.ts';
import { dossierMeasureOf, DOSSIER_MEASURES } from '../src/domains/services/figures/measures.ts';
import { officeCalendar } from '#domain/commune';
import type { Actor, Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { addDays, endOfDay, localDate, localDateOf, monthRange, type LocalDate } from '#kernel/time';
import { useApi } from './api.ts';
import { askMeasure, measuresFor } from '#app/measures';
import { liveByCriteria } from './criteria-lives.ts';
import { FIRST_DAY, LAST_DAY, liveRandomly, type Lived } from './lives.ts';
import { liveByMoney } from './money-lives.ts';
import { liveAtOffice } from './office-lives.ts';
import { anonymous, citizen, official, system, useWorld } from './world.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
let lived: Lived;
let ids: string[];
let entered: number;

const ALL: readonly Measure[] = DOMAINS.flatMap((room) => room.measures ?? []);
const NOW = { now: new Date('2026-04-20T09:00:00+07:00') };

beforeAll(async () => {
  lived = await liveRandomly(world, 70);
  ids = lived.ids;
  await liveAtOffice(world, lived, 24);
  await liveByCriteria(world, lived, 60);
  entered = await liveByMoney(world, lived, 60);
}, 120_000);

const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>) => world.as(actor, work, NOW);

/** Days spread over the time of the lives, and beyond it. */
function days(): LocalDate[] {
  return [0, 9, 21, 34, 46, 60].map((at) => addDays(FIRST_DAY, at)).concat(localDate('2026-12-31'));
}

function scopesOf(measure: Measure): string[] {
  const known: Record<string, string[]> = {
    commune: ['commune'],
    procedure: [`procedure:${lived.procedure}`, 'procedure:9.999999'],
    hamlet: [`hamlet:${lived.hamlets[0]}`, 'hamlet:none'],
    officer: [...lived.officers.map((id) => `officer:${id}`), 'officer:none'],
    channel: ['channel:counter', 'channel:helper'],
    unit: ['unit:commune_committee'],
  };
  return measure.scopes.flatMap((kind) => known[kind] ?? []);
}

async function wholeList(
  ctx: Ctx,
  measure: Measure,
  question: MeasureQuestion,
  part: 'numerator' | 'denominator',
) {
  const records: MeasureRecord[] = [];
  for (let offset = 0; ; offset += 20) {
    const page = await measure.list(ctx, question, part, { offset, limit: 20 });
    records.push(...page.records);
    if (page.records.length < 20) return { total: page.total, records };
  }
}

describe('every measure', () => {
  it('is tried on ledgers that hold something', () => {
    expect(entered).toBeGreaterThan(20);
  });

  it.each(ALL.map((measure) => [measure.name, measure] as const))(
    '%s counts its list',
    async (_, measure) => {
      const asked = days().flatMap((asOf, at) =>
        scopesOf(measure).map((scope): MeasureQuestion => {
          const from = at % 2 === 0 ? {} : { from: addDays(asOf, -17) };
          return { asOf, scope, ...from };
        }),
      );
      let seen = 0;
      for (const question of asked) {
        await as(leader, async (ctx) => {
          const { numerator, denominator } = await measure.compute(ctx, question);
          const above = await wholeList(ctx, measure, question, 'numerator');
          expect([above.total, above.records.length], JSON.stringify(question)).toEqual([
            numerator,
            numerator,
          ]);
          expect(new Set(above.records.map(({ id }) => id)).size).toBe(numerator);
          if (denominator === null) return;
          const below = await wholeList(ctx, measure, question, 'denominator');
          expect([below.total, below.records.length]).toEqual([denominator, denominator]);
          expect(numerator).toBeLessThanOrEqual(denominator);
          seen += denominator;
        });
      }
      if (measure.unit === 'share') expect(seen).toBeGreaterThan(0);
    },
  );

  it('is counted by group and by month as by its scope', async () => {
    const question = { asOf: localDate('2026-04-15'), scope: 'commune' };
    for (const measure of DOSSIER_MEASURES) {
      await as(leader, async (ctx) => {
        for (const group of GROUPS) {
          for (const [key, counted] of await countedBy(ctx, measure, question, group)) {
            const alone = await measure.compute(ctx, { ...question, scope: `${group}:${key}` });
            expect(counted, `${measure.name} ${group} ${key}`).toEqual({
              numerator: alone.numerator,
              denominator: alone.denominator,
            });
          }
        }
      });
    }
    await as(leader, async (ctx) => {
      const onTime = dossierMeasureOf('on_time_share');
      for (const [month, counted] of await countedByMonth(ctx, onTime, question, 'finished')) {
        const { first, last } = monthRange(localDate(`${month}-01`));
        const until = last < question.asOf ? last : question.asOf;
        const alone = await onTime.compute(ctx, { asOf: until, from: first, scope: 'commune' });
        expect(counted).toEqual({ numerator: alone.numerator, denominator: alone.denominator });
      }
    });
  });
});

/** What the actions up to the end of a day say of each dossier, folded without SQL. */
async function foldedUpTo(ctx: Ctx, asOf: LocalDate) {
  const calendar = await officeCalendar(ctx);
  const until = endOfDay(asOf);
  const moment = until < ctx.now ? until : ctx.now;
  const folded = [];
  for (const id of ids) {
    const known = (await actionsOf(ctx, id)).filter((action) => action.at <= until);
    if (known.length === 0) continue;
    const dossier = foldDossier(known);
    if (!dossier.receivedAt) continue;
    const { procedure } = await loadDossier(ctx, id);
    const { due } = dueTimes(dossier, procedure, calendar);
    const open = dossier.finishedAt === null;
    const overdue = open && due !== null && due < moment;
    folded.push({ id, dossier, online: handledOnline(dossier), open, overdue, handler: handlerOf(known) });
  }
  return folded;
}

describe('the lists', () => {
  it('hold what the fold of the actions up to the day says', async () => {
    for (const asOf of days()) {
      await as(leader, async (ctx) => {
        const folded = await foldedUpTo(ctx, asOf);
        const question = { asOf, scope: 'commune' };
        const listed = async (name: string, part: 'numerator' | 'denominator' = 'numerator') => {
          const { records } = await wholeList(ctx, dossierMeasureOf(name), question, part);
          return records.map(({ id }) => id).sort();
        };
        const ofFold = (keep: (one: (typeof folded)[number]) => boolean) =>
          folded
            .filter(keep)
            .map(({ id }) => id)
            .sort();
        expect(await listed('received')).toEqual(ofFold(() => true));
        expect(await listed('online_share')).toEqual(ofFold((one) => one.online));
        expect(await listed('in_progress')).toEqual(ofFold((one) => one.open));
        expect(await listed('overdue'), asOf).toEqual(ofFold((one) => one.overdue));
        expect(await listed('decided')).toEqual(
          ofFold(({ dossier }) => dossier.outcome === 'granted' || dossier.outcome === 'refused'),
        );
        expect(await listed('withdrawn')).toEqual(ofFold(({ dossier }) => dossier.outcome === 'withdrawn'));
        for (const officer of lived.officers) {
          const scope = { asOf, scope: `officer:${officer}` };
          const { records } = await wholeList(ctx, dossierMeasureOf('received'), scope, 'numerator');
          expect(records.map(({ id }) => id).sort()).toEqual(ofFold(({ handler }) => handler === officer));
        }
      });
    }
  });

  it('were tried on lives that differ', async () => {
    const found = await as(leader, (ctx) => foldedUpTo(ctx, LAST_DAY));
    expect(found.some((one) => one.overdue)).toBe(true);
    expect(found.some((one) => !one.online)).toBe(true);
    expect(found.some((one) => one.dossier.outcome === 'withdrawn')).toBe(true);
    expect(found.some((one) => one.dossier.outcome === 'refused')).toBe(true);
  });
});

describe('strangers', () => {
  it('see no code, no name, no time of day and no link', async () => {
    for (const actor of [anonymous, citizen()]) {
      for (const measure of await as(actor, async (ctx) => measuresFor(ctx))) {
        const question = { asOf: LAST_DAY, scope: 'commune' };
        const { records } = await as(actor, (ctx) => wholeList(ctx, measure, question, 'numerator'));
        const text = JSON.stringify(records);
        expect(text).not.toMatch(/H55\.242-/);
        expect(text).not.toContain('Nguyễn');
        expect(records.every(({ href }) => href === null)).toBe(true);
        for (const id of ids) expect(text).not.toContain(id);
        for (const { at } of records) expect(at.toISOString()).toMatch(/T17:00:00\.000Z$/);
      }
    }
  });

  it('see neither the measures of officials nor the figures of one official', async () => {
    const staffOnly = ALL.filter((measure) => measure.audience === 'staff');
    expect(staffOnly.length).toBeGreaterThan(0);
    for (const { name } of staffOnly) {
      expect((await api.request(`/api/v1/measures/${name}`)).status).toBe(404);
      expect((await api.request(`/api/v1/measures/${name}/records`)).status).toBe(404);
    }
    for (const path of ['', '/records']) {
      const scope = `officer:${lived.officers[0]}`;
      const answer = await api.request(`/api/v1/measures/services.dossiers.received${path}?scope=${scope}`);
      expect(answer.status).toBe(403);
    }
  });
});

describe('over the API', () => {
  it('a share names its parts and the list that counts the same', async () => {
    const asOf = localDateOf(endOfDay(LAST_DAY));
    const answer = await api.request(`/api/v1/measures/services.dossiers.online_share?as_of=${asOf}`);
    const value = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(value).sort()).toEqual(
      ['as_of', 'denominator', 'display', 'name', 'numerator', 'records', 'scope', 'value'].sort(),
    );
    expect(value).toMatchObject({ name: 'services.dossiers.online_share', scope: 'commune', as_of: asOf });
    expect(value['display']).toMatch(/^\d{1,3},\d %$/);
    expect(value['value']).toBe((value['numerator'] as number) / (value['denominator'] as number));
    const list = (await (await api.request(value['records'] as string)).json()) as { total: number };
    expect(list.total).toBe(value['numerator']);
    const below = await api.request(`${value['records'] as string}&part=denominator`);
    expect(((await below.json()) as { total: number }).total).toBe(value['denominator']);
  });

  it('refuses scopes that there are not', async () => {
    for (const scope of ['moon', 'hamlet:', 'procedure', 'unit:x']) {
      for (const path of ['', '/records']) {
        const answer = await api.request(`/api/v1/measures/services.dossiers.received${path}?scope=${scope}`);
        expect([scope, answer.status]).toEqual([scope, 422]);
      }
    }
  });

  it('shows the neighbour nothing of this commune', async () => {
    const answer = await api.request('/api/v1/measures/services.dossiers.received', {
      headers: { host: 'phu-do.localhost' },
    });
    expect(await answer.json()).toMatchObject({ numerator: 0 });
  });
});

describe('satisfaction', () => {
  const measure = ALL.find(({ name }) => name === 'services.satisfaction.content_share')!;

  it('shows no group under five, and of one official only to leaders and himself', async () => {
    const narrow = { asOf: localDate('2026-03-31'), scope: `procedure:${lived.rareProcedure}` };
    await as(leader, async (ctx) => {
      expect(await measure.compute(ctx, narrow)).toEqual({ numerator: 0, denominator: 0, value: null });
      expect((await measure.list(ctx, narrow, 'denominator', { offset: 0, limit: 9 })).records).toEqual([]);
      const whole = await askMeasure(ctx, measure, { asOf: LAST_DAY, scope: 'commune' });
      expect(whole.denominator).toBeGreaterThanOrEqual(5);
      expect(whole.value).not.toBeNull();
    });
    const rated = { asOf: LAST_DAY, scope: `officer:${lived.officers[0]}` };
    const colleague = as(official('specialist'), (ctx) => measure.compute(ctx, rated));
    await expect(colleague).rejects.toMatchObject({ code: 'refused' });
    const himself = { ...official('specialist'), userId: lived.userOf(lived.officers[0]!) };
    const own = await as(himself, (ctx) => measure.compute(ctx, rated));
    expect(own.denominator).toBe((await as(system, (ctx) => measure.compute(ctx, rated))).denominator);
  });

  it('keeps a running quarter from telling what one slip said', async () => {
    const scope = `officer:${lived.officers[0]}`;
    const of = (asOf: LocalDate) => as(system, (ctx) => measure.compute(ctx, { asOf, scope }));
    expect(await of(addDays(LAST_DAY, -1))).toEqual(await of(LAST_DAY));
  });
});
