import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { spanOf } from '#kernel/span';
import type { CraftVillage } from './craft.ts';

/** Every recognition that ever was, the oldest first: decisions of the state, public. */
export async function listCraftVillages(ctx: Ctx): Promise<CraftVillage[]> {
  allow(ctx, 'producers.craft.see');
  const rows = await ctx.db
    .selectFrom('producers_craft_village')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('recognised_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    hamletId: row.hamlet_id,
    name: row.name,
    trade: row.trade,
    decisionNumber: row.decision_number,
    decisionIssuer: row.decision_issuer,
    withdrawalDecision: row.withdrawal_decision,
    verified: row.verified,
    demo: row.demo,
    ...spanOf(row.recognised_on, row.last_day),
  }));
}
