/** SQL of the chain. Times come as text: a Date would lose the microseconds. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { Frame } from './chain.ts';

export type Link = {
  seq: bigint;
  entry_id: string;
  prev: Buffer;
  hash: Buffer;
  linked_at: string;
  /** Null where the entry is gone. */
  frame: Frame | null;
  salt: Buffer | null;
  detail: unknown;
};

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

function frameColumns(): RawBuilder<unknown> {
  return sql.raw(`e.id, to_char(e.at at time zone 'UTC', ${ISO}) as at, e.actor_kind, e.actor_id, e.action,
    e.outcome, e.subject_kind, e.subject_id, e.purpose, e.request_id, encode(e.commitment, 'hex') as commitment,
    to_char(e.recorded_at at time zone 'UTC', ${ISO}) as recorded_at, e.has_detail`);
}

/** Only one process chains a commune's entries at a time; the lock ends with the transaction. */
export async function lockChain(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(720010, ${ctx.commune.id}::int)`.execute(ctx.db);
}

export async function findLastLink(
  ctx: Ctx,
): Promise<{ seq: bigint; hash: Buffer; linked_at: Date } | undefined> {
  return ctx.db
    .selectFrom('audit_link')
    .select(['seq', 'hash', 'linked_at'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Entries that no link names yet, recorded since `since`, oldest first. */
export async function listUnlinked(ctx: Ctx, since: Date | null, limit: number): Promise<Frame[]> {
  const { rows } = await sql<Frame>`
    select ${frameColumns()} from audit_entry e
    where e.commune_id = ${ctx.commune.id} and (${since}::timestamptz is null or e.recorded_at >= ${since})
      and not exists (select from audit_link l where l.commune_id = e.commune_id and l.entry_id = e.id)
    order by e.recorded_at, e.id limit ${limit}`.execute(ctx.db);
  return rows;
}

export async function insertLinks(
  ctx: Ctx,
  links: readonly { seq: bigint; entryId: string; prev: Buffer; hash: Buffer }[],
  linkedAt: string,
): Promise<void> {
  await sql`
    insert into audit_link (commune_id, seq, entry_id, prev, hash, linked_at)
    select ${ctx.commune.id}::int, seq, entry_id, prev, hash, ${linkedAt}::timestamptz
    from unnest(${links.map(({ seq }) => String(seq))}::bigint[], ${links.map(({ entryId }) => entryId)}::uuid[],
      ${links.map(({ prev }) => prev)}::bytea[], ${links.map(({ hash }) => hash)}::bytea[])
      as made (seq, entry_id, prev, hash)`.execute(ctx.db);
}

/** Links after `after` in order, with their entries and what is left of their details. */
export async function listLinks(ctx: Ctx, after: bigint, limit: number): Promise<Link[]> {
  return linksWhere(ctx, sql`l.seq > ${String(after)}::bigint`, limit);
}

/** The links at these places. */
export async function listLinksAt(ctx: Ctx, places: readonly number[]): Promise<Link[]> {
  if (places.length === 0) return [];
  return linksWhere(ctx, sql`l.seq = any(${places.map(String)}::bigint[])`, places.length);
}

async function linksWhere(ctx: Ctx, condition: RawBuilder<unknown>, limit: number): Promise<Link[]> {
  type Row = Omit<Link, 'frame'> & Omit<Frame, 'id'> & { id: string | null };
  const { rows } = await sql<Row>`
    select l.seq, l.entry_id, l.prev, l.hash, to_char(l.linked_at at time zone 'UTC', ${sql.raw(ISO)}) as linked_at,
      d.salt, d.detail, ${frameColumns()}
    from audit_link l
    left join audit_entry e on e.commune_id = l.commune_id and e.id = l.entry_id
    left join audit_detail d on d.commune_id = l.commune_id and d.entry_id = l.entry_id
    where l.commune_id = ${ctx.commune.id} and ${condition}
    order by l.seq limit ${limit}`.execute(ctx.db);
  return rows.map((row) => {
    const { seq, entry_id, prev, hash, linked_at, salt, detail, id, ...rest } = row;
    return {
      seq,
      entry_id,
      prev,
      hash,
      linked_at,
      salt,
      detail,
      frame: id === null ? null : { ...rest, id },
    };
  });
}

/** Every entry that an erasure names. */
export async function listErased(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('audit_entry')
    .select('subject_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('action', '=', 'audit.detail.erase')
    .where('outcome', '=', 'done')
    .execute();
  return rows.flatMap(({ subject_id }) => subject_id ?? []);
}

/** The place of a link in the chain by its hash. */
export async function findSeqOfHash(ctx: Ctx, hash: Buffer): Promise<bigint | undefined> {
  const row = await ctx.db
    .selectFrom('audit_link')
    .select('seq')
    .where('commune_id', '=', ctx.commune.id)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row?.seq;
}

/** Unchained entries that were recorded before `before`. */
export async function listStrays(ctx: Ctx, before: Date): Promise<Frame[]> {
  const { rows } = await sql<Frame>`
    select ${frameColumns()} from audit_entry e
    where e.commune_id = ${ctx.commune.id} and e.recorded_at < ${before}
      and not exists (select from audit_link l where l.commune_id = e.commune_id and l.entry_id = e.id)
    order by e.recorded_at limit 1000`.execute(ctx.db);
  return rows;
}

export async function countUnlinked(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from audit_entry e
    where e.commune_id = ${ctx.commune.id}
      and not exists (select from audit_link l where l.commune_id = e.commune_id and l.entry_id = e.id)`.execute(
    ctx.db,
  );
  return rows[0]!.count;
}
