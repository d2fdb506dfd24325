/** The signed paper of a consent; each opening is written down. */
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { openConsentPaper } from '../../../../../consent/consent.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const file = await locals.run((ctx) => openConsentPaper(ctx, params.id!, params.consent!));
    const hash = mustExist(parseFileHash(file.hash), 'registry.consent');
    return fileResponse(await locals.files.open(hash), file);
  });
