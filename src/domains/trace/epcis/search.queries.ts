/** Finding events: the database narrows by its indexes, every event found is asked by the whole query. */
import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { hashBytes } from './capture.actions.ts';
import type { ContextedEvent, EpcisEvent, Json, JsonObject } from './event.ts';
import { isObject } from './event.ts';
import type { Narrowing } from './parameters.ts';
import { publicProfile } from './profile.ts';
import { matches, type Query } from './query.ts';
import { expandName, namesOf } from './names.ts';
import { scopeOf, type Scope } from './scope.ts';
import { comparable, valuesNamed, viewOf, type EventView } from './view.ts';

export type Found = ContextedEvent & { seq: bigint };
export type Page = { events: Found[]; next: string | null };
type Row = {
  seq: bigint;
  event_id: string;
  producer_id: string | null;
  record_time: Date;
  event_time: Date;
  body: EpcisEvent;
  context: Json[] | null;
};
type Seen = Found & { view: EventView; at: number };
/** Where a page begins: after that event; `done` events were given before. */
type Cursor = { seq: bigint; at: number; done: number };

/** How many stored events one request may look at. */
const MOST_SCANNED = 60_000;
/** How many matching events may be put in order by an extension. */
const MOST_ORDERED = 10_000;
const PER_PAGE = 30;
const MOST_PER_PAGE = 1_000;

/**
 * One page of what a query finds, as the asker may see it.
 * @param token of the page before
 * @throws AppError `trace.epcis.too_many_events` (413) for `maxEventCount`, `trace.epcis.too_complex` (413) when
 *   the query would have to look at more events than one request may, `trace.epcis.page_token` (400)
 */
export async function findEvents(
  ctx: Ctx,
  query: Query,
  {
    perPage = PER_PAGE,
    token = null,
    key = '',
  }: { perPage?: number; token?: string | null; key?: string } = {},
): Promise<Page> {
  allow(ctx, 'trace.event.read');
  const size = Math.min(Math.max(perPage, 1), MOST_PER_PAGE);
  if (query.most !== null) await refuseMore(ctx, query, query.most);
  const cursor = token === null ? null : readToken(token, key);
  const done = cursor?.done ?? 0;
  const wanted = Math.min(size, (query.limit ?? Number.POSITIVE_INFINITY) - done);
  if (wanted <= 0) return { events: [], next: null };
  const byExtension = !/^(?:eventTime|recordTime)$/.test(query.order.by);
  const found = byExtension
    ? await ordered(ctx, query, done, wanted + 1)
    : await collect(ctx, query, cursor, wanted + 1);
  const events = found.slice(0, wanted);
  const more = found.length > wanted && (query.limit === null || done + wanted < query.limit);
  const last = events.at(-1);
  return {
    events,
    next: more && last ? writeToken({ seq: last.seq, at: last.at, done: done + wanted }, key) : null,
  };
}

/** Everything with a number above `after` that matches, in the order of capture: for subscriptions. */
export async function findNewer(ctx: Ctx, query: Query, after: bigint, most: number): Promise<Found[]> {
  allow(ctx, 'trace.event.read');
  return collect(
    ctx,
    { ...query, order: { by: 'recordTime', descending: false } },
    { seq: after, at: 0, done: 0 },
    most,
  );
}

/** An event by its id or hash: itself, and whatever declared it wrong. */
export async function findById(ctx: Ctx, id: string): Promise<Found[]> {
  allow(ctx, 'trace.event.read');
  const scope = scopeOf(ctx);
  const isHash = /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/.test(id);
  const same = isHash ? sql`(e.event_id = ${id} or e.hash = ${hashBytes(id)})` : sql`e.event_id = ${id}`;
  const { rows } =
    await sql<Row>`${SELECT} from trace_event e where e.commune_id = ${ctx.commune.id} and ${same} and ${scope.where}
    order by e.seq limit 10`.execute(ctx.db);
  return rows.map((row) => shown(row, scope));
}

const SELECT = sql`select e.seq, e.event_id, e.producer_id, e.record_time, e.event_time, e.body, e.context`;

async function refuseMore(ctx: Ctx, query: Query, most: number): Promise<void> {
  const found = await collect(ctx, query, null, most + 1);
  if (found.length > most) throw new AppError('trace.epcis.too_many_events', 413);
}

/** Matching events after the cursor, in order, until there are enough. */
async function collect(ctx: Ctx, query: Query, from: Cursor | null, wanted: number): Promise<Seen[]> {
  const scope = scopeOf(ctx);
  const found: Seen[] = [];
  let cursor = from;
  let scanned = 0;
  for (let size = wanted + 5; found.length < wanted; size = Math.min(size * 2, 2_000)) {
    const rows = await candidates(ctx, query, scope, cursor, size);
    for (const row of rows) {
      const seen = shown(row, scope);
      if (matches(query, seen.view)) found.push(seen);
      if (found.length === wanted) break;
    }
    scanned += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < size) break;
    if (scanned > MOST_SCANNED) throw new AppError('trace.epcis.too_complex', 413);
    cursor = { seq: last.seq, at: last.event_time.getTime(), done: 0 };
  }
  return found;
}

/** As the asker may see it. What is hidden cannot be asked for either: the query looks at what is shown. */
function shown(row: Row, { whole }: Scope): Seen {
  const full = {
    ...row.body,
    ...(row.body.eventID === undefined ? { eventID: row.event_id } : {}),
    recordTime: row.record_time.toISOString(),
  };
  const event = whole(row.producer_id) ? full : publicProfile(full);
  const context = row.context ?? [];
  const view = viewOf({ event, context }, { eventId: row.event_id, recordTime: row.record_time });
  return { event, context, seq: row.seq, at: row.event_time.getTime(), view };
}

