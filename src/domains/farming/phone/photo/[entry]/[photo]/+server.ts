import type { RequestEvent } from '@sveltejs/kit';
import { AppError, isAppError } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { answer, json, readBody } from '../../../../sync/edge.ts';
import {
  dropPhoto,
  keepPhoto,
  MOST_PHOTO_BYTES,
  photoState,
  takePiece,
  wholePhoto,
  type Begun,
  type PhotoState,
} from '../../../../sync/photo.actions.ts';
import type { RequestHandler } from './$types';

/** Bytes of one piece. */
const MOST_PIECE = 1_048_576;
const PHOTOS = { kinds: ['jpeg', 'png'], maxBytes: MOST_PHOTO_BYTES, maxPages: 1 } as const;

/** How far the photo has come: `Upload-Offset`, `Upload-Length`, `Upload-Complete: ?1`. */
export const HEAD: RequestHandler = (event) =>
  answer(event, async () => {
    const { entry, photo } = event.params;
    const state = await event.locals.run((ctx) => photoState(ctx, entry, photo));
    return new Response(null, { headers: headersOf(state) });
  });

/**
 * The next piece: `Upload-Offset`, `Upload-Length`, `Upload-Digest` (SHA-256 of the whole, hexadecimal), and if known
 * `Photo-Taken-At`, `Photo-Place` (`lat,lng`).
 */
export const PUT: RequestHandler = (event) =>
  answer(event, async () => {
    const bytes = await readBody(event.request, MOST_PIECE);
    const begun = readHeaders(event);
    const offset = numberOf(event.request.headers.get('upload-offset'));
    const state = await event.locals.run((ctx) => takePiece(ctx, begun, offset, bytes));
    const done = state.complete || state.offset < state.size ? state : await keep(event, begun);
    return json({ offset: done.offset, complete: done.complete }, { headers: headersOf(done) });
  });

function readHeaders({ request: { headers }, params }: RequestEvent): Begun {
  const taken = Date.parse(headers.get('photo-taken-at') ?? '');
  const place = /^(-?\d{1,3}\.?\d*),(-?\d{1,3}\.?\d*)$/.exec(headers.get('photo-place') ?? '');
  return {
    entryId: params['entry'] ?? '',
    id: params['photo'] ?? '',
    size: numberOf(headers.get('upload-length')),
    digest: headers.get('upload-digest') ?? '',
    takenAt: Number.isNaN(taken) ? null : new Date(taken),
    lat: place ? Number(place[1]) : null,
    lng: place ? Number(place[2]) : null,
  };
}

function numberOf(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** Looks through the whole photo and keeps it, made anew without what cameras write into photos. */
async function keep(event: RequestEvent, { entryId, id, size }: Begun): Promise<PhotoState> {
  const { run, files } = event.locals;
  const bytes = await run((ctx) => wholePhoto(ctx, entryId, id));
  if (!bytes) throw new AppError('farming.photo.digest', 422, { offset: 0 });
  try {
    const { bytes: kept, type } = await acceptUpload(bytes, PHOTOS);
    const { hash, size: keptSize } = await files.put(kept);
    await run((ctx) => keepPhoto(ctx, entryId, id, { hash, size: keptSize, type }));
  } catch (thrown) {
    if (isAppError(thrown) && thrown.status !== 503) await run((ctx) => dropPhoto(ctx, entryId, id));
    throw thrown;
  }
  return { offset: size, size, complete: true };
}

function headersOf({ offset, size, complete }: PhotoState): Record<string, string> {
  return {
    'upload-offset': String(offset),
    'upload-length': String(size),
    'upload-complete': complete ? '?1' : '?0',
    'cache-control': 'private, no-store',
  };
}
