/** Restoring a backup into an empty database and an empty data folder, then comparing every table and file. */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  type WriteStream,
} from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { listMigrations, migrate } from '../database/migrate.ts';
import type { Secrets } from '../secrets.ts';
import {
  connectAsOwner,
  copyTarget,
  listSequences,
  listTables,
  nameOf,
  SCHEMAS,
  type Table,
} from './catalogue.ts';
import { contentAt, digestOf, isContent, isInside } from './files.ts';
import type { FileHash, FileStore } from '#kernel/files/store';
import { readBackup, type Contents, type Sink } from './read.ts';
import { digestTable, type Head, type Member } from './write.ts';

export type Restored = Contents & {
  /** Migrations that the backup was behind and that ran after it. */
  migrated: string[];
  /** Jobs that were running when the backup was made and are put back into the queue. */
  requeued: number;
};

/** What a restore that fails takes away again; contents that the remote store had before are not among them. */
type Written = { paths: string[]; contents: FileHash[] };

/** `remote` takes the files where they shall not lie in the data folder. */
type Target = { ownerUrl: string; dataDir: string; remote?: FileStore | null };

/**
 * Refuses what cannot work before anything is touched.
 * @throws Error when the data folder has files of the backup already, or this program is older than the backup
 */
export function checkTarget({ head, files }: Contents, dataDir: string): void {
  const there = [...files.keys()].filter((path) => existsSync(join(dataDir, path)));
  if (there.length > 0)
    throw new Error(
      `The data folder ${dataDir} is in use already (${there[0]} is there): restore into an empty one (DATA_DIR).`,
    );
  for (const path of files.keys())
    if (!isInside(path)) throw new Error(`A file of this backup points outside: ${path}`);
  if (!files.has('secrets.json'))
    throw new Error('This backup holds no secrets.json and cannot be restored.');
  const known = new Map(listMigrations().map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of head.migrations) {
    if (!known.has(name))
      throw new Error(
        `This backup was made by a newer program (${name} is unknown here): install that one first.`,
      );
    if (known.get(name) !== checksum)
      throw new Error(`This backup was made by another program: its ${name} differs.`);
  }
}

/**
 * Restores. Read the backup once with `readBackup` and `checkTarget` before: this one writes while it reads.
 * @throws Error when the database is not empty, or anything differs afterwards; then all is taken away again
 */
export async function restore(
  target: Target,
  file: string,
  passphrase: string,
  contents: Contents,
  say: (step: string) => void,
): Promise<Restored> {
  const client = await connectAsOwner(target.ownerUrl);
  const written: Written = { paths: [], contents: [] };
  let begun = false;
  try {
    await mustBeEmpty(client);
    begun = true;
    await fill(client, target, file, passphrase, contents, written, say);
    say('So sánh từng bảng và từng tệp (comparing every table and file) …');
    await compare(client, target, contents);
    const requeued = await requeue(client);
    await client.query('analyze');
    const migrated = await migrate(target.ownerUrl, seedIn(target.dataDir));
    return { ...contents, migrated, requeued };
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    if (begun) await takeAway(client, target, written);
    throw thrown;
  } finally {
    await client.end();
  }
}

async function mustBeEmpty(client: pg.Client): Promise<void> {
  const tables = await listTables(client);
  const [first] = tables;
  if (!first) return;
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  throw new Error(
    `The database ${rows[0]!.name} is not empty (it has ${nameOf(first)} and ${tables.length - 1} more tables): restore into an empty one.`,
  );
}

/** Fills the data folder and, once the secrets are there, the tables, made as they were. */
async function fill(
  client: pg.Client,
  target: Target,
  file: string,
  passphrase: string,
  { head }: Contents,
  written: Written,
  say: (step: string) => void,
): Promise<void> {
  const files = fileSink(target.dataDir, written.paths);
  const contents = target.remote ? contentSink(target.remote, written.contents) : files;
  let tables: Sink | null = null;
  const makeTables = async (): Promise<Sink> => {
    say('Dựng các bảng (making the tables) …');
    const names = new Set(head.migrations.map(({ name }) => name));
    await migrate(target.ownerUrl, seedIn(target.dataDir), (name) => names.has(name));
    await client.query('begin');
    await emptyTables(client, head);
    say('Nạp dữ liệu (loading) …');
    return tableSink(client, head.tables);
  };
  await readBackup(
    file,
    passphrase,
    switchSink(async (member) => {
      if (member.kind === 'file') return isContent(member.path) ? contents : files;
      return (tables ??= await makeTables());
    }),
  );
  for (const { schema, name, last, called } of head.sequences)
    await client.query('select setval($1::text::regclass, $2::bigint, $3)', [
      nameOf({ schema, name }),
      last,
      called,
    ]);
  for (const table of head.tables) await client.query(`alter table ${nameOf(table)} enable trigger user`);
  await client.query('commit');
}

function switchSink(choose: (member: Member) => Promise<Sink>): Sink {
  let current: Sink | null = null;
  return {
    begin: async (member) => {
      current = await choose(member);
      await current.begin(member);
    },
    data: async (data) => current?.data(data),
    end: async (member) => current?.end(member),
  };
}

