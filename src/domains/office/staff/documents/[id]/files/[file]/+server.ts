import { answering } from '#app/answering';
import { fileResponse } from '#app/file-response';
import { AppError } from '#kernel/errors';
import { parseFileHash } from '#kernel/files/store';
import { viewDocument } from '../../../../../document/document.queries.ts';
import { openFile } from '../../../../../file.actions.ts';
import type { RequestHandler } from './$types';

/** A file of the document; every opening is written to the audit record. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const file = await locals.run(async (ctx) => {
      await viewDocument(ctx, event.params.id);
      return openFile(ctx, event.params.id, event.params.file);
    });
    const hash = parseFileHash(file.hash);
    if (!hash) throw new AppError('kernel.files.not_found', 404);
    const { name, mediaType: type, size } = file;
    return fileResponse(await locals.files.open(hash), {
      name,
      type,
      size,
      save: url.searchParams.has('save'),
    });
  });
