/** Products of a producer: what its packs are called and what their labels say. */
import { getProducer } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { PackedTea } from './product.ts';
import { findProduct, freeOwnGtin } from './product.queries.ts';

/**
 * Writes down a packed tea; without a GTIN it gets a number of the commune's own. @returns its id
 * @throws AppError `input.invalid` with `trace.product.bad_gtin`, `trace.product.gtin_taken`
 */
export async function addProduct(ctx: Ctx, input: PackedTea): Promise<string> {
  const producer = await getProducer(ctx, input.producerId);
  allow(ctx, 'trace.product.edit', { kind: 'producer', id: producer.id, hamlet_id: producer.hamletId });
  const given = checked(PackedTea, input);
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('trace_product')
    .values({
      commune_id: ctx.commune.id,
      id,
      producer_id: producer.id,
      hamlet_id: producer.hamletId,
      kind: 'pack',
      gtin: given.gtin ?? (await freeOwnGtin(ctx)),
      own_code: given.gtin === null,
      created_at: ctx.now,
      demo: given.demo,
      ...columnsOf(given),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) refuseField('gtin', 'trace.product.gtin_taken');
  return id;
}

/** What may be said otherwise later on; number, producer, weight and standard are on printed labels and stay. */
const Changed = PackedTea.omit({ producerId: true, gtin: true, netG: true, standard: true, demo: true });

/** Changes the words of a product. @throws AppError `trace.product.not_found`, `trace.changed_meanwhile` (409) */
export async function changeProduct(
  ctx: Ctx,
  id: string,
  input: Omit<PackedTea, 'producerId' | 'gtin' | 'netG' | 'standard' | 'demo'>,
  version: number,
): Promise<void> {
  const product = await findProduct(ctx, id);
  allow(ctx, 'trace.product.edit', { kind: 'product', id, hamlet_id: product?.hamletId ?? null });
  mustExist(product, 'trace.product');
  const given = checked(Changed, input);
  await update(ctx, id, version, columnsOf(given));
}

/** No more of it is packed; what is sold already stays what it is. @throws as {@link changeProduct} */
export async function endProduct(ctx: Ctx, id: string, version: number): Promise<void> {
  const product = await findProduct(ctx, id);
  allow(
    ctx,
    'trace.product.edit',
    { kind: 'product', id, hamlet_id: product?.hamletId ?? null },
    { ended: true },
  );
  mustExist(product, 'trace.product');
  await update(ctx, id, version, { last_day: localDateOf(ctx.now) });
}

/** Asked before a picture is kept, so that whoever may not write leaves nothing behind. */
export async function openProductToPicture(ctx: Ctx, id: string): Promise<void> {
  const product = await findProduct(ctx, id);
  allow(ctx, 'trace.product.edit', { kind: 'product', id, hamlet_id: product?.hamletId ?? null });
  mustExist(product, 'trace.product');
}

/** Gives a product its picture, which buyers see. @param picture looked through and stored */
export async function setPicture(
  ctx: Ctx,
  id: string,
  picture: { hash: string; mediaType: string },
  version: number,
): Promise<void> {
  const product = await findProduct(ctx, id);
  allow(ctx, 'trace.product.edit', { kind: 'product', id, hamlet_id: product?.hamletId ?? null });
  mustExist(product, 'trace.product');
  await update(ctx, id, version, { file_hash: picture.hash, file_type: picture.mediaType });
}

type Columns = Partial<Record<'name' | 'last_day' | 'file_hash' | 'file_type', string>>;

async function update(ctx: Ctx, id: string, version: number, columns: Columns): Promise<void> {
  const done = await ctx.db
    .updateTable('trace_product')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('trace.changed_meanwhile', 409);
}

type Said = ReturnType<typeof Changed.parse> & { netG?: number; standard?: string };

function columnsOf(given: Said) {
  return {
    name: given.name,
    name_en: given.nameEn,
    grade: given.grade,
    shelf_months: given.shelfMonths,
    brand: given.brand,
    maker_name: given.makerName,
    maker_address: given.makerAddress,
    rules: given.rules,
    story: given.story,
    story_en: given.storyEn,
    ...(given.netG !== undefined && { net_g: given.netG }),
    ...(given.standard !== undefined && { standard: given.standard }),
  };
}
