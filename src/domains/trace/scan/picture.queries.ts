/** Pictures of products, which everybody may see. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { readProducts } from '../lot/product.queries.ts';

/** @throws AppError `trace.product.not_found` (404), also for one without a picture */
export async function pictureOf(ctx: Ctx, gtin: string): Promise<{ hash: string; type: string }> {
  allow(ctx, 'trace.scan.see');
  const [product] = /^\d{14}$/.test(gtin)
    ? await readProducts(ctx, sql`p.gtin = ${gtin} and p.kind = 'pack'`)
    : [];
  return mustExist(product?.picture, 'trace.product');
}
