/** The outbox to the portal: what waits, what goes out next, what became of it. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { minimumData } from '../exchange/minimum.queries.ts';
import { findLot } from '../lot/lines.queries.ts';
import { portalOf, type Answer } from './portal.ts';
import type { Telling } from './send.ts';

export const PORTAL_ERRAND = 'trace.portal.tell';
/** Of one commune in one go; the rest a quarter of an hour later. */
const MOST = 200;

/**
 * Takes up released lots that the portal was not told of, and queues everything that has no answer yet. Nothing while
 * the operator has set no portal. @returns how many are queued
 */
export async function queueForPortal(ctx: Ctx): Promise<number> {
  allow(ctx, 'trace.portal.queue');
  if (!portalOf(ctx.wiring.installation, ctx.commune)) return 0;
  await sql`
    insert into trace_portal (commune_id, lot_id, queued_at)
    select commune_id, id, ${ctx.now} from trace_lot l
    where commune_id = ${ctx.commune.id} and kind = 'pack' and released_at is not null and not undone
      and not exists (select from trace_portal p where p.commune_id = l.commune_id and p.lot_id = l.id)
    on conflict do nothing`.execute(ctx.db);
  const { rows } = await sql<{ lot_id: string }>`
    select lot_id from trace_portal where commune_id = ${ctx.commune.id} and state in ('waiting', 'sent')
    order by tried_at nulls first, queued_at limit ${MOST}`.execute(ctx.db);
  for (const { lot_id: lot } of rows)
    await enqueue(ctx, PORTAL_ERRAND, { lot }, { key: `${PORTAL_ERRAND}:${lot}` });
  return rows.length;
}

/**
 * What the portal is told of a lot next; null where there is nothing to tell: answered meanwhile, or the lot is held or
 * called back. Then it waits until it is free again.
 */
export async function nextForPortal(ctx: Ctx, lotId: string): Promise<Telling | null> {
  allow(ctx, 'trace.portal.queue', { kind: 'lot', id: lotId });
  const portal = portalOf(ctx.wiring.installation, ctx.commune);
  const row = await ctx.db
    .selectFrom('trace_portal')
    .select('state')
    .where('commune_id', '=', ctx.commune.id)
    .where('lot_id', '=', lotId)
    .executeTakeFirst();
  const { lot } = await findLot(ctx, lotId);
  if (!portal || !lot || (row?.state !== 'waiting' && row?.state !== 'sent')) return null;
  if (lot.state === 'held' || lot.state === 'recalled') return null;
  const body = JSON.stringify(await minimumData(ctx, lot.code));
  return { url: portal.url.replaceAll('{code}', encodeURIComponent(lot.code)), token: portal.token, body };
}

/** Writes down what the portal said. An answer that came before is not changed by a later try. */
export async function notePortalAnswer(ctx: Ctx, lotId: string, answer: Answer): Promise<void> {
  allow(ctx, 'trace.portal.queue', { kind: 'lot', id: lotId });
  const { state, reference, text } = answer;
  await ctx.db
    .updateTable('trace_portal')
    .set((eb) => ({
      ...(state !== 'again' && { state }),
      ...(reference !== null && { reference }),
      tries: eb('tries', '+', 1),
      tried_at: ctx.now,
      answer: text,
    }))
    .where('commune_id', '=', ctx.commune.id)
    .where('lot_id', '=', lotId)
    .where('state', 'in', ['waiting', 'sent'])
    .execute();
}

/** Sends a refused lot once more, after somebody has put right what was wrong. @throws AppError `trace.portal.not_refused` */
export async function tellPortalAgain(ctx: Ctx, lotId: string): Promise<void> {
  const { thing } = await findLot(ctx, lotId);
  allow(ctx, 'trace.portal.send', thing);
  const done = isId(lotId)
    ? await ctx.db
        .updateTable('trace_portal')
        .set({ state: 'waiting', queued_at: ctx.now, tried_at: null })
        .where('commune_id', '=', ctx.commune.id)
        .where('lot_id', '=', lotId)
        .where('state', '=', 'refused')
        .executeTakeFirst()
    : null;
  if (!done?.numUpdatedRows) throw new AppError('trace.portal.not_refused', 409);
  await enqueue(ctx, PORTAL_ERRAND, { lot: lotId }, { key: `${PORTAL_ERRAND}:${lotId}` });
}
