import { AppError } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { openAttachment } from '../../../../attachment/attachment.actions.ts';
import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import type { RequestHandler } from './$types';

/** A file of the dossier, for whoever may see the dossier; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const { id, file } = event.params;
    const attachment = await locals.run((ctx) => openAttachment(ctx, id, file));
    const hash = parseFileHash(attachment.hash);
    if (!hash) throw new AppError('kernel.files.not_found', 404);
    return fileResponse(await locals.files.open(hash), {
      name: attachment.name,
      type: attachment.mediaType,
      size: attachment.size,
      save: url.searchParams.has('save'),
    });
  });
