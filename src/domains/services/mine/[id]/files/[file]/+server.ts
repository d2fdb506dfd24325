import { mustExist } from '#kernel/errors';
import { toSignIn } from '../../../../draft/browser.ts';
import { fileResponse } from '../../../../draft/uploads.server.ts';
import { ownDossier } from '../../../mine.queries.ts';
import type { RequestHandler } from './$types';

/** A file of one's own dossier; every look is written to the audit record. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const own = await locals
    .run((ctx) => ownDossier(ctx, params.id))
    .catch((thrown: unknown) => toSignIn(thrown, url));
  const file = own.files.find((one) => one.id === params.file);
  return fileResponse(locals.files, mustExist(file, 'services.attachment'));
};
