/** Random histories through the verbs, counted by the measures and by a plain model in memory. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { displayValue, type Measure, type MeasurePart } from '#kernel/measures';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import {
  addWork,
  correctAddress,
  endAddress,
  endWork,
  inspectWork,
  issueAddress,
  moveAddress,
  PLACE_MEASURES,
  WORK_KINDS,
  type WorkKind,
} from './index.ts';

const world = useWorld();
const FIRST = localDate('2023-01-01');
const NOW = { now: new Date('2024-06-30T20:00:00+07:00'), silent: true };
const DAYS = 500;
const day = (at: number): LocalDate => addDays(FIRST, at);
let hamlets: string[];

type House = { id: string; number: string; last: number; changes: { at: number; hamlet: string | null }[] };
type Seen = { id: string; at: number; standard: boolean; length: number; hard: number; replaced: boolean };
type Built = { id: string; kind: WorkKind; hamlet: string | null; from: number; until: number; seen: Seen[] };
const houses: House[] = [];
const built: Built[] = [];

const move = fc.record({
  kind: fc.constantFrom(
    'issue',
    'issue',
    'move',
    'correct',
    'end',
    'build',
    'build',
    'inspect',
    'inspect',
    'inspect',
    'replace',
    'close',
  ),
  which: fc.nat(10_000),
  at: fc.nat(DAYS),
  hamlet: fc.nat(2),
  kindOf: fc.nat(WORK_KINDS.length - 1),
  standard: fc.boolean(),
  length: fc.integer({ min: 1, max: 9000 }),
  share: fc.integer({ min: 0, max: 100 }),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

beforeAll(async () => {
  hamlets = [
    await world.as(system, (ctx) => addHamlet(ctx, { name: 'Một' }), NOW),
    await world.as(system, (ctx) => addHamlet(ctx, { name: 'Hai' }), NOW),
  ];
  const moves = fc.sample(move, { numRuns: 500, seed: 20_240_630 });
  await world.as(
    system,
    async (ctx) => {
      for (const one of moves) await (one.kind in onHouses ? onHouse(ctx, one) : onWork(ctx, one));
    },
    NOW,
  );
}, 120_000);

const onHouses = { issue: true, move: true, correct: true, end: true };

async function onHouse(ctx: Ctx, { kind, which, at, hamlet }: Move): Promise<void> {
  const hamletId = hamlets[hamlet % 2]!;
  if (kind === 'issue') {
    const number = String(houses.length + 1);
    const { id } = await issueAddress(ctx, { hamletId, number, place: '21.72,105.77', on: day(at) });
    houses.push({ id, number, last: at, changes: [{ at, hamlet: hamletId }] });
    return;
  }
  const alive = houses.filter(({ changes }) => changes.at(-1)!.hamlet !== null);
  const house = alive[which % Math.max(alive.length, 1)];
  if (!house) return;
  const on = Math.max(at, house.last);
  const input = { hamletId, number: house.number, place: '21.73,105.78', reason: 'Thử' };
  if (kind === 'move') await moveAddress(ctx, house.id, { ...input, on: day(on) });
  if (kind === 'correct') await correctAddress(ctx, house.id, input);
  if (kind === 'end') await endAddress(ctx, house.id, { reason: 'Phá', on: day(on) });
  const from = kind === 'correct' ? house.last : on;
  house.changes.push({ at: from, hamlet: kind === 'end' ? null : hamletId });
  house.last = from;
}

async function onWork(ctx: Ctx, move: Move): Promise<void> {
  const { kind, which, at } = move;
  if (kind === 'build') {
    const work = {
      kind: WORK_KINDS[move.kindOf]!,
      hamlet: hamlets[move.hamlet] ?? null,
      from: at,
      until: Infinity,
    };
    const input = { kind: work.kind, name: 'Thử', hamletId: work.hamlet, inUseFrom: day(at) };
    built.push({ ...work, id: await addWork(ctx, input), seen: [] });
    return;
  }
  const open = built.filter(({ until }) => until === Infinity);
  const work = open[which % Math.max(open.length, 1)];
  if (!work) return;
  if (kind === 'close') {
    work.until = Math.min(work.from + 1 + at, DAYS);
    if (work.until > work.from) await endWork(ctx, work.id, { on: day(work.until) });
    else work.until = Infinity;
    return;
  }
  const target = kind === 'replace' ? work.seen.find((one) => !one.replaced) : undefined;
  const on = Math.max(at, work.from);
  const hard = Math.floor((move.length * move.share) / 100);
  const id = await inspectWork(ctx, work.id, {
    onDay: day(on),
    condition: 'good',
    atStandard: move.standard,
    lengthM: move.length,
    hardenedM: hard,
    replaces: target?.id ?? null,
  });
  if (target) target.replaced = true;
  const road = work.kind === 'road';
  work.seen.push({
    id,
    at: on,
    standard: move.standard,
    length: road ? move.length : 0,
    hard: road ? hard : 0,
    replaced: false,
  });
}

/** What the model says of a day and a part of the commune. */
function counted(at: number, scope: string) {
  const within = (hamlet: string | null) =>
    scope === 'commune' || (scope === 'hamlet:none' ? hamlet === null : scope === `hamlet:${hamlet}`);
  const addresses = houses.filter(({ changes }) => {
    const last = changes.findLast((change) => change.at <= at);
    return last !== undefined && last.hamlet !== null && within(last.hamlet);
  });
  const works = built
    .filter((work) => work.from <= at && at < work.until && within(work.hamlet))
    .map((work) => {
      const known = work.seen.filter((one) => one.at <= at && !one.replaced);
      const newest = Math.max(...known.map((one) => one.at));
      return { ...work, now: known.findLast((one) => one.at === newest) };
    });
  const of = (kind: WorkKind | null) => works.filter((work) => kind === null || work.kind === kind);
  const good = (kind: WorkKind | null) => of(kind).filter(({ now }) => now?.standard).length;
  const roads = of('road');
  return {
    'places.addresses_issued': [addresses.length, null],
    'places.works_at_standard': [good(null), works.length],
    'places.roads_hardened': [roads.filter(({ now }) => (now?.hard ?? 0) > 0).length, roads.length],
    'places.irrigation_works': [of('irrigation').length, null],
    'places.transformer_stations': [of('transformer').length, null],
    'places.schools_at_standard': [good('school'), of('school').length],
    'places.halls_at_standard': [good('hall'), of('hall').length],
    'places.loudspeakers': [of('loudspeaker').length, null],
    metres: [
      roads.reduce((sum, { now }) => sum + (now?.hard ?? 0), 0),
      roads.reduce((sum, { now }) => sum + (now?.length ?? 0), 0),
    ],
  } as Record<string, [number, number | null]>;
}

