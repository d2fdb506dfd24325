/** What this room keeps for a commune, counted before communes are merged. */
import { m } from '#i18n/messages';
import type { Holding } from '#kernel/context';
import { allow } from '#kernel/rights';

export const HOLDINGS: readonly Holding[] = [
  {
    name: 'criteria.signatures',
    title: (locale) => m.criteria_holding_signatures({}, { locale }),
    count: async (ctx) => {
      allow(ctx, 'commune.merger.see');
      const { count } = await ctx.db
        .selectFrom('criteria_signature')
        .select((select) => select.fn.countAll<bigint>().as('count'))
        .where('commune_id', '=', ctx.commune.id)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  },
];
