import { renderPdf } from '#kernel/documents/render.server';
import { slipPaper } from '../../../papers/slip-of-dossier.ts';
import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import type { RequestHandler } from './$types';

/** A satisfaction slip to be filled with a pen. By POST, because the earlier code ends. */
export const POST: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const paper = await locals.run((ctx) => slipPaper(ctx, event.params.id, url.origin));
    return fileResponse(await renderPdf(paper), { name: 'phieu-danh-gia.pdf', type: PDF });
  });
