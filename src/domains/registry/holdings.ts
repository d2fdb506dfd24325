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
];

/** Those in office now. */
async function countOfficials(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  return (await listOfficials(ctx, localDateOf(ctx.now))).length;
}

async function countResidents(ctx: Ctx): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom('registry_resident')
    .select((select) => select.fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}
