/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'farming.plots',
    title: (locale) => m.farming_holding_plots({}, { locale }),
    count: (ctx) => countRows(ctx, 'farming_plot'),
  },
  {
    name: 'farming.areas',
    title: (locale) => m.farming_holding_areas({}, { locale }),
    count: (ctx) => countRows(ctx, 'farming_area'),
  },
  {
    name: 'farming.entries',
    title: (locale) => m.farming_holding_entries({}, { locale }),
    count: (ctx) => countRows(ctx, 'farming_entry'),
  },
  {
    name: 'farming.inspections',
    title: (locale) => m.farming_holding_inspections({}, { locale }),
    count: (ctx) => countRows(ctx, 'farming_inspection'),
  },
];

async function countRows(
  ctx: Ctx,
  table: 'farming_plot' | 'farming_area' | 'farming_entry' | 'farming_inspection',
): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom(table)
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}
