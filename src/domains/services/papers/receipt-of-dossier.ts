/** The receipt of a dossier that was received: form 01 of TT 01/2018/TT-VPCP, filled from what is known. */
import { communeSettings, officeCalendar } from '#domain/commune';
import { nameOfOfficial } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { refuse } from '#kernel/errors';
import { groupCode } from '#kernel/ids';
import { formatPhone } from '#kernel/phone';
import { dueTimes } from '../dossier/clock.ts';
import { foldDossier, type Medium } from '../dossier/dossier.ts';
import { filedForm } from '../dossier/form.queries.ts';
import type { Loaded } from '../dossier/record.ts';
import { feeOfAnswers } from '../fee-of-answers.ts';
import type { PaperRequired } from '../procedure.ts';
import { deskName, paperDossier, paperHead } from './of-dossier.ts';
import { receiptPaper, type ReceiptCopy, type ReceivedPaper } from './receipt.ts';

const VI = { locale: 'vi' } as const;

/**
 * For whoever may see the dossier (the caller has asked).
 * @param loaded the dossier, received
 * @throws AppError `services.receipt.not_received` (409)
 */
export async function receiptOf(
  ctx: Ctx,
  loaded: Loaded,
  origin: string,
  copies: readonly ReceiptCopy[],
): Promise<Paper> {
  const { row, procedure } = loaded;
  if (!row.received_at) refuse('services.receipt.not_received', 409);
  const { values } = await filedForm(ctx, row.id);
  const channel = row.channel === 'counter' ? 'counter' : 'online';
  const { amount } = feeOfAnswers(procedure.fee, values, [], channel);
  const { phone } = await communeSettings(ctx);
  const url = `${origin}${localizeHref('/services/track', VI)}?code=${row.tracking_code}`;
  return receiptPaper({
    head: paperHead(ctx, loaded, row.received_at),
    dossier: await paperDossier(ctx, loaded),
    papers: receivedPapers(procedure.papers, loaded.dossier.papers),
    sets: 1,
    limit: procedure.timeLimit?.text.vi ?? m.services_limit_open({}, VI),
    receivedAt: row.received_at,
    dueAt: await promisedAt(ctx, loaded),
    returnAt: deskName(procedure),
    fee: amount === null || amount === 0n ? null : { amount, note: null },
    register: null,
    submitter: row.applicant_name,
    receiver: await receiverOf(ctx, loaded),
    tracking: { url, shortCode: groupCode(row.tracking_code), site: new URL(origin).host },
    deskPhone: phone && formatPhone(phone),
    copies,
  });
}

/** What was promised at reception, whatever has happened since. */
async function promisedAt(ctx: Ctx, { actions, procedure }: Loaded): Promise<Date | null> {
  const at = actions.findIndex(({ kind }) => kind === 'receive');
  return dueTimes(foldDossier(actions.slice(0, at + 1)), procedure, await officeCalendar(ctx)).due;
}

function receiverOf(ctx: Ctx, { actions }: Loaded) {
  return nameOfOfficial(ctx, actions.find(({ kind }) => kind === 'receive')?.officialId ?? null);
}

function receivedPapers(
  required: readonly PaperRequired[],
  come: Readonly<Record<string, Medium>>,
): ReceivedPaper[] {
  return required
    .filter((paper) => Object.hasOwn(come, paper.code))
    .map((paper) => ({
      name: paper.name.vi,
      kind: come[paper.code] === 'electronic' ? m.services_paper_file({}, VI) : KINDS[paper.kind](),
      copies: paper.count,
    }));
}

const KINDS: Record<PaperRequired['kind'], () => string> = {
  original: () => m.services_paper_given_original({}, VI),
  copy: () => m.services_paper_given_copy({}, VI),
  shown: () => m.services_paper_shown({}, VI),
  form: () => m.services_paper_form({}, VI),
};
