/** What the public board and the desk read alike: the day and the set that an address names. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf, parseLocalDate, type LocalDate } from '#kernel/time';
import { findBoard } from './board.queries.ts';
import { SMART_COMMUNE } from './catalog.ts';
import { setsInForce } from './set.queries.ts';

/** The day of the address, today when it names none or one to come. */
export function dayOf(now: Date, query: URLSearchParams): LocalDate {
  const today = localDateOf(now);
  const day = parseLocalDate(query.get('as_of') ?? '');
  return day && day < today ? day : today;
}

/** The commune's sets of a day, and the board of the one that the address names. */
export async function openBoard(ctx: Ctx, query: URLSearchParams) {
  allow(ctx, 'criteria.board.see');
  const asOf = dayOf(ctx.now, query);
  const sets = (await setsInForce(ctx, asOf)).filter(({ set }) => set.level === 'commune');
  const wanted = query.get('set') ?? SMART_COMMUNE;
  const code = sets.find(({ set }) => set.code === wanted)?.set.code ?? sets[0]?.set.code;
  const board = code === undefined ? undefined : await findBoard(ctx, { code, asOf });
  const choices = sets.map(({ set }) => ({ value: set.code, label: set.title[ctx.locale] }));
  return { asOf, code: code ?? '', board, choices };
}
