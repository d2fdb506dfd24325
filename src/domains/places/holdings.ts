/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'places.addresses',
    title: (locale) => m.places_holding_addresses({}, { locale }),
    count: (ctx) => countInForce(ctx, 'places_address'),
  },
  {
    name: 'places.works',
    title: (locale) => m.places_holding_works({}, { locale }),
    count: (ctx) => countInForce(ctx, 'places_work'),
  },
];

/** Those that have not ended. */
async function countInForce(ctx: Ctx, table: 'places_address' | 'places_work'): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom(table)
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('ended_on', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
