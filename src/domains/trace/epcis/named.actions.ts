/** Named queries and subscriptions to them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { actorId, producerOf, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, may } from '#kernel/rights';
import { seal } from '#kernel/seal';
import { isTime, isUri } from './checks.ts';
import { isObject, type Json, type JsonObject } from './event.ts';
import { readQuery } from './query.ts';
import { readMasterData } from './resources.queries.ts';
import { readSchedule } from './schedule.ts';

/** Queries and subscriptions that one key may keep. */
const MOST = 100;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;

/** Those of one producer share their queries; officials see all. */
function ownerOf(ctx: Ctx): string {
  const producer = producerOf(ctx.actor);
  return producer === null ? actorId(ctx.actor) : `producer:${producer}`;
}

function mine(ctx: Ctx) {
  return may(ctx, 'trace.event.read_all') ? sql<boolean>`true` : sql<boolean>`owner = ${ownerOf(ctx)}`;
}

/**
 * Keeps a query under a name. @throws AppError `trace.epcis.validation` (400), `trace.epcis.query_parameter` (400),
 * `trace.epcis.query.exists` (409)
 */
export async function createQuery(ctx: Ctx, value: Json): Promise<string> {
  allow(ctx, 'trace.query.keep');
  if (!isObject(value) || typeof value.name !== 'string' || !NAME.test(value.name) || !isObject(value.query))
    throw new AppError('trace.epcis.validation', 400);
  readQuery(value.query, await readMasterData(ctx, value.query));
  const kept = await ctx.db
    .selectFrom('trace_query')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('owner', '=', ownerOf(ctx))
    .executeTakeFirstOrThrow();
  if (kept.count >= MOST) throw new AppError('trace.epcis.too_many_queries', 413);
  const row = {
    commune_id: ctx.commune.id,
    name: value.name,
    owner: ownerOf(ctx),
    query: JSON.stringify(value.query),
    created_at: ctx.now,
  };
  const done = await ctx.db
    .insertInto('trace_query')
    .values(row)
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows !== 1n) throw new AppError('trace.epcis.query.exists', 409);
  return value.name;
}

export type NamedQuery = { name: string; query: JsonObject };

/** @throws AppError `trace.epcis.query.not_found` (404), also for somebody else's */
export async function getQuery(ctx: Ctx, name: string): Promise<NamedQuery> {
  allow(ctx, 'trace.query.use');
  const row = await ctx.db
    .selectFrom('trace_query')
    .select(['name', 'query'])
    .where('commune_id', '=', ctx.commune.id)
    .where('name', '=', name)
    .where(mine(ctx))
    .executeTakeFirst();
  return mustExist(row, 'trace.epcis.query') as NamedQuery;
}

export async function listQueries(ctx: Ctx, after: string, most: number): Promise<NamedQuery[]> {
  allow(ctx, 'trace.query.use');
  const rows = await ctx.db
    .selectFrom('trace_query')
    .select(['name', 'query'])
    .where('commune_id', '=', ctx.commune.id)
    .where('name', '>', after)
    .where(mine(ctx))
    .orderBy('name')
    .limit(most)
    .execute();
  return rows as NamedQuery[];
}

/** Ends a query, and with it its subscriptions. @throws AppError `trace.epcis.query.not_found` (404) */
export async function deleteQuery(ctx: Ctx, name: string): Promise<void> {
  allow(ctx, 'trace.query.keep', { kind: 'query', id: name });
  const done = await ctx.db
    .deleteFrom('trace_query')
    .where('commune_id', '=', ctx.commune.id)
    .where('name', '=', name)
    .where(mine(ctx))
    .executeTakeFirst();
  if (done.numDeletedRows === 0n) throw new AppError('trace.epcis.query.not_found', 404);
}

/** Where a subscription's token is sealed to. */
export function tokenPlace(commune: number, id: string): string {
  return `trace_subscription:${commune}:${id}`;
}

/**
 * Subscribes an address to a query: to every new event (`stream`), or by a schedule.
 * @throws AppError `trace.epcis.subscription` (400): no https address, neither stream nor schedule, or both
 */
