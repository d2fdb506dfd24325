import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Actor, Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { recogniseCraftVillage } from '#domain/producers';
import { recordValue, signIndicator } from './assess.actions.ts';
import { freezeBoard } from './snapshot/snapshot.actions.ts';
import { findBoard } from './board.queries.ts';
import { levelsOf, totalsOf } from './board.ts';
import { catalogSets, SMART_COMMUNE } from './catalog.ts';
import { MEASURES } from './figures.ts';
import { draftSet, publishSet } from './set.actions.ts';
import { findSet } from './set.queries.ts';
import { indicatorsOf, SetInput, type SetFileInput } from './set.ts';

const world = useWorld();
const leader = official('leader');
const AT = new Date('2024-03-31T09:00:00+07:00');
const DAY = localDate('2024-03-31');
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now = AT) =>
  world.as(actor, work, { now, silent: true });
const [smart] = catalogSets();
const line = async (code: string, asOf = DAY, set: string = SMART_COMMUNE) => {
  const board = await as(leader, (ctx) => findBoard(ctx, { code: set, asOf }));
  return levelsOf(board!).indicators.find(({ indicator }) => indicator.code === code)!;
};

beforeAll(async () => {
  await as(system, async (ctx) => {
    for (const set of catalogSets()) {
      await draftSet(ctx, set);
      await publishSet(ctx, set.code, { from: '2023-06-01' });
    }
  });
});

describe('the catalogue', () => {
  it('has the pilot’s 6, 18 and 39, nothing of it verified, at least 15 of them formulas', () => {
    const objectives = smart!.themes.flatMap((theme) => theme.objectives);
    const indicators = indicatorsOf(smart!);
    expect([smart!.themes.length, objectives.length, indicators.length]).toEqual([6, 18, 39]);
    expect(
      catalogSets()
        .flatMap(indicatorsOf)
        .filter((one) => one.verified),
    ).toEqual([]);
    expect(indicators.filter(({ formula }) => formula !== null).length).toBeGreaterThanOrEqual(15);
  });

  it('is refused with a mistake in it, by the place of the mistake', async () => {
    const broken = (change: (set: SetFileInput) => void) => {
      const copy = structuredClone(smart!) as SetFileInput;
      change(copy);
      return as(leader, (ctx) => draftSet(ctx, copy));
    };
    const first = (set: SetFileInput) => set.themes[0]!.objectives[0]!.indicators[0]!;
    await expect(broken((set) => (first(set).formula = 'places.roads'))).rejects.toMatchObject({
      fields: { '1.1.1': 'criteria.formula.unknown_measure' },
    });
    await expect(broken((set) => (first(set).formula = 'commune.hamlets'))).rejects.toMatchObject({
      fields: { '1.1.1': 'criteria.formula.units' },
    });
    await expect(broken((set) => (first(set).code = '1.1.2'))).rejects.toMatchObject({
      fields: { 'themes.0.objectives.0.indicators.1.code': 'criteria.set.code_twice' },
    });
    expect(SetInput.safeParse({ ...smart, themes: [] }).success).toBe(false);
  });
});

describe('a set', () => {
  it('is in force from its day, the old version before it, and the past is not published anew', async () => {
    const next = { ...smart!, title: { vi: 'Bản sau', en: 'Later' } };
    await as(leader, async (ctx) => {
      expect(await draftSet(ctx, next)).toBe(2);
      expect(await draftSet(ctx, next)).toBe(2);
      const early = publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
      await expect(early).rejects.toMatchObject({ code: 'criteria.set.before_last' });
      await publishSet(ctx, SMART_COMMUNE, { from: '2025-01-01' });
      const titleOn = async (day: string) =>
        (await findSet(ctx, SMART_COMMUNE, localDate(day)))?.set.title.en;
      expect(await titleOn('2024-12-31')).toBe(smart!.title.en);
      expect(await titleOn('2025-01-01')).toBe('Later');
      expect(await titleOn('2023-05-31')).toBeUndefined();
    });
  });
});

