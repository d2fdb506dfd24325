import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { anonymous, official, useWorld } from '#test/world';
import {
  correctEntry,
  diaryOf,
  endTechnician,
  getEntry,
  getPicks,
  handOver,
  listEntries,
  openPicks,
  recordEntries,
  stockOf,
} from '../index.ts';
import type { EntryInput } from './entry.ts';
import { aPick, aWork } from './fixtures.ts';
import { bare, diaryStage } from './stage-fixture.ts';

const world = useWorld();
type Stage = Awaited<ReturnType<typeof diaryStage>>;
let as: Stage['as'];
let plot: Stage['plot'];
let send: Stage['send'];
let khe: Stage['khe'];
let mau: Stage['mau'];
let household: Stage['household'];
let other: Stage['other'];
let grower: Stage['grower'];
let technician: Stage['technician'];
let specialist: Stage['specialist'];
let neighbour: Stage['neighbour'];

beforeAll(async () => {
  ({ as, plot, send, khe, mau, household, other, grower, technician, specialist, neighbour } =
    await diaryStage(world));
});

describe('entries', () => {
  it('are the same entry however often they come, and another under the same id is refused', async () => {
    const id = await plot();
    const entry = aWork({ plot_ids: [id], household_id: household, at: '2026-11-20' });
    expect(bare(await send([entry, entry]))).toEqual([['accepted'], ['accepted']]);
    const shuffled = Object.fromEntries(Object.entries(entry).toReversed());
    expect(bare(await send([shuffled]))).toEqual([['accepted']]);
    const other = { ...entry, details: { what: 'Tỉa cành' } } as EntryInput;
    expect(bare(await send([other]))).toEqual([['refused', 'entry.id_reused']]);
    expect((await as(grower, (ctx) => listEntries(ctx, { plotId: id, householdId: household }))).total).toBe(
      1,
    );
  });

  it('that are wrong in themselves keep no other back, are kept whole, and come again when put right', async () => {
    const id = await plot();
    const good = aWork({ plot_ids: [id], household_id: household, at: '2026-11-20' });
    const hostile = [
      null,
      7,
      'x',
      [],
      {},
      { id: 'x'.repeat(5000) },
      { ...good, id: randomUUID(), details: { what: '\u0000' } },
      { ...good, id: randomUUID(), plot_ids: ['1 or 1=1'] },
      { ...good, id: randomUUID(), plot_ids: [randomUUID()] },
      { ...good, id: randomUUID(), happened_at: '2026-11-24T09:00:00+07:00' },
      { ...good, id: randomUUID(), happened_at: '1066-01-01T00:00:00Z' },
      { ...good, id: randomUUID(), more: 1 },
      { ...good, id: randomUUID(), corrects: randomUUID() },
      aPick({ plot_ids: [id], household_id: household, at: '2026-11-20' }, { leaf_g: -1 }),
      aPick({ plot_ids: [id], household_id: household, at: '2026-11-20' }, { leaf_g: 1e300 }),
    ];
    const outcomes = await send([...(hostile as EntryInput[]), good]);
    expect(outcomes.map(({ state }) => state)).toEqual([...hostile.map(() => 'refused'), 'accepted']);
    for (const { codes } of outcomes.slice(0, -1)) expect(codes.length).toBeGreaterThan(0);
    const kept = await world.owner.query('select entry_json from farming_refusal where actor = $1', [
      grower.userId,
    ]);
    expect(kept.rows.map((row: { entry_json: string }) => row.entry_json)).toEqual(
      expect.arrayContaining(['7', 'null', '{}']),
    );
    const early = { ...good, id: randomUUID(), happened_at: '2026-11-24T09:00:00+07:00' };
    expect(bare(await send([early]))).toEqual([['refused', 'entry.to_come']]);
    const later = { now: new Date('2026-11-24T10:00:00+07:00') };
    expect(bare(await send([early], grower, later))).toEqual([['accepted']]);
  });

  it.each([
    ['a year ahead all the time', '2027-11-20T07:00', '2027-11-23T08:00', '2026-11-20T00:00'],
    ['a year behind all the time', '2025-11-20T07:00', '2025-11-23T08:00', '2026-11-20T00:00'],
    ['two days behind', '2026-11-18T07:00', '2026-11-21T08:00', '2026-11-20T00:00'],
    ['right, and a year ahead when sent', '2026-11-20T07:00', '2027-11-23T08:00', '2026-11-20T00:00'],
    ['right, and years behind when sent', '2026-11-20T07:00', '2020-01-01T08:00', '2026-11-20T00:00'],
    ['some minutes behind', '2026-11-20T07:00', '2026-11-23T07:52', '2026-11-20T00:00'],
  ])('from a clock that is %s are put right by the time of sending', async (_, at, sent, real) => {
    const id = await plot();
    const entry = aWork({ plot_ids: [id], household_id: household, at: `${at}:00+07:00` });
    const sentAt = new Date(`${sent}:00+07:00`);
    const record = () => as(grower, (ctx) => recordEntries(ctx, [entry], { sentAt }));
    expect((await record())[0]!.state).toBe('accepted');
    const kept = await as(grower, (ctx) => getEntry(ctx, entry.id));
    expect(kept.happenedAt.toISOString()).toBe(`${real}:00.000Z`);
    expect(kept.recordedAt).toEqual(kept.happenedAt);
    // The same once more, by a clock that was set right meanwhile, is the same.
    expect((await send([entry]))[0]!.state).toBe('accepted');
  });

  it('that come late or were written down late are shown so', async () => {
    const id = await plot();
    const timely = aWork({ plot_ids: [id], household_id: household, at: '2026-11-22' });
    const late = aWork({ plot_ids: [id], household_id: household, at: '2026-11-10' });
    const back = { ...late, id: randomUUID(), recorded_at: '2026-11-12T08:00:00+07:00' };
    await send([timely, late, back]);
    const diary = await as(grower, (ctx) =>
      diaryOf(ctx, id, localDate('2026-11-01'), localDate('2026-11-23')),
    );
    const flags = Object.fromEntries(diary.map((one) => [one.id, [one.late, one.backDated]]));
    expect(flags).toEqual({ [timely.id]: [false, false], [late.id]: [true, false], [back.id]: [true, true] });
  });

  it('put right leave the original, once', async () => {
    const id = await plot();
    const first = aPick({ plot_ids: [id], household_id: household, at: '2026-11-20' });
    await send([first]);
    const right = aPick(
      { plot_ids: [id], household_id: household, at: '2026-11-20', corrects: first.id },
      { leaf_g: 9_000 },
    );
    expect((await as(grower, (ctx) => correctEntry(ctx, right))).state).toBe('accepted');
    const again = { ...right, id: randomUUID() };
    expect(bare(await send([again]))).toEqual([['refused', 'entry.already_corrected']]);
    const of = { plotId: id, householdId: household };
    expect((await as(grower, (ctx) => openPicks(ctx, of))).map(({ leafG }) => leafG)).toEqual([9_000n]);
    const [old] = await as(grower, (ctx) => getPicks(ctx, [first.id]));
    expect(old).toMatchObject({ counts: false, leafG: 12_000n });
    const never = { ...right, id: randomUUID(), corrects: right.id, voids: true };
    expect(bare(await send([never]))).toEqual([['accepted']]);
    expect(await as(grower, (ctx) => openPicks(ctx, of))).toEqual([]);
    const other = aWork({ plot_ids: [id], household_id: household, at: '2026-11-20', corrects: right.id });
    expect(bare(await send([other]))).toEqual([['refused', 'entry.another_kind']]);
  });
});

