/** The scans of a batch. */
import type { Ctx } from '#kernel/context';

/** Without a right of its own: for the room's verbs, which have asked. In the batch's order. */
export async function scansOf(ctx: Ctx, batchId: string) {
  const rows = await ctx.db
    .selectFrom('office_scan')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('batch_id', '=', batchId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map(({ file_hash: hash, ...row }) => ({ ...row, hash }));
}