async function listed(
  ctx: Ctx,
  measure: Measure,
  question: { asOf: string; scope: string },
  part: MeasurePart,
) {
  const { total, records } = await measure.list(ctx, question, part, { offset: 0, limit: 1000 });
  expect(records).toHaveLength(total);
  expect(new Set(records.map(({ id }) => id)).size).toBe(total);
  const metres = (key: string) => records.reduce((sum, { columns }) => sum + Number(columns[key] ?? 0), 0);
  return { total, length: metres('length_m'), hardened: metres('hardened_m') };
}

describe('the measures of places', () => {
  it('agree with the model and with their lists on any day, in the commune and in every part', async () => {
    const scopes = ['commune', ...hamlets.map((id) => `hamlet:${id}`), 'hamlet:none'];
    let differing = 0;
    for (let at = -10; at <= DAYS + 10; at += 17) {
      await world.as(
        official('leader'),
        async (ctx) => {
          for (const scope of scopes) {
            const model = counted(at, scope);
            for (const measure of PLACE_MEASURES) {
              const question = { asOf: day(at), scope };
              const said = await measure.compute(ctx, question);
              expect([said.numerator, said.denominator], `${measure.name} ${scope} ${day(at)}`).toEqual(
                model[measure.name],
              );
              const above = await listed(ctx, measure, question, 'numerator');
              expect(above.total).toBe(said.numerator);
              if (said.denominator === null) continue;
              const below = await listed(ctx, measure, question, 'denominator');
              expect(below.total).toBe(said.denominator);
              if (!said.measured) continue;
              expect([said.measured.part, said.measured.whole]).toEqual(model['metres']);
              expect([above.hardened, below.length]).toEqual(model['metres']);
              if (said.measured.part !== said.measured.whole) differing += 1;
            }
          }
        },
        NOW,
      );
    }
    expect(houses.length).toBeGreaterThan(40);
    expect(houses.some(({ changes }) => changes.at(-1)!.hamlet === null)).toBe(true);
    expect(built.some(({ seen }) => seen.some(({ replaced }) => replaced))).toBe(true);
    expect(differing).toBeGreaterThan(10);
  }, 120_000);

  it('show strangers and the head of another hamlet neither plates nor numbers of houses', async () => {
    const issued = PLACE_MEASURES[0]!;
    const question = { asOf: day(DAYS), scope: 'commune' };
    const head = official({ role: 'hamlet_head', hamletId: hamlets[0]! });
    const page = { offset: 0, limit: 1000 };
    const of = (actor: Parameters<typeof world.as>[0]) =>
      world.as(actor, (ctx) => issued.list(ctx, question, 'numerator', page), NOW);
    const strange = await of(anonymous);
    expect(strange.records.every(({ href, label }) => href === null && !label.includes('·'))).toBe(true);
    const own = (await of(head)).records.filter(({ href }) => href !== null);
    expect(own.length).toBe(counted(DAYS, `hamlet:${hamlets[0]}`)['places.addresses_issued']![0]);
  });

  it('truncate a share of length as every share', () => {
    const nearly = { numerator: 3, denominator: 3, value: 0.9999, measured: { part: 9999, whole: 10_000 } };
    expect(displayValue('share', nearly, 'vi')).toBe('99,9 %');
  });
});
