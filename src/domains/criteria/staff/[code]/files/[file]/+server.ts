import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { openEvidence } from '../../../../evidence/evidence.ts';
import type { RequestHandler } from './$types';

/** A file of the evidence; each opening is written down. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, params }) => {
    const file = await locals.run((ctx) => openEvidence(ctx, params.file!));
    return fileResponse(await locals.files.open(file.hash), file);
  });
