import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import type { Income } from './income.ts';

/** Everything that sources say, the latest year first; public figures. */
export async function listIncomes(ctx: Ctx): Promise<Income[]> {
  allow(ctx, 'producers.income.see');
  const rows = await ctx.db
    .selectFrom('producers_income')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('year', 'desc')
    .orderBy('stated_on', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    year: row.year,
    hamletId: row.hamlet_id,
    amount: row.amount_dong,
    source: row.source,
    statedOn: localDate(row.stated_on),
    verified: row.verified,
  }));
}
