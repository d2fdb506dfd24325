/** What the paper of a document out needs, read together. */
import { listOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { viewDocument } from './document.queries.ts';
import { outgoingSheet, type OutgoingSheet } from './paper.ts';

/**
 * The sheet of a document out.
 * @throws AppError `office.document.not_found`, `office.paper.not_found` (404) for a document in
 */
export async function readSheet(ctx: Ctx, id: string): Promise<OutgoingSheet> {
  allow(ctx, 'office.document.view', { kind: 'document', id });
  const { document } = await viewDocument(ctx, id);
  const outgoing = mustExist(document.outgoing, 'office.paper');
  const signer = (await listOfficials(ctx, 'ever')).find((one) => one.id === outgoing.signerId);
  return outgoingSheet(document, {
    commune: ctx.commune,
    place: ctx.commune.name,
    signer: signer ? { name: signer.fullName, post: signer.post } : null,
    now: ctx.now,
  });
}
