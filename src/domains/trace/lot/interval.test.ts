/** On any history of sprayings and purchases: what was known stops the leaf, what becomes known holds exactly what it touches. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PRODUCTS, recordEntries } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { system, useWorld } from '#test/world';
import { aSpray } from '../../farming/diary/fixtures.ts';
import { aStep, aTicket, teaHouse, type House } from './fixture.ts';
import { recheckDeclared } from './hold.actions.ts';
import { readLots } from './lines.queries.ts';
import { recordStep } from './step.actions.ts';
import { recordTicket } from './ticket.actions.ts';
import { sql } from 'kysely';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const FIRST = localDate('2026-11-01');
const DAYS = 20;
/** Days after a spraying on which nothing is picked, by the register. */
const { phiDays, maxApplications } = PRODUCTS.find(({ code }) => code === 'matrine')!.uses!.find(
  ({ crop }) => crop === 'tea',
)!;
const [PHI, MOST] = [phiDays!, maxApplications!];

type Move =
  | { what: 'spray'; plot: number; day: number }
  | { what: 'buy'; plots: number[]; day: number }
  | { what: 'blend'; one: number; two: number };

const plot = fc.nat(2);
const day = fc.nat(DAYS - 1);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ what: fc.constant('spray' as const), plot, day }),
  fc.record({ what: fc.constant('buy' as const), plots: fc.uniqueArray(plot, { minLength: 1 }), day }),
  fc.record({ what: fc.constant('buy' as const), plots: fc.uniqueArray(plot, { minLength: 1 }), day }),
  fc.record({ what: fc.constant('blend' as const), one: fc.nat(), two: fc.nat() }),
);
type Lot = { id: string; sources: { plot: number; day: number }[] };

/** The plain rule: the day of a spraying and those of its interval. */
function isInside(
  sprays: readonly { plot: number; day: number }[],
  at: { plot: number; day: number },
): boolean {
  return sprays.some((one) => one.plot === at.plot && at.day >= one.day && at.day < one.day + PHI);
}

function dayOf(number: number): LocalDate {
  return addDays(FIRST, number);
}

async function play(ctx: Ctx, house: House, moves: readonly Move[]): Promise<void> {
  const sprays: { plot: number; day: number }[] = [];
  const lots: Lot[] = [];
  for (const one of moves) {
    if (one.what === 'spray') {
      // More a year are refused, and a spraying that was refused closes the plot until somebody looks at it.
      if (sprays.filter((other) => other.plot === one.plot).length >= MOST) continue;
      const at = { plot_ids: [house.plots[one.plot]!], producer_id: house.producerId, at: dayOf(one.day) };
      const [outcome] = await recordEntries(ctx, [aSpray(at)]);
      expect(outcome).toMatchObject({ state: 'accepted' });
      sprays.push(one);
    } else if (one.what === 'buy') await buy(ctx, house, one, { sprays, lots });
    else await blend(ctx, one, lots);
  }
  await recheckDeclared(ctx);
  const lines = await readLots(ctx, sql`l.id = any(${lots.map(({ id }) => id)}::uuid[])`);
  const held = new Set(lines.filter(({ state }) => state === 'held').map(({ id }) => id));
  const touched = lots.filter(({ sources }) => sources.some((source) => isInside(sprays, source)));
  expect(held).toEqual(new Set(touched.map(({ id }) => id)));
}

type Known = { sprays: { plot: number; day: number }[]; lots: Lot[] };

async function buy(
  ctx: Ctx,
  house: House,
  { plots, day: number }: Extract<Move, { what: 'buy' }>,
  { sprays, lots }: Known,
): Promise<void> {
  const sources = plots.map((at) => ({ plot: at, day: number }));
  const inside = sources.some((source) => isInside(sprays, source));
  const ticket = aTicket(house, { plots: plots.map((at) => house.plots[at]!), on: dayOf(number) });
  try {
    lots.push({ id: (await recordTicket(ctx, ticket)).lotId, sources });
    expect(inside, JSON.stringify(sources)).toBe(false);
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.code !== 'trace.ticket.in_interval') throw thrown;
    expect(inside, JSON.stringify(sources)).toBe(true);
  }
}

async function blend(ctx: Ctx, { one, two }: Extract<Move, { what: 'blend' }>, lots: Lot[]): Promise<void> {
  const [a, b] = [lots[one % (lots.length || 1)], lots[two % (lots.length || 1)]];
  if (!a || !b || a === b) return;
  const inputs = [a, b].map(({ id }) => ({ lotId: id, g: 1_000n }));
  const { lots: made } = await recordStep(ctx, aStep('blend', inputs, [{ g: 2_000n }]));
  lots.push({ id: made[0]!.id, sources: [...a.sources, ...b.sources] });
}

class Undo extends Error {}

it('no lot is made of leaf that was inside a known interval; a later record holds exactly what it touches', async () => {
  const house = await world.as(system, teaHouse, NOW);
  const plays = fc.array(move, { minLength: 4, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(plays, async (moves) => {
      const work = world.as(
        system,
        async (ctx) => {
          await play(ctx, house, moves);
          throw new Undo();
        },
        NOW,
      );
      await expect(work).rejects.toBeInstanceOf(Undo);
    }),
    { numRuns: 25 },
  );
});
