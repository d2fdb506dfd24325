import { listOfficials } from '#domain/registry';
import { answering } from '#app/answering';
import { fileResponse, PDF } from '#app/file-response';
import { renderPdf } from '#kernel/documents/render.server';
import { viewDocument } from '../../../../document/document.queries.ts';
import { outgoingPaper } from '../../../../document/paper.ts';
import { mustExist } from '#kernel/errors';
import type { RequestHandler } from './$types';

/** The paper of a document out; a draft says that it is one. */
export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals }) => {
    const paper = await locals.run(async (ctx) => {
      const { document } = await viewDocument(ctx, event.params.id);
      const outgoing = mustExist(document.outgoing, 'office.paper');
      const officials = await listOfficials(ctx, 'ever');
      const signer = officials.find(({ id }) => id === outgoing.signerId);
      const place = ctx.commune.name;
      return outgoingPaper(document, {
        commune: ctx.commune,
        place,
        signer: signer ? { name: signer.fullName, post: signer.post } : null,
        now: ctx.now,
      });
    });
    return fileResponse(await renderPdf(paper), {
      name: `${paper.title}.pdf`.replaceAll('/', '-'),
      type: PDF,
    });
  });
