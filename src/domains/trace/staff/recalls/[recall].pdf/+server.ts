import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { recallReport } from '../../../lot/report.queries.ts';
import type { RequestHandler } from './$types';

/** The report of a recall. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const paper = await locals.run((ctx) => recallReport(ctx, params.recall));
  return fileResponse(await renderPdf(paper), { name: 'bao-cao-thu-hoi.pdf', type: PDF });
};
