/** The server's process, seen from outside: which one works on a folder, is it ready, what is left of a dead one. */
import { existsSync, readFileSync, readlinkSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The pid of the server that works on this folder, or null: a pid file alone proves nothing. */
export function findRunning(data: string): number | null {
  const pid = readPid(data);
  return pid !== null && worksIn(pid, data) ? pid : null;
}

/** Whether that process exists and works in the folder; a zombie does not. */
export function worksIn(pid: number, data: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
}

function readPid(data: string): number | null {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isReady(data: string): boolean {
  return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
}

/**
 * A killed server that nobody reaps stays a zombie: its pid still answers, and PostgreSQL refuses to
 * start over its pid file. The file goes only when no process at all works in the folder; the dead
 * server's children need a moment to notice.
 */
export async function clearLeftovers(data: string, socket: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (someoneWorksIn(data)) {
    if (Date.now() > deadline)
      throw new Error(
        `Processes of an earlier PostgreSQL still work in ${data} and do not end by themselves.`,
      );
    await pause(50);
  }
  for (const left of [
    join(data, 'postmaster.pid'),
    join(socket, '.s.PGSQL.5432'),
    join(socket, '.s.PGSQL.5432.lock'),
  ])
    rmSync(left, { force: true });
}

function someoneWorksIn(data: string): boolean {
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && worksIn(Number(entry), data));
}

/**
 * @param ended says why the program ended, once it did
 * @returns the pid once the pid file says `ready` and its process really works in the folder
 */
export async function waitUntilReady(data: string, ended: () => string | null): Promise<number> {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const pid = findRunning(data);
    if (pid !== null && isReady(data)) return pid;
    const reason = ended();
    if (reason !== null)
      throw new Error(`PostgreSQL did not start (${reason}). Its last words:\n${lastWords(data)}`);
    await pause(20);
  }
  throw new Error(`PostgreSQL did not become ready in two minutes. Its last words:\n${lastWords(data)}`);
}

function lastWords(data: string): string {
  const file = join(data, 'server.log');
  if (!existsSync(file)) return '(none)';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}

/** Fast stop: open transactions are rolled back; one that does not end is ended. */
export async function stopProcess(data: string, pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!worksIn(pid, data)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patience;
    while (worksIn(pid, data) && Date.now() < deadline) await pause(20);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
