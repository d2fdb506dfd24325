import { getAddressPhoto } from '../../../../address.queries.ts';
import { photoResponse } from '../../../../edge.ts';
import type { RequestHandler } from './$types';

/** A photograph of a house, for officials of its hamlet. */
export const GET: RequestHandler = async ({ locals, params }) =>
  photoResponse(locals.files, await locals.run((ctx) => getAddressPhoto(ctx, params.id, params.photo)));
