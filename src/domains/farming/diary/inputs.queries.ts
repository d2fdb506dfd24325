/** What was brought out on some land: for whoever asks backwards from tea. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { localDate, type LocalDate } from '#kernel/time';
import { findProduct } from '../input/product.ts';
import { diaryAccess, openRows } from './access.ts';

export type AppliedInput = {
  entryId: string;
  kind: 'spray' | 'fertilise';
  on: LocalDate;
  plotIds: readonly string[];
  productCode: string | null;
  /** As the register calls it, or as it was written down. */
  productName: string;
  /** Where it came from the store of inputs: that lot of it. */
  stockId: string | null;
};

type Row = {
  id: string;
  kind: 'spray' | 'fertilise';
  happened_on: string;
  product: string | null;
  name: string | null;
  stock: string | null;
  plots: string[];
};

/** Sprayings and fertilisings that count, on some plots between two days; those that the reader may see. */
export async function inputsOn(
  ctx: Ctx,
  plotIds: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<AppliedInput[]> {
  const access = await diaryAccess(ctx);
  const { rows } = await sql<Row>`
    select e.id, e.kind, e.happened_on, e.details->>'product_code' as product, e.details->>'name' as name,
      e.details->>'stock_id' as stock, array_agg(x.plot_id::text order by x.plot_id) as plots
    from farming_entry e
    join farming_entry_plot x on x.commune_id = e.commune_id and x.entry_id = e.id
    where e.commune_id = ${ctx.commune.id} and e.kind in ('spray', 'fertilise') and not e.voids
      and x.plot_id = any(${plotIds.filter(isId)}::uuid[]) and e.happened_on between ${from} and ${to}
      and ${openRows(ctx, access)} and not exists (select from farming_entry y
        where y.commune_id = e.commune_id and y.corrects = e.id)
    group by e.commune_id, e.id order by e.happened_on desc, e.id`.execute(ctx.db);
  return rows.map((row) => ({
    entryId: row.id,
    kind: row.kind,
    on: localDate(row.happened_on),
    plotIds: row.plots,
    productCode: row.product,
    productName:
      (row.product === null ? null : findProduct(row.product)?.name) ?? row.name ?? row.product ?? '',
    stockId: row.stock,
  }));
}
