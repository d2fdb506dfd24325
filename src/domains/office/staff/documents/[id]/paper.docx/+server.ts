import { answering } from '#app/answering';
import { DOCX, fileResponse } from '#app/file-response';
import { outgoingDocx } from '../../../../document/docx.ts';
import { readSheet } from '../../../../document/paper.queries.ts';
import type { RequestHandler } from './$types';

/** The same paper as a file that the clerk can edit. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const sheet = await locals.run((ctx) => readSheet(ctx, event.params.id));
    const name = `${sheet.title}.docx`.replaceAll('/', '-');
    return fileResponse(await outgoingDocx(sheet), { name, type: DOCX });
  });
