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
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { shortHash } from '../config.ts';

/** Whom the server runs as: null is "as ourselves". */
export type ServiceUser = { name: string; uid: number; gid: number } | null;

/**
 * @returns null for an ordinary user; for root whoever owns the data already, else postgres, else nobody
 * @throws Error saying what to do when the data belongs to somebody whom we cannot act for
 */
export function findServiceUser(dataDir: string): ServiceUser {
  const owner = ownerOfData(existingData(dataDir));
  const me = process.getuid?.();
  const accounts = readAccounts();
  if (me !== 0) {
    if (owner === null || owner.uid === me) return null;
    const name = accounts.find(({ uid }) => uid === owner.uid)?.name ?? `number ${owner.uid}`;
    throw new Error(
      `The data in ${dataDir} was made by the user ${name}: start as that user or as root, or set DATA_DIR to another folder.`,
    );
  }
  if (owner && owner.uid !== 0)
    return accounts.find(({ uid }) => uid === owner.uid) ?? { name: `#${owner.uid}`, ...owner };
  const found = ['postgres', 'nobody'].flatMap(
    (name) => accounts.find((account) => account.name === name) ?? [],
  );
  if (!found[0])
    throw new Error('PostgreSQL cannot run as root, and there is neither a user "postgres" nor "nobody".');
  return found[0];
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return { name, uid: Number(uid), gid: Number(gid) };
  });
}

function ownerOfData(folder: string | null): { uid: number; gid: number } | null {
  if (folder === null || !existsSync(folder)) return null;
  const { uid, gid } = statSync(folder);
  return { uid, gid };
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

/** The file in the data folder that says where the database is when it could not be inside. */
const POINTER = 'WHERE-IS-THE-DATABASE.txt';

/** The database's folder where one was made before, or null. */
function existingData(dataDir: string): string | null {
  const inside = join(dataDir, 'postgres');
  if (existsSync(inside)) return inside;
  const pointer = join(dataDir, POINTER);
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
}

/**
 * The database's folder: where it is already, else inside `dataDir` where the service user can reach it,
 * else under /var/lib.
 * @throws Error when it is there and cannot be entered: a second, empty one would look like a loss
 */
export function reachableData(user: ServiceUser, dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const there = existingData(dataDir);
  if (there !== null) {
    if (existsSync(there) && !canReach(user, there))
      throw new Error(`The database is in ${there}, which the user ${user?.name} cannot enter.`);
    return ownFolder(user, there);
  }
  if (canReach(user, dataDir)) return ownFolder(user, join(dataDir, 'postgres'));
  const outside = ownFolder(user, join('/var/lib', `xa-${shortHash(dataDir)}`));
  writeFileSync(join(dataDir, POINTER), `${outside}\n`);
  return outside;
}

/**
 * The socket's folder: short, because a socket's path must stay under 108 bytes.
 * @throws Error when somebody else's folder has that name: whoever enters it could enter the database
 */
export function socketFolder(user: ServiceUser, data: string): string {
  const folder = ownFolder(user, join(tmpdir(), `xa-${shortHash(data)}`));
  const { uid, mode } = lstatSync(folder);
  if (uid !== (user?.uid ?? process.getuid?.()) || (mode & 0o170077) !== 0o040000)
    throw new Error(`${folder} is not ours alone: remove it, or set TMPDIR to another folder.`);
  return folder;
}

/** Makes the folder for the service user alone; one that exists stays as it is. */
export function ownFolder(user: ServiceUser, folder: string): string {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
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
