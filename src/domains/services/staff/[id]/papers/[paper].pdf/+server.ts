import { renderPdf } from '#kernel/documents/render.server';
import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { paperOf } from '../../../papers.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const { id, paper } = event.params;
    const drawn = await locals.run((ctx) => paperOf(ctx, id, paper, url.origin));
    return fileResponse(await renderPdf(drawn), { name: `${paper}.pdf`, type: PDF });
  });
