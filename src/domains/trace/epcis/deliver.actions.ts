/** Telling subscribers of new events: what to send, and noting that it arrived. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { allow } from '#kernel/rights';
import { unseal } from '#kernel/seal';
import { queryDocument } from './document.ts';
import type { JsonObject } from './event.ts';
import { publicProfile } from './profile.ts';
import { matches, readQuery, type Query } from './query.ts';
import { readMasterData } from './resources.queries.ts';
import { isDue, readSchedule } from './schedule.ts';
import { findNewer } from './search.queries.ts';
import { tokenPlace } from './named.actions.ts';
import { viewOf } from './view.ts';

/** How many events one message holds. */
const BATCH = 200;

/** What is to be sent; `more` tells that another message follows. */
export type Delivery = {
  dest: string;
  token: string | null;
  body: string | null;
  lastSeq: bigint;
  more: boolean;
};

/** Puts together the next message of a subscription; nothing when it has ended. */
export async function nextDelivery(ctx: Ctx, id: string): Promise<Delivery | null> {
  allow(ctx, 'trace.query.deliver', { kind: 'subscription', id });
  const row = await ctx.db
    .selectFrom('trace_subscription as s')
    .innerJoin('trace_query as q', (on) =>
      on.onRef('q.commune_id', '=', 's.commune_id').onRef('q.name', '=', 's.query_name'),
    )
    .select([
      's.dest',
      's.token',
      's.last_seq',
      's.report_if_empty',
      's.producer_id',
      's.owner',
      'q.name',
      'q.query',
    ])
    .where('s.commune_id', '=', ctx.commune.id)
    .where('s.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const parameters = row.query as JsonObject;
  const query = readQuery(parameters, await readMasterData(ctx, parameters));
  const found = await findNewer(ctx, query, row.last_seq, BATCH + 1);
  const events = await visible(ctx, query, found.slice(0, BATCH), row.producer_id);
  const store = await ctx.db
    .selectFrom('trace_store')
    .select('last_seq')
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirst();
  const more = found.length > BATCH;
  const key = ctx.wiring.installation.key('trace.subscription');
  const document = queryDocument(events, { queryName: row.name, subscriptionID: id, creationDate: ctx.now });
  return {
    dest: row.dest,
    token: row.token === null ? null : unseal(key, row.token, tokenPlace(ctx.commune.id, id)),
    body: events.length > 0 || row.report_if_empty ? JSON.stringify(document) : null,
    lastSeq: more ? found[BATCH - 1]!.seq : (store?.last_seq ?? row.last_seq),
    more,
  };
}

/** A producer is told of its own events, and of others' what strangers may read; what is hidden cannot be asked for. */
async function visible(
  ctx: Ctx,
  query: Query,
  found: Awaited<ReturnType<typeof findNewer>>,
  producer: string | null,
) {
  if (producer === null || found.length === 0) return found;
  const rows = await ctx.db
    .selectFrom('trace_event')
    .select(['seq', 'producer_id', 'disclosed', 'record_time'])
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'seq',
      'in',
      found.map(({ seq }) => seq),
    )
    .execute();
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  return found.flatMap((one) => {
    const row = bySeq.get(one.seq);
    if (row?.producer_id === producer) return [one];
    if (!row?.disclosed) return [];
    const masked = { ...one, event: publicProfile(one.event) };
    const view = viewOf(masked, { eventId: String(one.event.eventID), recordTime: row.record_time });
    return matches(query, view) ? [masked] : [];
  });
}

/** Notes how far a subscriber was told. */
export async function delivered(ctx: Ctx, id: string, { lastSeq, body, more }: Delivery): Promise<void> {
  allow(ctx, 'trace.query.deliver', { kind: 'subscription', id });
  await ctx.db
    .updateTable('trace_subscription')
    .set({ last_seq: lastSeq, ...(body === null ? {} : { last_notified_at: ctx.now }) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  if (more)
    await enqueue(ctx, 'trace.epcis.deliver', { subscription: id }, { key: `trace.epcis.deliver:${id}` });
}

/** Every minute: queues the subscriptions whose schedule names it. */
export async function queueDue(ctx: Ctx): Promise<void> {
  allow(ctx, 'trace.query.deliver');
  const rows = await ctx.db
    .selectFrom('trace_subscription')
    .select(['id', 'schedule'])
    .where('commune_id', '=', ctx.commune.id)
    .where('stream', '=', false)
    .execute();
  for (const { id, schedule } of rows) {
    const read = readSchedule(schedule as JsonObject);
    if (read && isDue(read, ctx.now))
      await enqueue(ctx, 'trace.epcis.deliver', { subscription: id }, { key: `trace.epcis.deliver:${id}` });
  }
}