async function candidates(
  ctx: Ctx,
  query: Query,
  scope: Scope,
  cursor: Cursor | null,
  size: number,
): Promise<Row[]> {
  const narrowings = query.conditions.flatMap(({ narrowing }) => narrowing ?? []);
  const terms = narrowings.filter((one) => one.by === 'term');
  const where = [
    sql`e.commune_id = ${ctx.commune.id}`,
    scope.where,
    ...narrowings.flatMap((one) => (one.by === 'term' ? [] : [narrow(one)])),
  ];
  const { by, descending } = query.order;
  const direction = descending ? sql`desc` : sql`asc`;
  const beyond = descending ? sql`<` : sql`>`;
  const order =
    by === 'eventTime' ? sql`e.event_time ${direction}, e.seq ${direction}` : sql`e.seq ${direction}`;
  if (cursor)
    where.push(
      by === 'eventTime'
        ? sql`(e.event_time, e.seq) ${beyond} (${new Date(cursor.at)}, ${cursor.seq})`
        : sql`e.seq ${beyond} ${cursor.seq}`,
    );
  // The hits are counted out first and fetched one by one (`offset 0`): left free, the planner walks all events in order.
  const hits =
    terms.length === 0
      ? sql``
      : sql`with hits as materialized (${sql.join(
          terms.map((one) => termHits(ctx, one)),
          sql` intersect `,
        )})`;
  const from =
    terms.length === 0
      ? sql`trace_event e`
      : sql`hits cross join lateral (select * from trace_event one where one.commune_id = ${ctx.commune.id} and one.seq = hits.seq offset 0) e`;
  const { rows } =
    await sql<Row>`${hits} ${SELECT} from ${from} where ${sql.join(where, sql` and `)} order by ${order} limit ${size}`.execute(
      ctx.db,
    );
  return rows;
}

function termHits(
  { commune }: Ctx,
  { fields, patterns }: Extract<Narrowing, { by: 'term' }>,
): RawBuilder<unknown> {
  const exact = patterns.flatMap((pattern) => ('exact' in pattern ? [pattern.exact] : []));
  const ranges = patterns.flatMap((pattern) =>
    'begins' in pattern
      ? [sql`t.value >= ${pattern.begins} and t.value < ${`${pattern.begins}\u{10ffff}`}`]
      : [],
  );
  const values = [...(exact.length > 0 ? [sql`t.value = any(${exact}::text[])`] : []), ...ranges];
  return sql`select distinct t.seq from trace_term t where t.commune_id = ${commune.id} and t.field = any(${[...fields]}::text[]) and (${sql.join(values, sql` or `)})`;
}

function narrow(narrowing: Exclude<Narrowing, { by: 'term' }>): RawBuilder<unknown> {
  if (narrowing.by === 'declared') return sql`e.declared`;
  if (narrowing.by === 'column')
    return sql`${sql.ref(`e.${narrowing.column}`)} = any(${[...narrowing.values]}::text[])`;
  const column = sql.ref(`e.${narrowing.column}`);
  return narrowing.from ? sql`${column} >= ${narrowing.from}` : sql`${column} < ${narrowing.before!}`;
}

/** In the order of an extension's value: numbers by size, the rest as text; events without it come last. */
async function ordered(ctx: Ctx, query: Query, skip: number, wanted: number): Promise<Seen[]> {
  const all = await collect(
    ctx,
    { ...query, order: { by: 'recordTime', descending: false } },
    null,
    MOST_ORDERED + 1,
  );
  if (all.length > MOST_ORDERED) throw new AppError('trace.epcis.too_complex', 413);
  const valueOf = ({ view }: Seen) => {
    const name = expandName(query.order.by, query.names === namesOf([]) ? view.names : query.names);
    const [value] = valuesNamed(
      [view.event, ...(isObject(view.event.ilmd) ? [view.event.ilmd] : [])],
      name,
      view.names,
      false,
    );
    return value === undefined ? null : comparable(value, view.names);
  };
  const sorted = all
    .map((seen) => ({ seen, value: valueOf(seen) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      const bySize = a.value.size - b.value.size;
      const order = Number.isNaN(bySize)
        ? a.value.text < b.value.text
          ? -1
          : Number(a.value.text > b.value.text)
        : bySize;
      return query.order.descending ? -order : order;
    });
  return sorted.slice(skip, skip + wanted).map(({ seen }) => seen);
}

/** A token holds for the query that it came from. */
function writeToken({ seq, at, done }: Cursor, key: string): string {
  return Buffer.from(JSON.stringify([String(seq), at, done, mark(key)])).toString('base64url');
}

function readToken(token: string, key: string): Cursor {
  try {
    const [seq, at, done, of] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [
      string,
      number,
      number,
      string,
    ];
    if (
      /^\d{1,18}$/.test(seq) &&
      Number.isSafeInteger(at) &&
      Number.isSafeInteger(done) &&
      done >= 0 &&
      of === mark(key)
    )
      return { seq: BigInt(seq), at, done };
  } catch {
    // Whatever it is, it is no token of ours.
  }
  throw new AppError('trace.epcis.page_token', 400);
}

function mark(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 10);
}

/** What the query's text is kept by: its parameters without those of paging. */
export function keyOf(parameters: JsonObject): string {
  const { perPage: _, nextPageToken: __, ...rest } = parameters;
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}
