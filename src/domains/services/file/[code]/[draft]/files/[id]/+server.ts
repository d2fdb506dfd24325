import { mustExist } from '#kernel/errors';
import { draftKey, toSignIn } from '../../../../../draft/browser.ts';
import { openDraft } from '../../../../../draft/draft.queries.ts';
import { fileResponse } from '../../../../../draft/uploads.server.ts';
import type { RequestHandler } from './$types';

/** A file of a draft, for whoever fills it. */
export const GET: RequestHandler = async ({ locals, params, cookies, url }) => {
  const draft = await locals
    .run((ctx) => openDraft(ctx, params.draft, draftKey(cookies)))
    .catch((thrown: unknown) => toSignIn(thrown, url));
  const file = draft.files.find((one) => one.id === params.id);
  return fileResponse(locals.files, mustExist(file, 'services.attachment'));
};
