/** The lots of a recall. For verbs, which ask for the right. */
import type { Ctx } from '#kernel/context';

export async function lotsOfRecall(ctx: Ctx, recallId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('trace_recall_lot')
    .select('lot_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('recall_id', '=', recallId)
    .execute();
  return rows.map(({ lot_id }) => lot_id);
}
