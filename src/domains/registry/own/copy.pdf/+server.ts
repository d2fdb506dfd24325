import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { localDateOf } from '#kernel/time';
import { copyAsPaper, ownCopy } from '../copy.ts';
import { boundTo } from '../page-of.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    boundTo(locals, url);
    const copy = await locals.run(ownCopy);
    const pdf = await renderPdf(copyAsPaper(copy, locals.commune.demo, locals.locale));
    return fileResponse(pdf, {
      name: `du-lieu-cua-toi-${localDateOf(copy.madeAt)}.pdf`,
      type: PDF,
      save: true,
    });
  });