describe('an indicator', () => {
  it('is reached by a typed value and a leader’s signature, never before', async () => {
    const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
    expect(await line('2.1.1')).toMatchObject({ judged: 'unknown', status: 'unknown' });
    await as(official('clerk'), (ctx) =>
      recordValue(ctx, place, { value: 100, onDay: '2024-03-30', evidence: 'Báo cáo 12' }),
    );
    expect(await line('2.1.1')).toMatchObject({ judged: 'reached', status: 'unknown', waiting: true });
    const sign = (actor: Actor, stage: 'self' | 'review') =>
      as(actor, (ctx) => signIndicator(ctx, place, { stage, verdict: 'reached' }));
    await expect(sign(official('clerk'), 'review')).rejects.toMatchObject({ code: 'refused' });
    await expect(sign(system, 'review')).rejects.toMatchObject({ code: 'refused' });
    await sign(official('clerk'), 'self');
    expect(await line('2.1.1')).toMatchObject({ status: 'unknown', waiting: true });
    await sign(leader, 'review');
    expect(await line('2.1.1')).toMatchObject({ status: 'reached' });
    expect(await line('2.1.1', localDate('2024-03-29'))).toMatchObject({ status: 'unknown' });
  });

  it('is not signed against its number without a written reason', async () => {
    const place = { set: SMART_COMMUNE, indicator: '5.2.1' };
    await as(leader, (ctx) => recordValue(ctx, place, { value: 1, onDay: '2024-03-30', evidence: 'Ảnh' }));
    const sign = (reason?: string) =>
      as(leader, (ctx) => signIndicator(ctx, place, { stage: 'review', verdict: 'reached', reason }));
    await expect(sign()).rejects.toMatchObject({ fields: { reason: 'criteria.assessment.needs_reason' } });
    await sign('Trạm thứ hai đang thử');
    expect(await line('5.2.1')).toMatchObject({ judged: 'not_reached', status: 'reached', gap: { by: 1 } });
  });

  it('moves with the records under it, and its signature does not hold it', async () => {
    const place = { set: SMART_COMMUNE, indicator: '4.1.3' };
    const hamlets: string[] = [];
    for (const name of ['Một', 'Hai', 'Ba', 'Bốn'])
      hamlets.push(await as(system, (ctx) => addHamlet(ctx, { name })));
    const craft = (hamletId: string) =>
      as(system, (ctx) =>
        recogniseCraftVillage(ctx, {
          hamletId,
          name: 'Làng nghề',
          trade: 'tea_making',
          decisionNumber: '1',
          decisionIssuer: 'UBND',
          recognisedOn: '2020-01-01',
        }),
      );
    for (const id of hamlets.slice(0, 3)) await craft(id);
    await as(leader, (ctx) => signIndicator(ctx, place, { stage: 'review', verdict: 'reached' }));
    expect(await line('4.1.3')).toMatchObject({ status: 'reached', value: { value: 75, from: 'live' } });
    await as(system, (ctx) => addHamlet(ctx, { name: 'Năm' }));
    expect(await line('4.1.3')).toMatchObject({
      status: 'not_reached',
      fallen: true,
      gap: { records: 1, of: 5 },
    });
    await craft(hamlets[3]!);
    expect(await line('4.1.3')).toMatchObject({ status: 'reached', fallen: false });
  });
});

describe('the board', () => {
  it('says to strangers what it says to officials, and the measures say the same', async () => {
    const board = await as(leader, (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY }));
    const seen = await as(anonymous, (ctx) => findBoard(ctx, { code: SMART_COMMUNE, asOf: DAY }));
    expect(seen).toEqual(board);
    const totals = totalsOf(board!);
    for (const [name, total] of Object.entries(totals)) {
      const measure = MEASURES.find((one) => one.name === `criteria.${name}_reached`)!;
      const question = { asOf: DAY, scope: 'commune' };
      const said = await as(anonymous, (ctx) => measure.compute(ctx, question));
      expect([said.numerator, said.denominator]).toEqual([total.reached, total.all]);
      const page = { offset: 0, limit: 99 };
      const list = await as(anonymous, (ctx) => measure.list(ctx, question, 'numerator', page));
      expect([list.total, list.records.length]).toEqual([total.reached, total.reached]);
    }
  });

  it('is frozen byte for byte: what is signed later does not touch it', async () => {
    const read = async (id: string) =>
      (await world.owner.query('select body, digest from criteria_snapshot where id = $1', [id])).rows[0];
    const id = await as(leader, (ctx) => freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY }));
    const before = await read(id);
    const again = await as(leader, (ctx) => freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY }));
    expect(await read(again)).toEqual(before);
    const place = { set: SMART_COMMUNE, indicator: '2.1.2' };
    await as(leader, (ctx) =>
      recordValue(ctx, place, { value: 100, onDay: '2024-03-30', evidence: 'Báo cáo' }),
    );
    expect(await read(id)).toEqual(before);
    const later = await as(leader, (ctx) => freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY }));
    expect((await read(later)).digest).not.toBe(before.digest);
    const change = as(leader, async (ctx) => {
      await ctx.db.updateTable('criteria_snapshot').set({ body: '' }).where('id', '=', id).execute();
    });
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
