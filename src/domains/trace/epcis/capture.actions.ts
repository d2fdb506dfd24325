/** Taking events in: checked, hashed, stored once, numbered in the order in which they were committed. */
import { sql } from 'kysely';
import { actorId, producerOf, type Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { allow } from '#kernel/rights';
import { logEvents } from '../log/events.ts';
import { isUri, type Fault } from './checks.ts';
import type { Captured } from './document.ts';
import { EPCIS_CONTEXT, isObject, objectsOf, textsOf, type EpcisEvent, type Json } from './event.ts';
import { hashEvent } from './hash.ts';
import { LIMITS } from './limits.ts';
import { checkEvent } from './rules.ts';
import { canonicalId, columnsOf, namesIn, termsOf } from './view.ts';
import { namesOf } from './names.ts';
import { canonicalTime } from './values.ts';

/** All or nothing, or whatever can be taken. */
export type Behaviour = 'rollback' | 'proceed';
export type CaptureOptions = {
  behaviour?: Behaviour;
  /** Strangers may read the public profile of these events. */
  disclosed?: boolean;
  /** Refuses an id under which another event is known; otherwise both are kept, each with its hash. */
  idOnce?: boolean;
  /** Whose events they are, where nobody's key says it. */
  producerId?: string | null;
};

/** What was wrong, with the place in the document: `/eventList/3/bizStep`. */
export type CaptureOutcome = { success: boolean; stored: string[]; known: string[]; errors: Fault[] };

/** The error codes of an event that was sent with an id under which another one is known. */
export const ID_TAKEN = 'id_taken';

type Ready = { id: string; declared: boolean; hash: string; event: EpcisEvent; at: number };

/**
 * Stores the events of a document. An event that is known already (same id and content, or same hash) is left as it
 * is: sending twice changes nothing.
 * @returns the ids of what was stored and of what was known, and every fault; faults are no exception
 */
export async function captureEvents(
  ctx: Ctx,
  captured: Captured,
  options: CaptureOptions = {},
): Promise<CaptureOutcome> {
  allow(ctx, 'trace.event.capture', {}, { events: captured.events.length });
  const { behaviour = 'rollback' } = options;
  const { ready, errors } = prepare(captured);
  const stop = () => behaviour === 'rollback' && errors.length > 0;
  if (stop()) return { success: false, stored: [], known: [], errors };
  const last = await lockStore(ctx);
  const { fresh, known } = await newOnes(ctx, ready, options.idOnce ? errors : null);
  if (stop()) return { success: false, stored: [], known: [], errors };
  await insert(ctx, fresh, captured.context, last, options);
  await keepMasterData(ctx, captured, options);
  if (fresh.length > 0) await tellSubscribers(ctx);
  return { success: errors.length === 0, stored: fresh.map(({ id }) => id), known, errors };
}

function prepare({ events, context }: Captured): { ready: Ready[]; errors: Fault[] } {
  const errors: Fault[] = [];
  const ready: Ready[] = [];
  if (events.length > LIMITS.events) return { ready, errors: [{ path: '/eventList', code: 'too_many' }] };
  events.forEach((value, at) => {
    const faults = checkEvent(value);
    if (faults.length > 0)
      errors.push(...faults.map(({ path, code }) => ({ path: `/eventList/${at}${path}`, code })));
    else ready.push(identify(value as EpcisEvent, context, at));
  });
  return { ready, errors };
}

function identify(event: EpcisEvent, context: readonly Json[], at: number): Ready {
  const hash = hashEvent({ event, context });
  const id = typeof event.eventID === 'string' ? event.eventID : hash;
  return { id, hash, event, at, declared: isObject(event.errorDeclaration) };
}

/** Whoever adds events waits here for the one before: numbers are given without gaps, in the order of commits. */
async function lockStore({ db, commune }: Ctx): Promise<bigint> {
  const found = await sql<{ last_seq: bigint }>`
    insert into trace_store (commune_id) values (${commune.id})
    on conflict (commune_id) do update set last_seq = trace_store.last_seq returning last_seq`.execute(db);
  return found.rows[0]!.last_seq;
}

/** Those that nobody sent before. @param errors where an id that another event has is a fault */
async function newOnes(
  { db, commune }: Ctx,
  ready: readonly Ready[],
  errors: Fault[] | null,
): Promise<{ fresh: Ready[]; known: string[] }> {
  const fresh: Ready[] = [];
  const known: string[] = [];
  if (ready.length === 0) return { fresh, known };
  const hashes = ready.map(({ hash }) => hashBytes(hash));
  const rows = await sql<{ event_id: string; declared: boolean; hash: Buffer }>`
    select event_id, declared, hash from trace_event
    where commune_id = ${commune.id} and (event_id = any(${ready.map(({ id }) => id)}) or hash = any(${hashes}))`.execute(
    db,
  );
  const ids = new Set(rows.rows.map((row) => `${row.declared} ${row.event_id}`));
  const seen = new Set<string>();
  const note = (declared: boolean, id: string, hash: string) =>
    seen.add(`${declared} ${id} ${hash}`).add(`${declared} ${hash}`);
  for (const row of rows.rows) note(row.declared, row.event_id, hashText(row.hash));
  for (const one of ready) {
    const same =
      one.event.eventID === undefined
        ? `${one.declared} ${one.hash}`
        : `${one.declared} ${one.id} ${one.hash}`;
    if (seen.has(same)) known.push(one.id);
    else if (errors && ids.has(`${one.declared} ${one.id}`))
      errors.push({ path: `/eventList/${one.at}/eventID`, code: ID_TAKEN });
    else {
      note(one.declared, one.id, one.hash);
      fresh.push(one);
    }
  }
  return { fresh, known };
}

/** The 32 bytes of `ni:///sha-256;…`. */
export function hashBytes(hash: string): Buffer {
  return Buffer.from(hash.slice(14, 78), 'hex');
}

export function hashText(bytes: Buffer): string {
  return `ni:///sha-256;${bytes.toString('hex')}?ver=CBV2.0`;
}

/** How many events one statement takes. */
const BATCH = 1_000;

async function insert(
  ctx: Ctx,
  fresh: readonly Ready[],
  context: readonly Json[],
  last: bigint,
  options: CaptureOptions,
): Promise<void> {
  const extra = context.filter((item) => item !== EPCIS_CONTEXT);
  const kept = extra.length === 0 ? null : JSON.stringify(extra);
  for (let from = 0; from < fresh.length; from += BATCH)
    await insertBatch(
      ctx,
      fresh.slice(from, from + BATCH),
      { first: last + 1n + BigInt(from), context, kept },
      options,
    );
  if (fresh.length === 0) return;
  await sql`update trace_store set last_seq = ${last + BigInt(fresh.length)} where commune_id = ${ctx.commune.id}`.execute(
    ctx.db,
  );
}

type Place = { first: bigint; context: readonly Json[]; kept: string | null };

async function insertBatch(
  ctx: Ctx,
  batch: readonly Ready[],
  { first, context, kept }: Place,
  options: CaptureOptions,
): Promise<void> {
  const rows = batch.map(({ id, hash, event, declared }, at) => {
    const names = namesIn({ event, context });
    const seq = String(first + BigInt(at));
    return { id, hash, event, declared, seq, ...columnsOf(event, names), terms: termsOf(event, names) };
  });
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  const producer = producerOf(ctx.actor) ?? options.producerId ?? null;
  await sql`
    insert into trace_event (commune_id, producer_id, disclosed, captured_by, record_time, context, seq, event_id, declared, hash,
      event_time, type, action, biz_step, disposition, read_point, biz_location, body)
    select ${ctx.commune.id}, ${producer}::uuid, ${options.disclosed ?? false}, ${actorId(ctx.actor)}, ${ctx.now}, ${kept}::json, row.*
    from unnest(${column(({ seq }) => seq)}::bigint[], ${column(({ id }) => id)}::text[], ${column(({ declared }) => declared)}::boolean[],
      ${column(({ hash }) => hashBytes(hash))}::bytea[], ${column(({ event }) => canonicalTime(event.eventTime))}::timestamptz[],
      ${column(({ event }) => event.type)}::text[], ${column(({ event }) => (typeof event.action === 'string' ? event.action : null))}::text[],
      ${column(({ bizStep }) => bizStep)}::text[], ${column(({ disposition }) => disposition)}::text[],
      ${column(({ readPoint }) => readPoint)}::text[], ${column(({ bizLocation }) => bizLocation)}::text[],
      ${column(({ event }) => JSON.stringify(event))}::json[]) as row`.execute(ctx.db);
  if (options.disclosed) await logEvents(ctx, rows, context);
  const terms = rows.flatMap(({ seq, terms }) => terms.map(({ field, value }) => ({ seq, field, value })));
  if (terms.length === 0) return;
  await sql`
    insert into trace_term (commune_id, value, field, seq)
    select ${ctx.commune.id}, row.* from unnest(${terms.map(({ value }) => value)}::text[],
      ${terms.map(({ field }) => field)}::text[], ${terms.map(({ seq }) => seq)}::bigint[]) as row`.execute(
    ctx.db,
  );
}

/** Attributes and children of what a document describes in its header; the newest word holds. */
async function keepMasterData(
  ctx: Ctx,
  { masterData, context }: Captured,
  options: CaptureOptions,
): Promise<void> {
  const names = namesOf(context);
  const producer = producerOf(ctx.actor) ?? options.producerId ?? null;
  for (const vocabulary of masterData.filter(isObject).slice(0, 100))
    for (const element of objectsOf(vocabulary.vocabularyElementList).slice(0, LIMITS.events)) {
      if (!isUri(element.id)) continue;
      const attributes = Object.fromEntries(
        objectsOf(element.attributes).flatMap(({ id, attribute }) =>
          typeof id === 'string' && attribute !== undefined ? [[canonicalId(id, names), attribute]] : [],
        ),
      );
      const children = textsOf(element.children).map((id) => canonicalId(id, names));
      await sql`
        insert into trace_master (commune_id, id, type, attributes, children, producer_id, updated_at)
        values (${ctx.commune.id}, ${canonicalId(element.id, names)}, ${String(vocabulary.type)}, ${JSON.stringify(attributes)}::json,
          ${children}::text[], ${producer}::uuid, ${ctx.now})
        on conflict (commune_id, id) do update set type = excluded.type, attributes = excluded.attributes,
          children = excluded.children, updated_at = excluded.updated_at
        where trace_master.producer_id is not distinct from excluded.producer_id`.execute(ctx.db);
    }
}

async function tellSubscribers(ctx: Ctx): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('trace_subscription')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('stream', '=', true)
    .execute();
  for (const { id } of waiting)
    await enqueue(ctx, 'trace.epcis.deliver', { subscription: id }, { key: `trace.epcis.deliver:${id}` });
}
