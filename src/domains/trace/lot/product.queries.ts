/** Products: what producers make. */
import { sql, type RawBuilder } from 'kysely';
import type { PlotStandard } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import type { Grade, LotKind } from './lot.ts';
import { ownGtin, type Product } from './product.ts';

type Row = {
  id: string;
  producer_id: string;
  hamlet_id: string | null;
  kind: string;
  gtin: string;
  own_code: boolean;
  name: string;
  name_en: string | null;
  grade: string | null;
  standard: string;
  net_g: number | null;
  shelf_months: number | null;
  brand: string | null;
  maker_name: string;
  maker_address: string | null;
  rules: string | null;
  story: string | null;
  story_en: string | null;
  file_hash: string | null;
  file_type: string | null;
  last_day: string | null;
  version: number;
};

/** Without a right of its own; for the room's verbs, which have asked. */
export async function readProducts(ctx: Ctx, where: RawBuilder<unknown>): Promise<Product[]> {
  const { rows } = await sql<Row>`
    select * from trace_product p where p.commune_id = ${ctx.commune.id} and ${where}`.execute(ctx.db);
  return rows.map(productOf);
}

function productOf(row: Row): Product {
  return {
    id: row.id,
    producerId: row.producer_id,
    hamletId: row.hamlet_id,
    kind: row.kind as LotKind,
    gtin: row.gtin,
    ownCode: row.own_code,
    name: row.name,
    nameEn: row.name_en,
    grade: row.grade as Grade | null,
    standard: row.standard as PlotStandard,
    netG: row.net_g,
    shelfMonths: row.shelf_months,
    brand: row.brand,
    makerName: row.maker_name,
    makerAddress: row.maker_address,
    rules: row.rules,
    story: row.story,
    storyEn: row.story_en,
    picture: row.file_hash === null ? null : { hash: row.file_hash, type: row.file_type ?? '' },
    ended: row.last_day !== null,
    version: row.version,
  };
}

export async function findProduct(ctx: Ctx, id: string): Promise<Product | undefined> {
  return isId(id) ? (await readProducts(ctx, sql`p.id = ${id}`))[0] : undefined;
}

/** Packed teas by name, of one producer or all; those of a hamlet for whoever has the right there. */
export async function listProducts(
  ctx: Ctx,
  { producerId }: { producerId?: string } = {},
): Promise<Product[]> {
  const hamlets = hamletsWhere(ctx, 'trace.lot.list');
  allow(ctx, 'trace.lot.list', {
    kind: 'product',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const mine = hamlets === 'all' ? sql`true` : sql`p.hamlet_id = any(${[...hamlets]}::uuid[])`;
  const of = producerId === undefined ? sql`true` : sql`p.producer_id::text = ${producerId}`;
  return readProducts(ctx, sql`p.kind = 'pack' and ${mine} and ${of} order by p.name, p.id limit 500`);
}

/** @throws AppError `trace.product.not_found` (404) */
export async function getProduct(ctx: Ctx, id: string): Promise<Product> {
  const product = await findProduct(ctx, id);
  allow(ctx, 'trace.lot.see', { kind: 'product', id, hamlet_id: product?.hamletId ?? null });
  return mustExist(product, 'trace.product');
}

/** A number of the commune's own that no product has yet. */
export async function freeOwnGtin(ctx: Ctx): Promise<string> {
  for (;;) {
    const gtin = ownGtin(BigInt(`0x${newId(ctx.now).replaceAll('-', '').slice(-16)}`));
    const taken = await ctx.db
      .selectFrom('trace_product')
      .select('id')
      .where('commune_id', '=', ctx.commune.id)
      .where('gtin', '=', gtin)
      .executeTakeFirst();
    if (!taken) return gtin;
  }
}

const OWN_NAMES: Readonly<Record<Exclude<LotKind, 'pack'>, [vi: string, en: string]>> = {
  leaf: ['Chè búp tươi', 'Fresh tea leaf'],
  process: ['Chè đang chế biến', 'Tea in process'],
  dry: ['Chè khô', 'Dry tea, in bulk'],
};

/**
 * What a producer's leaf, tea under way and dry tea in bulk go by: one product each, made when it is first needed.
 * Without a right of its own; for verbs that have asked.
 */
export async function houseProduct(
  ctx: Ctx,
  maker: { producerId: string; hamletId: string | null; name: string; demo: boolean },
  kind: Exclude<LotKind, 'pack'>,
): Promise<string> {
  const known = () =>
    readProducts(ctx, sql`p.producer_id = ${maker.producerId} and p.kind = ${kind} and p.own_code`);
  const [before] = await known();
  if (before) return before.id;
  const [name, nameEn] = OWN_NAMES[kind];
  await ctx.db
    .insertInto('trace_product')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      producer_id: maker.producerId,
      hamlet_id: maker.hamletId,
      kind,
      gtin: await freeOwnGtin(ctx),
      own_code: true,
      name,
      name_en: nameEn,
      maker_name: maker.name,
      demo: maker.demo,
      created_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await known())[0]!.id;
}
