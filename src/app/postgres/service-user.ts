/**
 * PostgreSQL refuses to run as root. Started by root, we run it as `postgres`, else as `nobody`; started
 * by an ordinary user, as that user. The user must be able to execute the program and to enter the data
 * folder: where the checkout is closed to it, both move to places it can reach.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { shortHash } from '../config.ts';

/** Whom the server runs as: null is "as ourselves". */
export type ServiceUser = { name: string; uid: number; gid: number } | null;

/** @returns null for an ordinary user; for root the account named postgres, else nobody. */
export function findServiceUser(): ServiceUser {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody".');
}

/** The options for child_process that make a program run as the service user. */
export function runAs(user: ServiceUser): { uid?: number; gid?: number; cwd: string } {
  return user ? { uid: user.uid, gid: user.gid, cwd: '/' } : { cwd: '/' };
}

/** Whether the service user can enter a folder and (optionally) run a program. */
function canReach(user: ServiceUser, folder: string, program?: string): boolean {
  if (!user) return true;
  const entered = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...runAs(user), stdio: 'ignore' });
  if (entered.status !== 0) return false;
  return !program || spawnSync(program, ['--version'], { ...runAs(user), stdio: 'ignore' }).status === 0;
}

/**
 * The folder of PostgreSQL's programs (`bin`, `lib`, `share`) that the service user can run: the one in
 * node_modules, or a copy of it when the checkout is closed to that user.
 */
export function reachablePrograms(user: ServiceUser, native: string, version: string): string {
  linkLibraries(native);
  if (canReach(user, native, join(native, 'bin', 'postgres'))) return native;
  const copy = join('/var/lib', `xa-postgres-${version}`);
  if (existsSync(join(copy, 'bin', 'postgres'))) return copy;
  const part = `${copy}.${process.pid}.part`;
  rmSync(part, { recursive: true, force: true });
  cpSync(native, part, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'go+rX', part]);
  if (existsSync(copy)) rmSync(part, { recursive: true });
  else renameSync(part, copy);
  return copy;
}

/** The data folder: inside `dataDir` where the service user can reach it, else under /var/lib. */
export function reachableData(user: ServiceUser, dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const inside = join(dataDir, 'postgres');
  if (existsSync(join(inside, 'PG_VERSION')) && canReach(user, inside)) return inside;
  if (canReach(user, dataDir)) return ownFolder(user, inside);
  const outside = join('/var/lib', `xa-${shortHash(dataDir)}`);
  const folder = ownFolder(user, outside);
  writeFileSync(join(dataDir, 'WHERE-IS-THE-DATABASE.txt'), `${outside}\n`);
  return folder;
}

/** The socket's folder: short, because a socket's path must stay under 108 bytes. */
export function socketFolder(user: ServiceUser, data: string): string {
  return ownFolder(user, join(tmpdir(), `xa-${shortHash(data)}`));
}

function ownFolder(user: ServiceUser, folder: string): string {
  mkdirSync(dirname(folder), { recursive: true });
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** The package's postinstall makes these links; with install scripts off nobody did. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(dirname(native), target);
    if (!existsSync(at)) symlinkSync(basename(source), at);
  }
}
