import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { sheetOf } from '../../../../label/label.actions.ts';
import type { RequestHandler } from './$types';

/** The sheet of labels, for whoever printed it. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const paper = await locals.run((ctx) => sheetOf(ctx, params.run));
  return fileResponse(await renderPdf(paper), { name: 'nhan.pdf', type: PDF });
};
