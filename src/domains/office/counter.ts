/** Running numbers of a year without gaps. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';

/**
 * The next number of a series; atomic, and given back when the transaction fails, so that there are no gaps.
 * Others who want the same series wait until this transaction ends: take the number late.
 */
export async function nextNumber(ctx: Ctx, name: string, year: number): Promise<number> {
  const row = await ctx.db
    .insertInto('office_counter')
    .values({ commune_id: ctx.commune.id, name, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'name', 'year']).doUpdateSet({ last: sql`office_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}
