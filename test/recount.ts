/** What a formula of the criteria says, counted again from the lists of its measures: never from their numbers. */
import { expect } from 'vitest';
import type { Board } from '#domain/criteria';
import type { Ctx } from '#kernel/context';

const PAGE = 5000;

/**
 * The formulas of the catalogue are one measure, or two with a sign between them. @returns the value in the indicator's
 * unit (shares in percent); null where the records say nothing
 */
export async function recount(ctx: Ctx, formula: string, board: Board): Promise<number | null> {
  const [, left, sign, right] = /^([a-z_.]+)(?: ([/+]) ([a-z_.]+))?$/.exec(formula)!;
  const first = await one(ctx, left!, board);
  if (!sign || first === null) return first;
  const second = await one(ctx, right!, board);
  if (second === null || second === 0) return null;
  return sign === '+' ? first + second : (first / second) * 100;
}

async function one(ctx: Ctx, name: string, board: Board): Promise<number | null> {
  const scope = board.hamletId === null ? 'commune' : `hamlet:${board.hamletId}`;
  const question = { asOf: board.asOf, scope };
  const measure = ctx.wiring.measures.find((known) => known.name === name)!;
  const page = { offset: 0, limit: PAGE };
  const { value, measured } = await measure.compute(ctx, question);
  const above = await measure.list(ctx, question, 'numerator', page);
  expect(above.records.length).toBe(above.total);
  if (measure.unit === 'count') return above.total;
  if (measure.unit !== 'share') return value;
  if (measured) return measured.whole === 0 ? null : (measured.part / measured.whole) * 100;
  const below = await measure.list(ctx, question, 'denominator', page);
  return below.total === 0 ? null : (above.total / below.total) * 100;
}
