/** Photos on their way, in pieces: where the line breaks the next sync goes on. */
import { ask, Ended, type Ports } from './ask.ts';
import type { Photo } from './outbox.ts';

/** Bytes of one piece: some seconds on a weak line. */
export const PIECE = 128 * 1024;
/** Times that the commune may name another place to go on before the sync gives up for now. */
const MOST_TURNS = 5;

/**
 * Sends what the commune does not have of a photo yet.
 * @returns null once it has it whole; else the code of why it never will
 */
export async function sendPhoto(ports: Ports, entryId: string, photo: Photo): Promise<string | null> {
  const bytes = await ports.store.photo(photo.id);
  if (!bytes) return 'farming.phone.photo_gone';
  const path = `/anh/${entryId}/${photo.id}`;
  const known = await ask(ports, path, { method: 'HEAD' });
  if (known.headers.get('upload-complete') === '?1') return null;
  let offset = known.ok ? offsetOf(known) : 0;
  let turns = 0;
  while (turns < MOST_TURNS) {
    const response = await put(ports, path, photo, bytes, offset);
    if (response.headers.get('upload-complete') === '?1') return null;
    if (response.ok) {
      offset = offsetOf(response);
      continue;
    }
    if (response.status >= 500) throw new Ended('busy');
    const named = response.headers.get('upload-offset');
    if (named === null) return codeOf(response);
    offset = offsetOf(response);
    turns += 1;
  }
  throw new Ended('busy');
}

function put(
  ports: Ports,
  path: string,
  { size, digest, takenAt }: Photo,
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
): Promise<Response> {
  const headers = {
    'content-type': 'application/octet-stream',
    'upload-offset': String(offset),
    'upload-length': String(size),
    'upload-digest': digest,
    'photo-taken-at': takenAt,
  };
  return ask(ports, path, { method: 'PUT', headers, body: bytes.slice(offset, offset + PIECE) });
}

function offsetOf(response: Response): number {
  const offset = Number(response.headers.get('upload-offset'));
  return Number.isInteger(offset) && offset >= 0 ? offset : 0;
}

async function codeOf(response: Response): Promise<string> {
  try {
    const { code } = (await response.json()) as { code?: unknown };
    return typeof code === 'string' ? code : 'farming.phone.photo_refused';
  } catch {
    return 'farming.phone.photo_refused';
  }
}
