import { renderPdf } from '#kernel/documents/render.server';
import { toSignIn } from '../../../../draft/browser.ts';
import { receiptOf } from '../../../../papers/receipt-of-dossier.ts';
import { ownDossier } from '../../../mine.queries.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
  const paper = await locals
    .run(async (ctx) => receiptOf(ctx, await ownDossier(ctx, params.id), url.origin, ['given']))
    .catch((thrown: unknown) => toSignIn(thrown, url));
  const pdf = await renderPdf(paper);
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="giay-tiep-nhan.pdf"',
      'cache-control': 'private, no-store',
    },
  });
};
