/** Which picks are still to be sold. */
import { sql } from 'kysely';
import type { Pick } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';

/** Those that stand on no ticket. */
export async function unsoldOf(ctx: Ctx, picks: readonly Pick[]): Promise<Pick[]> {
  const hamlets = hamletsWhere(ctx, 'trace.ticket.record');
  allow(ctx, 'trace.ticket.record', {
    kind: 'pick',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const { rows } = await sql<{ pick_id: string }>`select pick_id from trace_ticket_pick
    where commune_id = ${ctx.commune.id} and not undone and pick_id = any(${picks.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  );
  const sold = new Set(rows.map(({ pick_id }) => pick_id));
  return picks.filter(({ id, counts }) => counts && !sold.has(id));
}
