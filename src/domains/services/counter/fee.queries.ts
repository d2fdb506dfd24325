/** What a dossier costs, for verbs and pages that have asked for their right. */
import type { Ctx } from '#kernel/context';
import { filedForm } from '../dossier/form.queries.ts';
import type { Loaded } from '../dossier/record.ts';
import { feeOfAnswers } from '../fee-of-answers.ts';
import { computeFee, type ComputedFee } from '../fee.ts';

/** What was shown and counted at the counter. */
export type Shown = {
  /** Codes of exemptions that the applicant has shown to hold. */
  exemptions: readonly string[];
  /** What the clerk counted (copies, pages …); left out, the answers of the form count. */
  quantities?: Readonly<Record<string, number>> | undefined;
};

/** What the dossier costs by its procedure's version, as the desk counts it. */
export async function feeOf(
  ctx: Ctx,
  { row, procedure }: Loaded,
  { exemptions, quantities }: Shown,
): Promise<ComputedFee> {
  const channel = row.channel === 'counter' ? 'counter' : 'online';
  if (quantities) return computeFee(procedure.fee, quantities, exemptions, channel);
  const { values } = await filedForm(ctx, row.id);
  return feeOfAnswers(procedure.fee, values, exemptions, channel);
}
