/** The database server of this installation: the one in DATABASE_URL, or the embedded one under the data folder. */
import pg from 'pg';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';
import { lockFolder, type Holder } from './lock.ts';
import { findEmbedded, startEmbedded } from './postgres/embedded.ts';

const DATABASE = 'xa';

/** Said when another process works on the same data folder. */
export class FolderInUse extends Error {
  constructor(folder: string, { pid, what, address }: Holder) {
    const vi = [what, pid > 0 && `tiến trình ${pid}`, address].filter(Boolean).join(', ');
    const en = [what, pid > 0 && `process ${pid}`, address].filter(Boolean).join(', ');
    super(
      `Thư mục dữ liệu ${folder} đang được dùng (${vi}). Không khởi động thêm.
(the data folder is in use: ${en}; nothing was started or stopped)`,
    );
  }
}

/** The owner's address, and where the application may be said to serve. */
export type OpenServer = { ownerUrl: string; sayAddress: (address: string) => void };

/**
 * Opens the server for the one process that serves. @throws FolderInUse when there is one already
 * @param closers gets what has to be closed, as soon as it is open
 */
export async function openServer(
  config: Config,
  closers: Closers,
  say: (step: string) => void,
): Promise<OpenServer> {
  if (config.databaseUrl) return { ownerUrl: config.databaseUrl, sayAddress: () => undefined };
  const lock = await lockFolder(config.dataDir, 'npm start');
  if ('heldBy' in lock) throw new FolderInUse(config.dataDir, lock.heldBy);
  closers.add(lock.release);
  say('Khởi động PostgreSQL (starting the embedded database) …');
  return { ownerUrl: await startOwn(config, closers, say), sayAddress: lock.say };
}

/**
 * Joins the server for a command: the running one, which it leaves running; or one of its own, stopped at the end.
 * @param what the command's name, told to others that ask for the folder meanwhile
 */
export async function joinServer(config: Config, closers: Closers, what: string): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl;
  const lock = await lockFolder(config.dataDir, what);
  if ('heldBy' in lock) return (await findEmbedded(config.dataDir))(DATABASE);
  closers.add(lock.release);
  return startOwn(config, closers, () => undefined);
}

async function startOwn(config: Config, closers: Closers, say: (step: string) => void): Promise<string> {
  const starting = startEmbedded(config.dataDir, say);
  // Before it is up: a signal may come while it starts, and it must not be left behind.
  closers.add(() =>
    starting.then(
      ({ stop }) => stop(),
      () => undefined,
    ),
  );
  const server = await starting;
  await createDatabase(server.url('postgres'));
  return server.url(DATABASE);
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
