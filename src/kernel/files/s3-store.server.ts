import { createHash } from 'node:crypto';
import { AppError, refuse } from '../errors.ts';
import { sha256Hex, signRequest } from './s3-signature.ts';
import type { S3Credentials } from './s3-signature.ts';
import { parseFileHash, piecesOf } from './store.ts';
import type { FileContent, FileHash, FileStore, KeptFile, StoredFile } from './store.ts';

export interface S3Settings extends S3Credentials {
  /** Where the service answers, such as `https://s3.example.vn`; buckets are named in the path. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What stands before every key, such as `xa-so/`; may be empty. */
  readonly prefix: string;
}

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;

/**
 * Files in an S3-compatible store. The key is the content's hash, which is also the signed hash of what is sent,
 * so the service itself refuses a content that was damaged on its way. A content is gathered in memory before it
 * is sent: its hash must be known first.
 * @throws AppError `kernel.files.store_unavailable` (503) from every call when the service does not answer rightly
 */
export function openS3Store(settings: S3Settings): FileStore {
  return {
    put: (content, maxBytes = Number.MAX_SAFE_INTEGER) => put(settings, content, maxBytes),
    open: async (hash) => (await get(settings, hash)).body ?? new Blob().stream(),
    read: (hash) => readChecked(settings, hash),
    has: async (hash) => (await call(settings, 'HEAD', keyOf(settings, hash))).status === 200,
    list: () => list(settings),
    remove: (hash, putBefore) => remove(settings, keyOf(settings, hash), putBefore),
  };
}

function keyOf({ prefix }: S3Settings, hash: FileHash): string {
  if (!parseFileHash(hash)) throw new RangeError('not a file hash');
  return `${prefix}${hash}`;
}

async function put(settings: S3Settings, content: FileContent, maxBytes: number): Promise<StoredFile> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(content)) {
    size += piece.length;
    if (size > maxBytes)
      refuse('kernel.files.too_large', 413, { megabytes: Math.floor(maxBytes / 1_000_000) });
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const hash = sha256Hex(bytes) as FileHash;
  // Also when it is there already: the service's own time then says when it was last put.
  await call(settings, 'PUT', keyOf(settings, hash), bytes);
  return { hash, size };
}

/** The service has no "remove unless newer": between the two calls lie some milliseconds. */
async function remove(settings: S3Settings, key: string, putBefore?: Date): Promise<boolean> {
  const there = await call(settings, 'HEAD', key);
  if (there.status !== 200) return false;
  if (putBefore && timeOf(there.headers.get('last-modified')) >= putBefore) return false;
  await call(settings, 'DELETE', key);
  return true;
}

/** @throws AppError `kernel.files.store_unavailable` (503) where the service tells no time */
function timeOf(text: string | null | undefined): Date {
  const time = new Date(text ?? '');
  if (Number.isNaN(time.getTime())) throw unavailable('no time of a file');
  return time;
}

async function get(settings: S3Settings, hash: FileHash): Promise<Response> {
  const response = await call(settings, 'GET', keyOf(settings, hash));
  return response.status === 404 ? refuse('kernel.files.not_found', 404) : response;
}

async function readChecked(settings: S3Settings, hash: FileHash): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await get(settings, hash)).arrayBuffer());
  if (createHash('sha256').update(bytes).digest('hex') !== hash) {
    throw new AppError('kernel.files.damaged', 503, { hash });
  }
  return bytes;
}

async function* list(settings: S3Settings): AsyncIterable<KeptFile> {
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix: settings.prefix });
    if (token !== undefined) query.set('continuation-token', token);
    const response = await call(settings, 'GET', '', undefined, query);
    if (response.status !== 200) throw unavailable(`list ${response.status}`);
    const xml = await response.text();
    for (const [, entry] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = element(entry!, 'Key')?.slice(settings.prefix.length);
      const hash = key === undefined ? undefined : parseFileHash(key);
      if (!hash) continue;
      yield { hash, size: Number(element(entry!, 'Size')), putAt: timeOf(element(entry!, 'LastModified')) };
    }
    token = element(xml, 'NextContinuationToken');
  } while (token !== undefined);
}

/** The text of an element; the five escapes of XML are undone. */
function element(xml: string, name: string): string | undefined {
  const escapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replace(/&(amp|lt|gt|quot|apos);/g, (_all, sign: string) => escapes[sign]!);
}

/** One signed request, tried again when the service stumbles. 2xx and 404 come back, all else is an error. */
async function call(
  settings: S3Settings,
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
  key: string,
  body?: Buffer,
  query = new URLSearchParams(),
): Promise<Response> {
  const url = new URL(`${settings.endpoint.replace(/\/$/, '')}/${settings.bucket}/${key}`);
  query.sort();
  url.search = query.toString();
  let problem = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const headers = signRequest({ method, url, body: body ?? Buffer.alloc(0), at: new Date() }, settings);
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body && { body: Uint8Array.from(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok || response.status === 404) return response;
      problem = `${method} ${response.status}`;
      await response.body?.cancel();
      if (response.status < 500) break;
    } catch (error) {
      problem = `${method} ${String(error)}`;
    }
  }
  throw unavailable(problem);
}

function unavailable(problem: string): AppError {
  const error = new AppError('kernel.files.store_unavailable', 503);
  error.cause = problem;
  return error;
}
