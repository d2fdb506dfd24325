import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { spanOf, type Span } from '#kernel/span';

export type Technician = Span & { id: string; producerId: string; userId: string; name: string };

/** Everybody who keeps or kept diaries for producers, the newest first. */
export async function listTechnicians(ctx: Ctx): Promise<Technician[]> {
  allow(ctx, 'farming.technician.edit', { kind: 'technician' });
  const rows = await ctx.db
    .selectFrom('farming_technician')
    .select(['id', 'producer_id', 'user_id', 'name', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('from_day', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    producerId: row.producer_id,
    userId: row.user_id,
    name: row.name,
    ...spanOf(row.from_day, row.last_day),
  }));
}
