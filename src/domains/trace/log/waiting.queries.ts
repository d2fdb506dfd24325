/** SQL of the leaves that wait for their place, of salts, and of the way from a lot to its leaves. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';

export type WaitingLeaf = {
  id: string;
  kind: string;
  subject: string;
  hash: Buffer;
  digest: Buffer | null;
};

export async function insertWaiting(ctx: Ctx, leaves: readonly WaitingLeaf[]): Promise<void> {
  await sql`
    insert into trace_log_waiting (commune_id, id, kind, subject, hash, digest)
    select ${ctx.commune.id}::int, * from unnest(${leaves.map(({ id }) => id)}::uuid[],
      ${leaves.map(({ kind }) => kind)}::text[], ${leaves.map(({ subject }) => subject)}::text[],
      ${leaves.map(({ hash }) => hash)}::bytea[], ${leaves.map(({ digest }) => digest)}::bytea[])`.execute(
    ctx.db,
  );
}

/** The oldest waiting leaves, keys before what they sign; `known` are those that stand in the tree already. */
export async function listWaiting(ctx: Ctx, limit: number): Promise<(WaitingLeaf & { known: boolean })[]> {
  const { rows } = await sql<WaitingLeaf & { known: boolean }>`
    select w.id, w.kind, w.subject, w.hash, w.digest, exists (select from trace_log_leaf l where l.commune_id = w.commune_id
      and l.kind = w.kind and l.subject = w.subject and l.hash = w.hash) as known
    from trace_log_waiting w where w.commune_id = ${ctx.commune.id} order by w.kind <> 'key', w.id limit ${limit}`.execute(
    ctx.db,
  );
  return rows;
}

export async function deleteWaiting(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await sql`delete from trace_log_waiting where commune_id = ${ctx.commune.id} and id = any(${ids}::uuid[])`.execute(
    ctx.db,
  );
}

export async function countWaiting(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('trace_log_waiting')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function insertSalts(ctx: Ctx, salts: readonly { hash: Buffer; salt: Buffer }[]): Promise<void> {
  if (salts.length === 0) return;
  await ctx.db
    .insertInto('trace_log_salt')
    .values(salts.map(({ hash, salt }) => ({ commune_id: ctx.commune.id, hash, salt })))
    .execute();
}

export async function findSalts(ctx: Ctx, hashes: readonly Buffer[]): Promise<Map<string, Buffer>> {
  if (hashes.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('trace_log_salt')
    .select(['hash', 'salt'])
    .where('commune_id', '=', ctx.commune.id)
    .where('hash', 'in', [...hashes])
    .execute();
  return new Map(rows.map(({ hash, salt }) => [hash.toString('hex'), salt]));
}

export async function deleteSalt(ctx: Ctx, hash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('trace_log_salt')
    .where('commune_id', '=', ctx.commune.id)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function insertAbout(
  ctx: Ctx,
  lines: readonly { about: string; kind: string; subject: string }[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into trace_log_about (commune_id, about, kind, subject)
    select ${ctx.commune.id}::int, * from unnest(${lines.map(({ about }) => about)}::text[],
      ${lines.map(({ kind }) => kind)}::text[], ${lines.map(({ subject }) => subject)}::text[])
    on conflict do nothing`.execute(ctx.db);
}
