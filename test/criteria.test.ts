/**
 * Number, list and evidence of every indicator agree, on random histories: what a formula says is counted again from
 * the lists of its measures, and a board of any day is what a plain reading of everything entered up to it says.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { findBoard, levelsOf, MODEL_HAMLET, SMART_COMMUNE, type Board } from '#domain/criteria';
import type { Ctx } from '#kernel/context';
import { addDays, type LocalDate } from '#kernel/time';
import { liveByCriteria, type CriteriaDeed } from './criteria-lives.ts';
import { FIRST_DAY, liveRandomly, type Lived } from './lives.ts';
import { recount } from './recount.ts';
import { official, useWorld } from './world.ts';

const world = useWorld();
const leader = official('leader');
const NOW = { now: new Date('2026-04-20T09:00:00+07:00') };
const DAYS = [0, 7, 15, 28, 42, 60].map((at) => addDays(FIRST_DAY, at));
let lived: Lived;
let deeds: CriteriaDeed[];

beforeAll(async () => {
  lived = await liveRandomly(world, 40);
  deeds = await liveByCriteria(world, lived, 160);
}, 120_000);

const as = <T>(work: (ctx: Ctx) => Promise<T>) => world.as(leader, work, NOW);
const places = () => [
  { code: SMART_COMMUNE, hamletId: null },
  ...lived.hamlets.map((hamletId) => ({ code: MODEL_HAMLET, hamletId })),
];
type Line = ReturnType<typeof levelsOf>['indicators'][number];

async function boardsOf(ctx: Ctx, asOf: LocalDate): Promise<Board[]> {
  const boards = [];
  for (const place of places()) boards.push((await findBoard(ctx, { ...place, asOf }))!);
  return boards;
}

/** What was entered for a line up to a day, read without the program. */
function plainly(line: Line, board: Board) {
  const own = deeds.filter(
    (one) =>
      one.set === board.set.code &&
      one.indicator === line.indicator.code &&
      one.hamletId === board.hamletId &&
      one.day <= board.asOf,
  );
  return {
    typed: own.findLast((one) => 'value' in one),
    signed: own.findLast((one) => 'verdict' in one && one.stage !== 'self'),
  };
}

describe('every indicator with a formula', () => {
  it('says what its lists count, on every day', async () => {
    let live = 0;
    for (const day of DAYS)
      await as(async (ctx) => {
        for (const board of await boardsOf(ctx, day))
          for (const { indicator, value } of levelsOf(board).indicators) {
            if (indicator.formula === null) continue;
            const again = await recount(ctx, indicator.formula, board);
            if (again === null) expect(value.from, indicator.code).not.toBe('live');
            else {
              expect(value.value, `${indicator.code} ${day}`).toBeCloseTo(again, 6);
              live += 1;
            }
            if (value.parts)
              expect((value.parts.numerator / value.parts.denominator) * 100).toBeCloseTo(value.value!, 6);
          }
      });
    expect(live).toBeGreaterThan(60);
  });
});

describe('a board of any day', () => {
  it('is what was entered up to that day', async () => {
    for (const day of DAYS)
      await as(async (ctx) => {
        for (const board of await boardsOf(ctx, day))
          for (const line of levelsOf(board).indicators) {
            const { typed, signed } = plainly(line, board);
            const where = `${line.indicator.code} ${day}`;
            if (line.value.from !== 'live') {
              expect(line.value.value, where).toBe(typed && 'value' in typed ? typed.value : null);
              expect(line.value.typed?.onDay, where).toBe(typed?.day);
            }
            const verdict = signed && 'verdict' in signed ? signed.verdict : undefined;
            if (verdict === undefined) expect(line.status, where).not.toBe('reached');
            else if (verdict !== 'reached') expect(line.status, where).toBe(verdict);
            else expect(line.fallen, where).toBe(line.status !== 'reached');
          }
      });
  });

  it('asked later says the same: nothing of a past day is kept and goes stale', async () => {
    for (const day of DAYS.slice(0, 3)) {
      const now = await as((ctx) => boardsOf(ctx, day));
      const later = { now: new Date('2027-01-05T09:00:00+07:00') };
      expect(await world.as(leader, (ctx) => boardsOf(ctx, day), later)).toEqual(now);
    }
  });
});