export async function subscribe(ctx: Ctx, name: string, value: Json): Promise<JsonObject> {
  allow(ctx, 'trace.query.subscribe', { kind: 'query', id: name });
  await getQuery(ctx, name);
  const asked = readSubscription(value);
  const kept = await ctx.db
    .selectFrom('trace_subscription')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .where('owner', '=', ownerOf(ctx))
    .executeTakeFirstOrThrow();
  if (kept.count >= MOST) throw new AppError('trace.epcis.subscription', 400);
  const id = randomUUID();
  const key = ctx.wiring.installation.key('trace.subscription');
  const since = asked.initialRecordTime;
  const last = await sql<{ seq: bigint }>`
    select coalesce(${since ? sql`(select min(seq) - 1 from trace_event where commune_id = ${ctx.commune.id} and record_time >= ${since}::timestamptz)` : sql`null::bigint`},
      (select last_seq from trace_store where commune_id = ${ctx.commune.id}), 0) as seq`.execute(ctx.db);
  const row = await ctx.db
    .insertInto('trace_subscription')
    .values({
      commune_id: ctx.commune.id,
      id,
      query_name: name,
      owner: ownerOf(ctx),
      producer_id: producerOf(ctx.actor),
      dest: asked.dest,
      token: asked.token === null ? null : seal(key, asked.token, tokenPlace(ctx.commune.id, id)),
      stream: asked.stream,
      schedule: asked.schedule === null ? null : JSON.stringify(asked.schedule),
      report_if_empty: asked.reportIfEmpty,
      initial_record_time: since === null ? null : new Date(since),
      last_seq: last.rows[0]!.seq,
      created_at: ctx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionOf(row);
}

function readSubscription(value: Json) {
  const refuse = (): never => {
    throw new AppError('trace.epcis.subscription', 400);
  };
  if (!isObject(value)) return refuse();
  const {
    dest,
    signatureToken: token = null,
    stream = false,
    schedule = null,
    reportIfEmpty = false,
    initialRecordTime = null,
  } = value;
  if (typeof dest !== 'string' || !isUri(dest) || !/^https:\/\/[^@]+$/.test(dest)) return refuse();
  if (token !== null && (typeof token !== 'string' || token.length < 8 || token.length > 500))
    return refuse();
  if (typeof stream !== 'boolean' || typeof reportIfEmpty !== 'boolean' || stream === (schedule !== null))
    return refuse();
  if (initialRecordTime !== null && !isTime(initialRecordTime)) return refuse();
  if (schedule !== null && (!isObject(schedule) || readSchedule(schedule) === null)) return refuse();
  return { dest, token, stream, schedule, reportIfEmpty, initialRecordTime };
}

type SubscriptionRow = {
  id: string;
  dest: string;
  stream: boolean;
  schedule: unknown;
  report_if_empty: boolean;
  initial_record_time: Date | null;
  created_at: Date;
  last_notified_at: Date | null;
};

/** What is told of a subscription: never its token. */
function subscriptionOf(row: SubscriptionRow): JsonObject {
  return {
    subscriptionID: row.id,
    dest: row.dest,
    createdAt: row.created_at.toISOString(),
    ...(row.last_notified_at ? { lastNotifiedAt: row.last_notified_at.toISOString() } : {}),
    ...(row.initial_record_time ? { initialRecordTime: row.initial_record_time.toISOString() } : {}),
    ...(row.stream
      ? { stream: true }
      : { schedule: row.schedule as JsonObject, reportIfEmpty: row.report_if_empty }),
  };
}

function subscriptions(ctx: Ctx, name: string) {
  return ctx.db
    .selectFrom('trace_subscription')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('query_name', '=', name)
    .where(mine(ctx));
}

export async function listSubscriptions(ctx: Ctx, name: string): Promise<JsonObject[]> {
  allow(ctx, 'trace.query.use');
  await getQuery(ctx, name);
  return (await subscriptions(ctx, name).orderBy('created_at').orderBy('id').limit(MOST).execute()).map(
    subscriptionOf,
  );
}

/** @throws AppError `trace.epcis.subscription.not_found` (404) */
export async function getSubscription(ctx: Ctx, name: string, id: string): Promise<JsonObject> {
  allow(ctx, 'trace.query.use');
  const row = isId(id) ? await subscriptions(ctx, name).where('id', '=', id).executeTakeFirst() : undefined;
  return subscriptionOf(mustExist(row, 'trace.epcis.subscription'));
}

/** @throws AppError `trace.epcis.subscription.not_found` (404) */
export async function unsubscribe(ctx: Ctx, name: string, id: string): Promise<void> {
  allow(ctx, 'trace.query.subscribe', { kind: 'subscription', id });
  await getSubscription(ctx, name, id);
  await ctx.db
    .deleteFrom('trace_subscription')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
