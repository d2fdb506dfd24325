/** Answers of the phone's endpoints: JSON in and out, from the commune's own pages only. */
import type { RequestEvent } from '@sveltejs/kit';
import { errorWords } from '#app/words';
import { AppError, isAppError } from '#kernel/errors';
import { limitOf, take } from '#kernel/rate-limit';

/** Requests of one person in a minute. */
const often = limitOf(240, 1);

/**
 * Runs the work of an endpoint; what is refused is told as `{code, params, message}` with its status. What changes
 * something must come from a page of this origin: the cookie alone proves nothing.
 */
export async function answer(event: RequestEvent, work: () => Promise<Response>): Promise<Response> {
  try {
    await guard(event);
    return await work();
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    const { code, params, status, fields } = thrown;
    const message = errorWords(code, params, event.locals.locale);
    const headers =
      typeof params['offset'] === 'number' ? { 'upload-offset': String(params['offset']) } : undefined;
    return json({ code, params, fields, message }, { status, ...(headers && { headers }) });
  }
}

async function guard({ request, url, locals }: RequestEvent): Promise<void> {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && request.headers.get('origin') !== url.origin) throw new AppError('farming.sync.foreign', 403);
  if (locals.actor.kind !== 'person') throw new AppError('sign_in_needed', 401);
  await take(often, locals.actor.userId);
}

export function json(value: unknown, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  headers.set('content-type', 'application/json; charset=utf-8');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('cache-control', 'private, no-store');
  return new Response(JSON.stringify(value), { ...init, headers });
}

/**
 * The body, of at most so many bytes, whatever its header says.
 * @throws AppError `farming.sync.too_large` (413)
 */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > most) throw new AppError('farming.sync.too_large', 413);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
