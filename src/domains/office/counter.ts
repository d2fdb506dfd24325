/** Running numbers of a year without gaps, their days in the same order. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { localDateOf, yearOf } from '#kernel/time';

/** A number, its year, and the day under which it stands in the book. */
export type Numbered = { number: number; year: number; on: string };

/**
 * The next number of today's year in a book; atomic, and given back when the transaction fails, so that there
 * are no gaps. Others who want the same book wait until this transaction ends: take the number late.
 *
 * Numbers follow the order of time (NĐ 30/2020/NĐ-CP art. 15.1, 22.2): who began before midnight and took his
 * number after somebody of the next day stands under that next day too.
 */
export async function nextNumber(ctx: Ctx, name: 'in' | 'out'): Promise<Numbered> {
  const today = localDateOf(ctx.now);
  const year = yearOf(today);
  const row = await ctx.db
    .insertInto('office_counter')
    .values({ commune_id: ctx.commune.id, name, year, last: 1, last_on: today })
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'name', 'year']).doUpdateSet({
        last: sql`office_counter.last + 1`,
        last_on: sql`greatest(office_counter.last_on, excluded.last_on)`,
      }),
    )
    .returning(['last', 'last_on'])
    .executeTakeFirstOrThrow();
  return { number: row.last, year, on: row.last_on! };
}
