/** Takes out of the file store what no row names any more: bytes of personal papers must not outlive their rows. */
import { CompiledQuery, sql } from 'kysely';
import { note } from '#kernel/audit';
import type { CommuneRef, Ctx } from '#kernel/context';
import type { FileHash, KeptFile } from '#kernel/files/store';
import { runAs, type Runtime } from './runtime.ts';

const SYSTEM = { kind: 'system', name: 'file-sweep' } as const;

/** A file is stored before the row that names it is committed: what was put within a day is left alone. */
const GRACE_MS = 24 * 60 * 60_000;

/** How many files are asked about at once. */
const BATCH = 1_000;

/**
 * Held shared by a backup from its snapshot until its last file: it copies files that its own rows name.
 * The sweep asks for it alone.
 */
export const FILES_LOCK = 720_004;

export type Swept = { files: number; bytes: number };

type Place = Pick<Runtime, 'communes' | 'files' | 'handle' | 'wiring'>;

/**
 * Removes every file that no row of any commune names and that was last put more than a day ago. Writes the count
 * into the record of every commune: a content has no owner once no row names it.
 * @returns null when a backup, or another sweep, is under way: then the next night does it
 */
export async function sweepFiles(place: Place, now = new Date()): Promise<Swept | null> {
  // A connection of its own: the lock is the session's, and the queries below come and go with others.
  const client = await place.handle.pool.connect();
  try {
    const { rows } = await client.query<{ got: boolean }>(
      `select pg_try_advisory_lock(${FILES_LOCK}) as got`,
    );
    if (!rows[0]!.got) return null;
    try {
      return await sweep(place, now);
    } finally {
      await client.query(`select pg_advisory_unlock(${FILES_LOCK})`);
    }
  } finally {
    client.release();
  }
}

async function sweep(place: Place, now: Date): Promise<Swept> {
  const putBefore = new Date(now.getTime() - GRACE_MS);
  const swept: Swept = { files: 0, bytes: 0 };
  let batch: KeptFile[] = [];
  const flush = async () => {
    const named = await namedOf(place, batch);
    for (const { hash, size } of batch) {
      if (named.has(hash) || !(await place.files.remove(hash, putBefore))) continue;
      swept.files += 1;
      swept.bytes += size;
    }
    batch = [];
  };
  for await (const file of place.files.list()) {
    if (file.putAt < putBefore) batch.push(file);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  if (swept.files > 0) await record(place, swept);
  return swept;
}

/** Which of these some row of some commune names; every commune is asked, because row-level security shows one alone. */
async function namedOf(place: Place, files: readonly KeptFile[]): Promise<Set<FileHash>> {
  const named = new Set<FileHash>();
  if (files.length === 0) return named;
  const hashes = files.map(({ hash }) => hash);
  place.communes.forget();
  for (const commune of await place.communes.all())
    for (const hash of await runAs(place, { commune, actor: SYSTEM }, (ctx) => namedHere(ctx, hashes)))
      named.add(hash);
  return named;
}

/** Columns that name files are those of the type `file_hash`: a room says it where it makes the table. */
async function namedHere(ctx: Ctx, hashes: readonly string[]): Promise<FileHash[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.oid::regclass::text as table, quote_ident(a.attname) as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.atttypid = 'file_hash'::regtype and c.relkind in ('r', 'p') and not a.attisdropped`.execute(
    ctx.db,
  );
  const named: FileHash[] = [];
  for (const { table, column } of columns) {
    const asked = CompiledQuery.raw(
      `select distinct ${column} as hash from ${table} where commune_id = $1 and ${column} = any($2)`,
      [ctx.commune.id, hashes],
    );
    const { rows } = await ctx.db.executeQuery<{ hash: FileHash }>(asked);
    named.push(...rows.map(({ hash }) => hash));
  }
  return named;
}

async function record(place: Place, swept: Swept): Promise<void> {
  for (const commune of await place.communes.all()) await recordIn(place, commune, swept);
}

function recordIn(place: Place, commune: CommuneRef, swept: Swept): Promise<void> {
  return runAs(place, { commune, actor: SYSTEM }, async (ctx) =>
    note(ctx, 'installation.files.swept', { ...swept }),
  );
}
