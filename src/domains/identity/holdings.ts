/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Ctx, Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'identity.accounts_with_roles',
    title: (locale) => m.identity_holding_roles({}, { locale }),
    count: (ctx) => countPeople(ctx, 'identity_grant'),
  },
  {
    name: 'identity.bound_citizens',
    title: (locale) => m.identity_holding_bound({}, { locale }),
    count: (ctx) => countPeople(ctx, 'identity_binding'),
  },
];

/** How many accounts have a role, or are bound to a resident, that has not ended. */
async function countPeople(ctx: Ctx, table: 'identity_grant' | 'identity_binding'): Promise<number> {
  allow(ctx, 'commune.merger.see');
  const { count } = await ctx.db
    .selectFrom(table)
    .select((select) => select.fn.count<bigint>('user_id').distinct().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
