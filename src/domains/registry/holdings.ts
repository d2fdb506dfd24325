/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { listOfficials } from './official.queries.ts';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'registry.officials',
    title: (locale) => m.registry_holding_officials({}, { locale }),
    count: countOfficials,
  },
  {
    name: 'registry.residents',
    title: (locale) => m.registry_holding_residents({}, { locale }),
    count: countResidents,
  },
  {
    name: 'registry.households',
    title: (locale) => m.registry_holding_households({}, { locale }),
    count: countHouseholds,
  },
];

/** Those in office now. */
async function countOfficials(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  return (await listOfficials(ctx, localDateOf(ctx.now))).length;
}

/** People who live and are known: duplicates that were merged count once. */
async function countResidents(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('registry_resident')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('deceased_on', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Households that have not ended. */
async function countHouseholds(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('registry_household')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('closed_on', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
