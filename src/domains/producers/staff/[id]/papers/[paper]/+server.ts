/** The scan of a paper; each opening is written down. */
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { mustExist } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { openCertificate } from '../../../../certificate/certificate.actions.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const file = await locals.run((ctx) => openCertificate(ctx, params.id!, params.paper!));
    const hash = mustExist(parseFileHash(file.hash), 'producers.certificate');
    return fileResponse(await locals.files.open(hash), file);
  });
