/** The result of a dossier, for its own pages. Whoever asks has seen the dossier by right. */
import type { Ctx } from '#kernel/context';

export type Result = {
  number: string;
  issuedOn: string;
  signerName: string;
  medium: 'paper' | 'electronic';
  attachmentId: string | null;
  /** What the QR on the paper holds. */
  checkToken: string;
};

/** Undefined while the dossier has none. */
export async function findResult(ctx: Ctx, dossierId: string): Promise<Result | undefined> {
  const row = await ctx.db
    .selectFrom('services_result')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', dossierId)
    .executeTakeFirst();
  return (
    row && {
      number: row.number,
      issuedOn: row.issued_on,
      signerName: row.signer_name,
      medium: row.medium as Result['medium'],
      attachmentId: row.attachment_id,
      checkToken: row.check_token,
    }
  );
}
