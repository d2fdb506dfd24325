import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError, refuse } from '../errors.ts';
import { parseFileHash, piecesOf } from './store.ts';
import type { FileContent, FileHash, FileStore, KeptFile, StoredFile } from './store.ts';

/** Nothing is written for so long. */
const HALF_WRITTEN_MS = 60 * 60_000;

/**
 * Files on a disk, each under two levels of folders named by the beginning of its hash. A file is written
 * beside its place, flushed and renamed, and the folder flushed: after a power cut it is there whole or not at all.
 * What is put again replaces itself, so that the file's own time says when that was.
 * The folder is open to the service's user only; several processes may have it open.
 */
export async function openDiskStore(folder: string): Promise<FileStore> {
  const arriving = join(folder, 'arriving');
  await mkdir(arriving, { recursive: true, mode: 0o700 });
  await sweepArriving(arriving);
  return {
    put: (content, maxBytes = Number.MAX_SAFE_INTEGER) => put(folder, arriving, content, maxBytes),
    open: async (hash) => openStream(pathOf(folder, hash)),
    read: async (hash) => readChecked(folder, hash),
    has: async (hash) => exists(pathOf(folder, hash)),
    list: () => list(folder),
    remove: (hash, putBefore) =>
      remove(pathOf(folder, hash), join(arriving, `${randomUUID()}.part`), putBefore),
  };
}

/** What a crash left half-written; what another process is writing right now is younger. */
async function sweepArriving(arriving: string): Promise<void> {
  const old = Date.now() - HALF_WRITTEN_MS;
  for (const name of await readdir(arriving)) {
    const left = join(arriving, name);
    const found = await stat(left).catch(() => undefined);
    if (found && found.mtimeMs < old) await rm(left, { force: true });
  }
}

/**
 * Taken aside first and looked at there: whoever puts the same content meanwhile finds its place free, and one that was
 * put after all goes back.
 */
async function remove(path: string, aside: string, putBefore?: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found || (putBefore && found.mtime >= putBefore)) return false;
  await rename(path, aside).catch(() => undefined);
  const taken = await stat(aside).catch(() => undefined);
  if (!taken) return false;
  if (putBefore && taken.mtime >= putBefore) {
    await rename(aside, path);
    return false;
  }
  await rm(aside, { force: true });
  return true;
}

function pathOf(folder: string, hash: FileHash): string {
  if (!parseFileHash(hash)) throw new RangeError('not a file hash');
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
}

async function put(
  folder: string,
  arriving: string,
  content: FileContent,
  maxBytes: number,
): Promise<StoredFile> {
  const part = join(arriving, `${randomUUID()}.part`);
  const file = await open(part, 'wx', 0o600);
  try {
    const stored = await write(file, content, maxBytes).finally(() => file.close());
    await place(part, folder, stored.hash);
    return stored;
  } finally {
    await rm(part, { force: true });
  }
}

async function write(file: FileHandle, content: FileContent, maxBytes: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of piecesOf(content)) {
    size += piece.length;
    if (size > maxBytes)
      refuse('kernel.files.too_large', 413, { megabytes: Math.floor(maxBytes / 1_000_000) });
    hash.update(piece);
    await file.writeFile(piece);
  }
  await file.sync();
  return { hash: hash.digest('hex') as FileHash, size };
}

async function place(part: string, folder: string, hash: FileHash): Promise<void> {
  const path = pathOf(folder, hash);
  const shelf = join(path, '..');
  await mkdir(shelf, { recursive: true, mode: 0o700 });
  await rename(part, path);
  for (const changed of [shelf, join(shelf, '..'), folder]) await flushFolder(changed);
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function openStream(path: string): Promise<ReadableStream<Uint8Array>> {
  if (!(await exists(path))) refuse('kernel.files.not_found', 404);
  return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
}

async function readChecked(folder: string, hash: FileHash): Promise<Uint8Array> {
  const path = pathOf(folder, hash);
  if (!(await exists(path))) refuse('kernel.files.not_found', 404);
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new AppError('kernel.files.damaged', 503, { hash });
  }
  return new Uint8Array(bytes);
}

async function* list(folder: string): AsyncIterable<KeptFile> {
  for (const first of await shelves(folder)) {
    for (const second of await shelves(join(folder, first))) {
      for (const name of (await readdir(join(folder, first, second))).sort()) {
        const hash = parseFileHash(name);
        const found = hash && (await stat(join(folder, first, second, name)).catch(() => undefined));
        if (found) yield { hash, size: found.size, putAt: found.mtime };
      }
    }
  }
}

async function shelves(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}
