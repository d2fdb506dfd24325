import type { FileStore } from '#kernel/files/store';
import { getPhoto } from '../../../../work.queries.ts';
import type { RequestHandler } from './$types';

/** A photograph of a work; those that are not public only for officials of the place. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const photo = await locals.run((ctx) => getPhoto(ctx, params.id, params.photo));
  return new Response(await locals.files.open(photo.hash as Parameters<FileStore['open']>[0]), {
    headers: {
      'content-type': photo.mediaType,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  });
};
