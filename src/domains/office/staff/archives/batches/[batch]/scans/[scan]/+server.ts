import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { AppError } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { openScan } from '../../../../../../archive/archive.queries.ts';
import type { RequestHandler } from './$types';

/** One scan of a batch, for whoever digitises; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const { batch, scan } = event.params;
    const found = await locals.run((ctx) => openScan(ctx, batch, scan));
    const hash = parseFileHash(found.hash);
    if (!hash) throw new AppError('kernel.files.not_found', 404);
    const { name, media_type: type, size } = found;
    return fileResponse(await locals.files.open(hash), { name, type, size });
  });