describe('rights are asked on arrival', () => {
  it('growers write for their own plots, technicians for members, nobody else', async () => {
    const id = await plot();
    const foreign = await plot(other, mau);
    const mine = () => aWork({ plot_ids: [id], household_id: household, at: '2026-11-20' });
    const theirs = () => aWork({ plot_ids: [foreign], household_id: other, at: '2026-11-20' });
    expect(bare(await send([mine(), theirs()]))).toEqual([['accepted'], ['refused', 'entry.not_your_plot']]);
    const claimed = { ...theirs(), household_id: household };
    expect(bare(await send([claimed]))).toEqual([['refused', 'entry.held_by_another']]);
    const both = { ...mine(), plot_ids: [id, foreign] };
    expect((await send([both]))[0]!.state).toBe('refused');
    expect(bare(await send([mine()], neighbour))).toEqual([['refused', 'entry.not_your_plot']]);
    const entry = mine();
    expect(bare(await send([entry, theirs()], technician))).toEqual([
      ['accepted'],
      ['refused', 'entry.not_your_plot'],
    ]);
    expect((await as(grower, (ctx) => getEntry(ctx, entry.id))).byTechnician).toBe(true);
    const head = official({ role: 'hamlet_head', hamletId: mau });
    expect(bare(await send([mine(), theirs()], head))).toEqual([
      ['refused', 'entry.not_your_plot'],
      ['accepted'],
    ]);
    await expect(send([mine()], anonymous)).rejects.toMatchObject({ status: 401 });
    const elsewhere = await send([mine()], specialist, { commune: world.neighbour });
    expect(bare(elsewhere)).toEqual([['refused', 'entry.not_your_plot']]);
  });

  it('a technician who stopped writes no more, and nobody reads others’ diaries', async () => {
    const id = await plot();
    const entry = aWork({ plot_ids: [id], household_id: household, at: '2026-11-20' });
    await send([entry]);
    const refused = { code: 'refused' };
    for (const actor of [neighbour, official({ role: 'hamlet_head', hamletId: mau })]) {
      await expect(as(actor, (ctx) => getEntry(ctx, entry.id))).rejects.toMatchObject(refused);
      const read = (ctx: Parameters<Parameters<typeof as>[1]>[0]) =>
        diaryOf(ctx, id, localDate('2026-11-01'), localDate('2026-11-23'));
      await expect(as(actor, read)).rejects.toMatchObject(refused);
    }
    const head = official({ role: 'hamlet_head', hamletId: mau });
    const seen = await as(head, (ctx) => listEntries(ctx, { limit: 500 }));
    expect(seen.items.flatMap(({ plots }) => plots.map(({ hamletId }) => hamletId))).not.toContain(khe);
    await expect(as(neighbour, (ctx) => listEntries(ctx, { householdId: household }))).rejects.toMatchObject(
      refused,
    );
    await expect(as(neighbour, (ctx) => stockOf(ctx, { householdId: household }))).rejects.toMatchObject(
      refused,
    );
    const own = await as(technician, (ctx) => listEntries(ctx, { householdId: household }));
    expect(own.total).toBeGreaterThan(0);
    const { rows } = await world.owner.query<{ id: string }>('select id from farming_technician');
    await as(specialist, (ctx) => endTechnician(ctx, rows[0]!.id, localDate('2026-11-22')));
    const late = { ...entry, id: randomUUID() };
    expect(bare(await send([late], technician))).toEqual([['refused', 'entry.not_your_plot']]);
    await world.owner.query('update farming_technician set last_day = null');
  });

  it('a plot that changed hands belongs to each in its time', async () => {
    const id = await plot();
    await as(specialist, (ctx) => handOver(ctx, id, { householdId: other, from: '2026-06-01' }));
    const before = aWork({ plot_ids: [id], household_id: household, at: '2026-05-31' });
    const after = aWork({ plot_ids: [id], household_id: household, at: '2026-06-01' });
    expect(bare(await send([before, after]))).toEqual([['accepted'], ['refused', 'entry.held_by_another']]);
  });
});
