import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import { holderThing, type Holder } from '../diary/writer.queries.ts';
import { leftOf, type AmountUnit, type StockLot, type Used } from './stock.ts';

/** What a household or producer bought, the newest first, with what is left of it. */
export async function stockOf(ctx: Ctx, holder: Holder): Promise<StockLot[]> {
  const thing = await holderThing(ctx, holder);
  allow(ctx, 'farming.diary.see', thing);
  return readStockOf(ctx, [holder.householdId ?? holder.producerId ?? '']);
}

/** The same for many holders; without a right of its own. */
export async function readStockOf(ctx: Ctx, holders: readonly string[]): Promise<StockLot[]> {
  const owners = sql`any(${holders.filter(isId)}::uuid[])`;
  const lots = await ctx.db
    .selectFrom('farming_stock')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`(household_id = ${owners} or producer_id = ${owners})`)
    .orderBy('bought_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const used = await usesOf(
    ctx,
    lots.map(({ id }) => id),
  );
  return lots.map((row) => {
    const lot = { quantity: Number(row.quantity), unit: row.unit as AmountUnit };
    return {
      ...lot,
      id: row.id,
      householdId: row.household_id,
      producerId: row.producer_id,
      productCode: row.product_code,
      lot: row.lot,
      boughtOn: localDate(row.bought_on),
      supplier: row.supplier,
      expiry: row.expiry === null ? null : localDate(row.expiry),
      left: leftOf(lot, used.get(row.id) ?? []),
    };
  });
}

type Taken = {
  stock_id: string;
  dose?: number;
  dose_unit?: string;
  area_m2?: number;
  amount?: number;
  unit?: string;
};

/** What entries that count took from lots. */
async function usesOf(ctx: Ctx, lots: readonly string[]): Promise<Map<string, Used[]>> {
  const { rows } = await sql<{ details: Taken }>`select e.details from farming_entry e
    where e.commune_id = ${ctx.commune.id} and e.details->>'stock_id' = any(${[...lots]}::text[]) and not e.voids
      and not exists (select 1 from farming_entry c where c.commune_id = ${ctx.commune.id} and c.corrects = e.id)`.execute(
    ctx.db,
  );
  const used = new Map<string, Used[]>();
  for (const { details: one } of rows) {
    const taken =
      one.dose_unit === undefined
        ? { amount: one.amount!, unit: one.unit as AmountUnit }
        : { dose: one.dose!, doseUnit: one.dose_unit, areaM2: one.area_m2! };
    used.set(one.stock_id, [...(used.get(one.stock_id) ?? []), taken as Used]);
  }
  return used;
}
