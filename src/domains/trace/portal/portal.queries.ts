/** The outbox to the portal as the desk sees it. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { LotState } from '../lot/lot.ts';
import { PORTAL_STATES, portalOf, type PortalState } from './portal.ts';

export type PortalLine = {
  lotId: string;
  code: string;
  product: string;
  /** Of the lot: what is held or called back waits. */
  lotState: LotState;
  state: PortalState;
  queuedAt: Date;
  triedAt: Date | null;
  tries: number;
  reference: string | null;
  answer: string | null;
};
export type PortalDesk = {
  /** The operator has set an address. */
  on: boolean;
  counts: Record<PortalState, number>;
  items: PortalLine[];
};

/** What the portal was told, what it refused first. @param state only those */
export async function portalDesk(
  ctx: Ctx,
  {
    state,
    offset = 0,
    limit = 25,
  }: { state?: PortalState | undefined; offset?: number; limit?: number } = {},
): Promise<PortalDesk> {
  allow(ctx, 'trace.portal.see');
  const { rows: counted } = await sql<{ state: PortalState; lots: number }>`
    select state, count(*)::int as lots from trace_portal where commune_id = ${ctx.commune.id} group by state`.execute(
    ctx.db,
  );
  const counts = Object.fromEntries(PORTAL_STATES.map((one) => [one, 0])) as Record<PortalState, number>;
  for (const row of counted) counts[row.state] = row.lots;
  const { rows: items } = await sql<PortalLine>`
    select p.lot_id as "lotId", l.code, t.name as product, l.state as "lotState", p.state, p.queued_at as "queuedAt",
      p.tried_at as "triedAt", p.tries, p.reference, p.answer
    from trace_portal p join trace_lot l on l.commune_id = p.commune_id and l.id = p.lot_id
    join trace_product t on t.commune_id = l.commune_id and t.id = l.product_id
    where p.commune_id = ${ctx.commune.id} and ${state ? sql`p.state = ${state}` : sql`true`}
    order by array_position(array['refused', 'waiting', 'sent', 'acknowledged'], p.state), p.queued_at desc, p.lot_id
    offset ${offset} limit ${limit}`.execute(ctx.db);
  return { on: portalOf(ctx.wiring.installation, ctx.commune) !== null, counts, items };
}
