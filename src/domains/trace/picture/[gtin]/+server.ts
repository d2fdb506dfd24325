import type { FileHash } from '#kernel/files/store';
import { pictureOf } from '../../scan/picture.queries.ts';
import type { RequestHandler } from './$types';

/** The picture of a product, for whoever scans a pack: named by its content, so it may be kept. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { hash, type } = await locals.run((ctx) => pictureOf(ctx, params.gtin));
  const body = await locals.files.open(hash as FileHash);
  return new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
};
