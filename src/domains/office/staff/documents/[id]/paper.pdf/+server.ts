import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { outgoingPaper } from '../../../../document/paper.ts';
import { readSheet } from '../../../../document/paper.queries.ts';
import type { RequestHandler } from './$types';

/** The paper of a document out; a draft says that it is one. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const sheet = await locals.run((ctx) => readSheet(ctx, event.params.id));
    const name = `${sheet.title}.pdf`.replaceAll('/', '-');
    return fileResponse(await renderPdf(outgoingPaper(sheet)), { name, type: PDF });
  });