/** @throws Error when a table or a column of the backup does not exist here */
async function emptyTables(client: pg.Client, head: Head): Promise<void> {
  const here = new Map((await listTables(client)).map((table) => [nameOf(table), table]));
  for (const table of head.tables) {
    const missing = table.columns.filter((column) => !here.get(nameOf(table))?.columns.includes(column));
    if (missing.length > 0)
      throw new Error(
        `The table ${nameOf(table)} of the backup has columns that are unknown here: ${missing.join(', ')}`,
      );
  }
  // Migrations may have written rows: they come from the backup too.
  await client.query(`truncate ${[...here.keys()].join(', ')}`);
  for (const name of here.keys()) await client.query(`alter table ${name} disable trigger user`);
}

function tableSink(client: pg.Client, tables: readonly Table[]): Sink {
  const byName = new Map(tables.map((table) => [nameOf(table), table]));
  let copy: CopyStreamQuery | null = null;
  return {
    begin: async (member) => {
      const table = member.kind === 'table' ? byName.get(member.name) : undefined;
      if (!table) throw new Error('The content of this backup is not what its head says.');
      copy = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`));
      // Errors are met where the stream ends.
      copy.on('error', () => undefined);
    },
    data: async (data) => {
      if (copy && !copy.write(Buffer.from(data))) await once(copy, 'drain');
    },
    end: async () => {
      copy!.end();
      await finished(copy!);
    },
  };
}

function fileSink(dataDir: string, written: string[]): Sink {
  let out: WriteStream | null = null;
  return {
    begin: async (member) => {
      if (member.kind !== 'file') return;
      const path = join(dataDir, member.path);
      mkdirSync(dirname(path), { recursive: true });
      out = createWriteStream(path, { flags: 'wx', mode: member.mode });
      await once(out, 'open');
      written.push(path);
    },
    data: async (data) => {
      if (out && !out.write(Buffer.from(data))) await once(out, 'drain');
    },
    end: async () => {
      out!.end();
      await finished(out!);
    },
  };
}

/** Into a remote store, one content after the other: a store gathers it in memory anyway. */
function contentSink(remote: FileStore, written: FileHash[]): Sink {
  let hash: FileHash | undefined;
  let pieces: Buffer[] = [];
  return {
    begin: async (member) => {
      hash = member.kind === 'file' ? contentAt(member.path) : undefined;
      pieces = [];
    },
    data: async (data) => void pieces.push(Buffer.from(data)),
    end: async () => {
      const known = hash && (await remote.has(hash));
      const stored = await remote.put(Buffer.concat(pieces));
      if (!known) written.push(stored.hash);
      if (stored.hash !== hash) throw new Error(`The file ${hash} differs from the backup.`);
    },
  };
}

/** @throws Error naming the first table or file that is not as it was in the backup */
async function compare(client: pg.Client, target: Target, { head, tables, files }: Contents): Promise<void> {
  await client.query('begin isolation level repeatable read read only');
  for (const table of head.tables) {
    const was = tables.get(nameOf(table));
    const is = await digestTable(client, table);
    if (is.rows !== was?.rows || is.digest !== was.digest)
      throw new Error(
        `${nameOf(table)} has ${is.rows} rows that differ from the ${was?.rows} of the backup.`,
      );
  }
  const sequences = new Map((await listSequences(client)).map((item) => [nameOf(item), item]));
  for (const item of head.sequences)
    if (sequences.get(nameOf(item))?.last !== item.last)
      throw new Error(`The sequence ${nameOf(item)} differs.`);
  await client.query('commit');
  for (const [path, { digest }] of files)
    if ((await digestThere(target, path)) !== digest)
      throw new Error(`The file ${path} differs from the backup.`);
}

async function digestThere({ dataDir, remote }: Target, path: string): Promise<string> {
  const hash = remote ? contentAt(path) : undefined;
  if (!remote || !hash) return digestOf(join(dataDir, path));
  // The store itself checks that the content is what its name says.
  await remote.read(hash);
  return hash;
}

/** A job that was running when the backup was made never ended here: it is done again. */
async function requeue(client: pg.Client): Promise<number> {
  await client.query(
    'update jobs._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
  );
  const done = await client.query(
    'update jobs._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
  );
  return done.rowCount ?? 0;
}

async function takeAway(client: pg.Client, { dataDir, remote }: Target, written: Written): Promise<void> {
  for (const hash of written.contents) await remote?.remove(hash);
  for (const path of written.paths) rmSync(path, { force: true });
  for (const path of written.paths) removeEmptyFolders(dirname(path), dataDir);
  for (const schema of SCHEMAS) await client.query(`drop schema if exists ${schema} cascade`);
  await client.query('create schema public; grant usage on schema public to public');
}

function removeEmptyFolders(folder: string, end: string): void {
  for (let at = folder; at !== end && existsSync(at) && readdirSync(at).length === 0; at = dirname(at))
    rmdirSync(at);
}

function seedIn(dataDir: string): string {
  return (JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Secrets).seed;
}
