/** SQL of the tree: leaves, the roots of full tiles, signed heads. Only ever added to. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { NewNode } from './edge.ts';
import { entryOf, type Leaf } from './leaf.ts';
import { foldSubtrees, rootOf, subtreesOf, type Range } from './merkle.ts';

export type Run = { level: number; from: number; to: number };
type LeafRow = {
  idx: bigint;
  kind: string;
  subject: string;
  hash: Buffer;
  digest: Buffer | null;
  leaf_hash: Buffer;
};
/** A head of the log as it was signed. */
export type SignedHead = { seq: bigint; size: number; root: Buffer; note: string; signedAt: Date };

/** Only one process adds to a commune's log at a time. False where another is at it. */
export async function lockLog(ctx: Ctx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(720020, ${ctx.commune.id}::int) as locked`.execute(ctx.db);
  return rows[0]!.locked;
}

/** The stored hashes of some runs, each run's in order. @throws Error where one is missing */
export async function readHashes(ctx: Ctx, runs: readonly Run[]): Promise<Buffer[][]> {
  if (runs.length === 0) return [];
  const columns = [
    runs.map(({ level }) => level),
    runs.map(({ from }) => String(from)),
    runs.map(({ to }) => String(to)),
  ];
  const { rows } = await sql<{ run: number; hash: Buffer }>`
    with run as (select * from unnest(${columns[0]}::int[], ${columns[1]}::bigint[], ${columns[2]}::bigint[])
      with ordinality as r (level, from_idx, to_idx, run))
    select run.run::int, l.idx, l.leaf_hash as hash from run join trace_log_leaf l
      on l.commune_id = ${ctx.commune.id} and l.idx >= from_idx and l.idx < to_idx where run.level = 0
    union all
    select run.run::int, n.idx, n.hash from run join trace_log_node n
      on n.commune_id = ${ctx.commune.id} and n.level = run.level and n.idx >= from_idx and n.idx < to_idx
      where run.level > 0
    order by 1, 2`.execute(ctx.db);
  const found: Buffer[][] = runs.map(() => []);
  for (const { run, hash } of rows) found[run - 1]!.push(hash);
  for (const [at, { level, from, to }] of runs.entries())
    if (found[at]!.length !== to - from)
      throw new Error(`the log lacks hashes of level ${level}, ${from} to ${to}`);
  return found;
}

/** The hashes of runs of leaves, as proofs are made of them. */
export async function hashesOfRanges(ctx: Ctx, ranges: readonly Range[]): Promise<Buffer[]> {
  const parts = ranges.map(subtreesOf);
  const runs = parts.flat().map(({ level, index }): Run => {
    const [stored, width] = [Math.floor(level / 8), 2 ** (level % 8)];
    return { level: stored, from: index * width, to: (index + 1) * width };
  });
  const roots = (await readHashes(ctx, runs)).map((hashes) => rootOf(hashes));
  return parts.map((subtrees) => foldSubtrees(roots.splice(0, subtrees.length)));
}

/** How many leaves there are. */
export async function countLeaves(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('trace_log_leaf')
    .select('idx')
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('idx', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.idx) + 1 : 0;
}

export async function listLeaves(ctx: Ctx, from: number, to: number): Promise<Leaf[]> {
  const rows = await ctx.db
    .selectFrom('trace_log_leaf')
    .select(['idx', 'kind', 'subject', 'hash', 'digest', 'leaf_hash'])
    .where('commune_id', '=', ctx.commune.id)
    .where('idx', '>=', BigInt(from))
    .where('idx', '<', BigInt(to))
    .orderBy('idx')
    .execute();
  return rows.map(leafOf);
}

/** The entries of an entry bundle. */
export async function listEntries(ctx: Ctx, from: number, to: number): Promise<Buffer[]> {
  return (await listLeaves(ctx, from, to)).map(entryOf);
}

/** Leaves of a subject itself, or that tell of it, newest last. */
export async function listLeavesOf(ctx: Ctx, subject: string, limit: number): Promise<Leaf[]> {
  const { rows } = await sql<LeafRow>`
    select idx, l.kind, l.subject, hash, digest, leaf_hash from trace_log_leaf l
    where l.commune_id = ${ctx.commune.id} and (l.subject = ${subject} or exists (
      select from trace_log_about a where a.commune_id = l.commune_id and a.about = ${subject}
        and a.kind = l.kind and a.subject = l.subject))
    order by idx limit ${limit}`.execute(ctx.db);
  return rows.map(leafOf);
}

function leafOf({ idx, leaf_hash, ...row }: LeafRow): Leaf {
  return { ...row, index: Number(idx), leafHash: leaf_hash };
}

export async function insertLeaves(ctx: Ctx, leaves: readonly Leaf[]): Promise<void> {
  await sql`
    insert into trace_log_leaf (commune_id, idx, kind, subject, hash, digest, leaf_hash)
    select ${ctx.commune.id}::int, * from unnest(${leaves.map(({ index }) => String(index))}::bigint[],
      ${leaves.map(({ kind }) => kind)}::text[], ${leaves.map(({ subject }) => subject)}::text[],
      ${leaves.map(({ hash }) => hash)}::bytea[], ${leaves.map(({ digest }) => digest)}::bytea[], ${leaves.map(({ leafHash }) => leafHash)}::bytea[])`.execute(
    ctx.db,
  );
}

export async function insertNodes(ctx: Ctx, nodes: readonly NewNode[]): Promise<void> {
  if (nodes.length === 0) return;
  await sql`
    insert into trace_log_node (commune_id, level, idx, hash)
    select ${ctx.commune.id}::int, * from unnest(${nodes.map(({ level }) => level)}::int[],
      ${nodes.map(({ index }) => String(index))}::bigint[], ${nodes.map(({ hash }) => hash)}::bytea[])`.execute(
    ctx.db,
  );
}

/** The newest head; or the newest of that size. */
export async function findHead(ctx: Ctx, size?: number): Promise<SignedHead | undefined> {
  const [head] = await listHeads(ctx, { limit: 1, offset: 0, ...(size !== undefined && { size }) });
  return head;
}

/** Signed heads, newest first; `before` leaves out those signed from then on. */
export async function listHeads(
  ctx: Ctx,
  { size, before, limit, offset }: { size?: number; before?: Date; limit: number; offset: number },
): Promise<SignedHead[]> {
  let query = ctx.db
    .selectFrom('trace_log_checkpoint')
    .select(['seq', 'size', 'root', 'note', 'signed_at'])
    .where('commune_id', '=', ctx.commune.id);
  if (size !== undefined) query = query.where('size', '=', BigInt(size));
  if (before) query = query.where('signed_at', '<', before);
  const rows = await query.orderBy('seq', 'desc').limit(limit).offset(offset).execute();
  return rows.map(({ signed_at, ...row }) => ({ ...row, size: Number(row.size), signedAt: signed_at }));
}

/** How many heads were signed before an instant. */
export async function countHeads(ctx: Ctx, before?: Date): Promise<number> {
  let query = ctx.db
    .selectFrom('trace_log_checkpoint')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('commune_id', '=', ctx.commune.id);
  if (before) query = query.where('signed_at', '<', before);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

export async function insertHead(ctx: Ctx, head: SignedHead): Promise<void> {
  const { seq, size, root, note, signedAt } = head;
  await ctx.db
    .insertInto('trace_log_checkpoint')
    .values({ commune_id: ctx.commune.id, seq, size: BigInt(size), root, note, signed_at: signedAt })
    .execute();
}

/** The stored hashes of some nodes, in their order; undefined for one that is missing. */
export async function listNodes(
  ctx: Ctx,
  nodes: readonly Pick<NewNode, 'level' | 'index'>[],
): Promise<(Buffer | undefined)[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<{ hash: Buffer | null }>`
    select n.hash from unnest(${nodes.map(({ level }) => level)}::int[],
      ${nodes.map(({ index }) => String(index))}::bigint[]) with ordinality as w (level, idx, nr)
    left join trace_log_node n on n.commune_id = ${ctx.commune.id} and n.level = w.level and n.idx = w.idx
    order by w.nr`.execute(ctx.db);
  return rows.map(({ hash }) => hash ?? undefined);
}
