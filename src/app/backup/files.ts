/** The files that belong to an installation: everything in the data folder but the database itself. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseFileHash, type FileHash } from '#kernel/files/store';

/** What stays out: the database's own files, unfinished writing, earlier backups, and where this machine keeps files. */
const LEFT_OUT = /^(?:postgres|postgres\.part|backups|s3\.json|WHERE-IS-THE-DATABASE\.txt)$|\.part$/;

/** Paths inside the data folder, with `/`, sorted. */
export function listFiles(dataDir: string): string[] {
  if (!existsSync(dataDir)) return [];
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (folder === dataDir ? LEFT_OUT.test(entry.name) : entry.name.endsWith('.part')) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [path] : [];
    });
  return walk(dataDir)
    .map((path) => relative(dataDir, path).split(sep).join('/'))
    .sort();
}

/** Whether a path from a backup stays inside the data folder and outside the database. */
export function isInside(path: string): boolean {
  const parts = path.split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..') && !LEFT_OUT.test(parts[0]!);
}

/** Where a content lies on a disk, and in a backup (kernel/files/disk-store.server.ts). */
export function pathOfContent(hash: FileHash): string {
  return `files/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}

/** Whether a path is that of a content. */
export function isContent(path: string): boolean {
  return contentAt(path) !== undefined;
}

/** The content whose place a path is. */
export function contentAt(path: string): FileHash | undefined {
  const hash = parseFileHash(path.split('/').at(-1)!);
  return hash && pathOfContent(hash) === path ? hash : undefined;
}

/** The permission bits alone. */
export function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

/** SHA-256 in hex, read as a stream: files may be larger than memory. */
export async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const data of createReadStream(file)) digest.update(data as Buffer);
  return digest.digest('hex');
}
