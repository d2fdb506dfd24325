import { photoResponse } from '../../../../edge.ts';
import { getPhoto } from '../../../../work.queries.ts';
import type { RequestHandler } from './$types';

/** A photograph of a work; those that are not public only for officials of the place. */
export const GET: RequestHandler = async ({ locals, params }) =>
  photoResponse(locals.files, await locals.run((ctx) => getPhoto(ctx, params.id, params.photo)));
