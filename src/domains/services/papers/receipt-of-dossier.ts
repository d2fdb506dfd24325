/** The receipt of a dossier that was received: form 01 of TT 01/2018/TT-VPCP, filled from what is known. */
import { communeSettings } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { refuse } from '#kernel/errors';
import { groupCode } from '#kernel/ids';
import { formatPhone } from '#kernel/phone';
import { filedForm } from '../dossier/form.queries.ts';
import type { Medium } from '../dossier/dossier.ts';
import type { Loaded } from '../dossier/record.ts';
import { feeOfAnswers } from '../fee-of-answers.ts';
import type { PaperRequired } from '../procedure.ts';
import type { PaperDossier, PaperHead } from './head.ts';
import { receiptPaper, type ReceiptCopy, type ReceivedPaper } from './receipt.ts';

const VI = { locale: 'vi' } as const;

/**
 * For whoever may see the dossier (the caller has asked).
 * @param loaded the dossier, received and with a due date
 * @throws AppError `services.receipt.not_received` (409)
 */
export async function receiptOf(
  ctx: Ctx,
  loaded: Loaded,
  origin: string,
  copies: readonly ReceiptCopy[],
): Promise<Paper> {
  const { row, procedure } = loaded;
  if (!row.received_at || !row.due_at) refuse('services.receipt.not_received', 409);
  const { values } = await filedForm(ctx, row.id);
  const channel = row.channel === 'counter' ? 'counter' : 'online';
  const { amount } = feeOfAnswers(procedure.fee, values, [], channel);
  const { phone } = await communeSettings(ctx);
  const url = `${origin}${localizeHref('/services/track', VI)}?code=${row.tracking_code}`;
  return receiptPaper({
    head: headOf(ctx, row.received_at),
    dossier: dossierOf(loaded),
    papers: receivedPapers(procedure.papers, loaded.dossier.papers),
    sets: 1,
    limit: procedure.timeLimit?.text.vi ?? m.services_limit_open({}, VI),
    receivedAt: row.received_at,
    dueAt: row.due_at,
    returnAt: 'Bộ phận Tiếp nhận và Trả kết quả',
    fee: amount === null || amount === 0n ? null : { amount, note: null },
    register: null,
    submitter: row.applicant_name,
    receiver: null,
    tracking: { url, shortCode: groupCode(row.tracking_code), site: new URL(origin).host },
    deskPhone: phone && formatPhone(phone),
    copies,
  });
}

function headOf(ctx: Ctx, issuedAt: Date): PaperHead {
  return {
    authority: `UBND xã ${ctx.commune.name}`,
    desk: 'Bộ phận Tiếp nhận và Trả kết quả',
    number: null,
    place: ctx.commune.name,
    issuedAt,
    demo: ctx.commune.demo,
  };
}

function dossierOf({ row, procedure }: Loaded): PaperDossier {
  const phone = row.applicant_phone && formatPhone(row.applicant_phone);
  const applicant = { name: row.applicant_name, address: null, phone, email: null };
  return { code: row.code, procedure: procedure.name.vi, applicant };
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
