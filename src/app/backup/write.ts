/** Writing a backup: one snapshot of the database while everything works, then the files, sealed into one file. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  closeSync,
  fsyncSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { to as copyTo } from 'pg-copy-streams';
import type pg from 'pg';
import { writeData, writeFrame } from './archive.ts';
import {
  connectAsOwner,
  copyTarget,
  listRan,
  listSequences,
  listTables,
  nameOf,
  type Sequence,
  type Table,
} from './catalogue.ts';
import { RowDigest } from './digest.ts';
import { seal } from './envelope.ts';
import { isContent, listFiles, modeOf, pathOfContent } from './files.ts';
import { FILES_LOCK } from '../file-sweep.ts';
import type { FileStore } from '#kernel/files/store';

/** The head of the archive. */
export type Head = {
  made_at: string;
  program: string;
  postgres: string;
  migrations: { name: string; checksum: string }[];
  tables: Table[];
  sequences: Sequence[];
};
export type Member = { kind: 'table'; name: string } | { kind: 'file'; path: string; mode: number };
export type MemberEnd = { rows: number; digest: string } | { bytes: number; digest: string };
export type Totals = { tables: number; rows: number; files: number; bytes: number };

/** `remote` keeps the files where they do not lie in the data folder. */
type Source = { ownerUrl: string; dataDir: string; remote?: FileStore | null };

/** How much of a table travels together. */
const PIECE = 256 * 1024;

/** Keeps migrations out while we read; the same number as in database/migrate.ts. */
const MIGRATION_LOCK = 720_002;

/**
 * Writes everything into `file`, which appears only when it is whole.
 * @throws Error when the file is there already, or the role may not read everything
 */
export async function writeBackup(
  source: Source,
  file: string,
  passphrase: string,
  options: { costLog2?: number } = {},
): Promise<Totals> {
  if (existsSync(file)) throw new Error(`${file} is there already: choose another name.`);
  const client = await connectAsOwner(source.ownerUrl);
  const part = `${file}.part`;
  const compress = createZstdCompress();
  try {
    const sealed = await seal(passphrase, options.costLog2);
    const written = pipeline(compress, sealed, createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    const [totals] = await Promise.all([writeArchive(client, source, compress), written]);
    syncAndRename(part, file);
    return totals;
  } catch (thrown) {
    compress.destroy();
    rmSync(part, { force: true });
    throw thrown;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function writeArchive(client: pg.Client, source: Source, out: Writable): Promise<Totals> {
  const { dataDir, remote } = source;
  await client.query(`select pg_advisory_lock_shared(${MIGRATION_LOCK})`);
  // Until the last file is copied: the sweep would take what was deleted after the snapshot.
  await client.query(`select pg_advisory_lock_shared(${FILES_LOCK})`);
  await client.query('begin isolation level repeatable read read only');
  const head = await readHead(client);
  await writeFrame(out, 'H', head);
  const totals: Totals = { tables: 0, rows: 0, files: 0, bytes: 0 };
  // First: a restore needs the installation's secret before it can make the tables.
  await addFile(dataDir, 'secrets.json', out, totals);
  for (const table of head.tables) {
    totals.rows += await writeTable(client, table, out);
    totals.tables += 1;
  }
  await client.query('commit');
  // After the snapshot: a file is on disk before the row that names it is committed.
  for (const path of listFiles(dataDir))
    if (path !== 'secrets.json' && !(remote && isContent(path))) await addFile(dataDir, path, out, totals);
  if (remote) await addContents(remote, out, totals);
  await writeFrame(out, 'Z', totals);
  out.end();
  return totals;
}

async function readHead(client: pg.Client): Promise<Head> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return {
    made_at: new Date().toISOString(),
    program: version,
    postgres: rows[0]!.server_version,
    migrations: await listRan(client),
    tables: await listTables(client),
    sequences: await listSequences(client),
  };
}

async function writeTable(client: pg.Client, table: Table, out: Writable): Promise<number> {
  await writeFrame(out, 'B', { kind: 'table', name: nameOf(table) } satisfies Member);
  const digest = await digestTable(client, table, (data) => writeData(out, data));
  await writeFrame(out, 'E', digest satisfies MemberEnd);
  return digest.rows;
}

/** Reads a whole table in the present snapshot. @param take gets its content in pieces */
export async function digestTable(
  client: pg.Client,
  table: Table,
  take: (data: Buffer) => Promise<void> = () => Promise.resolve(),
): Promise<{ rows: number; digest: string }> {
  const digest = new RowDigest();
  let held: Buffer[] = [];
  let size = 0;
  const flush = async () => {
    const data = Buffer.concat(held);
    [held, size] = [[], 0];
    digest.update(data);
    await take(data);
  };
  for await (const data of client.query(copyTo(`copy ${copyTarget(table)} to stdout`))) {
    held.push(data as Buffer);
    size += (data as Buffer).length;
    // A row comes alone: many together cost much less.
    if (size > PIECE) await flush();
  }
  await flush();
  return { rows: digest.rows, digest: digest.value() };
}

/** A file that went away since it was listed is passed over. */
async function addFile(dataDir: string, path: string, out: Writable, totals: Totals): Promise<void> {
  const file = join(dataDir, path);
  if (!existsSync(file)) return;
  const member = { kind: 'file', path, mode: modeOf(file) } as const;
  await addBytes(member, createReadStream(file, { highWaterMark: 1024 * 1024 }), out, totals);
}

/** What the remote store keeps, under the names that it would have on a disk: restored here or there. */
async function addContents(remote: FileStore, out: Writable, totals: Totals): Promise<void> {
  for await (const { hash } of remote.list()) {
    const bytes = await remote.open(hash);
    await addBytes({ kind: 'file', path: pathOfContent(hash), mode: 0o600 }, bytes, out, totals);
  }
}

async function addBytes(
  member: Member,
  pieces: AsyncIterable<Uint8Array>,
  out: Writable,
  totals: Totals,
): Promise<void> {
  await writeFrame(out, 'B', member);
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const data of pieces) {
    digest.update(data);
    bytes += data.length;
    await writeData(out, Buffer.from(data));
  }
  await writeFrame(out, 'E', { bytes, digest: digest.digest('hex') } satisfies MemberEnd);
  totals.bytes += bytes;
  totals.files += 1;
}

function syncAndRename(part: string, file: string): void {
  const opened = openSync(part, 'r+');
  fsyncSync(opened);
  closeSync(opened);
  renameSync(part, file);
}
