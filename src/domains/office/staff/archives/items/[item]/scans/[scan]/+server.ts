import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { AppError } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { viewItem } from '../../../../../../archive/archive.queries.ts';
import type { RequestHandler } from './$types';

/** One page of an indexed piece, for whoever may open the piece. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const item = await locals.run((ctx) => viewItem(ctx, event.params.item));
    const found = item.scans.find(({ id }) => id === event.params.scan);
    const hash = found && parseFileHash(found.hash);
    if (!hash) throw new AppError('kernel.files.not_found', 404);
    const { name, media_type: type, size } = found;
    return fileResponse(await locals.files.open(hash), { name, type, size });
  });
