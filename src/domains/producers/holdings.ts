/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'producers.producers',
    title: (locale) => m.producers_holding_producers({}, { locale }),
    count: (ctx) => countRows(ctx, 'producers_producer'),
  },
  {
    name: 'producers.certificates',
    title: (locale) => m.producers_holding_certificates({}, { locale }),
    count: (ctx) => countRows(ctx, 'producers_certificate'),
  },
];

async function countRows(ctx: Ctx, table: 'producers_producer' | 'producers_certificate'): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom(table)
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}
