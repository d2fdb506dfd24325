/** The paper of a request, for whoever decides; each opening is written down. */
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { openCorrectionPaper } from '../../../../correction/correction.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const file = await locals.run((ctx) => openCorrectionPaper(ctx, params.id!), { purpose: 'correction' });
    const hash = mustExist(parseFileHash(file.hash), 'registry.correction');
    return fileResponse(await locals.files.open(hash), file);
  });
