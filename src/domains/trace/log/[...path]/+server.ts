import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { refuse } from '#kernel/errors';
import { findTile, getLog } from '../proof.queries.ts';
import { parseTilePath } from '../tile.ts';
import type { RequestHandler } from './$types';

/** The log as its clients look for it (C2SP tlog-tiles): `checkpoint`, `tile/…`, `tile/entries/…`. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if (params.path === '') redirect(303, localizeHref('/trace/log/check'));
  if (params.path === 'checkpoint') {
    const { head } = await locals.run(getLog);
    return answer(head.note, 'text/plain; charset=utf-8', 'no-cache');
  }
  const tile = parseTilePath(params.path);
  const bytes = tile && (await locals.run((ctx) => findTile(ctx, tile)));
  if (!bytes) refuse('not_found', 404);
  return answer(bytes, 'application/octet-stream', 'public, max-age=31536000, immutable');
};

/** Anybody may read it from anywhere: checkers run in other people's pages too. */
function answer(body: string | Buffer, type: string, cache: string): Response {
  return new Response(body as BodyInit, {
    headers: { 'content-type': type, 'cache-control': cache, 'access-control-allow-origin': '*' },
  });
}
