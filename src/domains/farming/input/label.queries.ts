import type { Ctx } from '#kernel/context';
import type { FileHash } from '#kernel/files/store';
import { allow } from '#kernel/rights';

export type Label = {
  id: string;
  productCode: string;
  phiDays: number;
  dose: string | null;
  photoHash: FileHash;
  recordedAt: Date;
  recordedName: string;
};

/** What labels state, as technicians read them; the newest of each product first, the older ones after. */
export async function listLabels(ctx: Ctx): Promise<Label[]> {
  allow(ctx, 'farming.product.see');
  const rows = await ctx.db
    .selectFrom('farming_label')
    .select(['id', 'product_code', 'phi_days', 'dose', 'photo_hash', 'recorded_at', 'recorded_name'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('product_code')
    .orderBy('recorded_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    productCode: row.product_code,
    phiDays: row.phi_days,
    dose: row.dose,
    photoHash: row.photo_hash as FileHash,
    recordedAt: row.recorded_at,
    recordedName: row.recorded_name,
  }));
}
