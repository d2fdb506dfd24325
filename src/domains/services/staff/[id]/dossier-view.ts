/** One dossier as officials see it: its head, its facts, its form and its papers. */
import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '#kernel/format';
import { groupCode } from '#kernel/ids';
import { maskPhone } from '#kernel/mask';
import { formatPhone } from '#kernel/phone';
import { localDate, localDateOf } from '#kernel/time';
import { listAttachments, type Attachment } from '../../attachment/attachment.queries.ts';
import type { Channel } from '../../dossier/dossier.ts';
import { filedForm } from '../../dossier/form.queries.ts';
import type { Loaded } from '../../dossier/record.ts';
import { reviewView } from '../../form-view.ts';
import { findResult } from '../../result/result.queries.ts';
import { limitWords, paperKindWords, procedureName, stateLabel, stepRoleWords } from '../../words.ts';
import { CHANNEL_WORDS } from '../desk-words.ts';
import { dueView } from '../due.ts';
import type { Names } from '../queue-view.ts';

const OUTCOMES = {
  granted: m.services_outcome_granted,
  refused: m.services_outcome_refused,
  withdrawn: m.services_outcome_withdrawn,
  declined: m.services_outcome_declined,
};

/** Over the page: what it is, how it stands, when it is due, by which law. */
export function headOf(ctx: Ctx, { row, dossier, procedure }: Loaded) {
  const span = {
    version: String(procedure.version),
    from: formatDate(localDate(procedure.validFrom), ctx.locale),
  };
  const until = procedure.validTo && formatDate(localDate(procedure.validTo), ctx.locale);
  return {
    code: row.code,
    kicker: m.services_dossier_kicker({ code: row.code }),
    title: procedureName(procedure, ctx.locale),
    state: stateLabel(dossier.state),
    due: dueView(row, ctx.now, ctx.locale),
    law: until ? m.services_dossier_law_until({ ...span, until }) : m.services_dossier_law(span),
    verified: procedure.verified,
  };
}

/** The facts beside the course. The name stands in every list; the phone is masked until it is opened. */
export function factsOf(ctx: Ctx, { row, dossier, procedure }: Loaded, names: Names, open: boolean) {
  const at = (when: Date | null) => when && formatDateTime(when, ctx.locale);
  const step = procedure.steps[dossier.step];
  const inWork = dossier.state === 'processing' || dossier.state === 'received';
  const phone = row.applicant_phone;
  const all: { label: string; value: string | null }[] = [
    { label: m.services_dossier_applicant(), value: row.applicant_name },
    { label: m.services_dossier_phone(), value: phone && (open ? formatPhone(phone) : maskPhone(phone)) },
    {
      label: m.services_dossier_hamlet(),
      value: (row.hamlet_id && names.hamlets.get(row.hamlet_id)) ?? null,
    },
    { label: m.services_dossier_channel(), value: CHANNEL_WORDS[row.channel as Channel]() },
    { label: m.services_dossier_filed(), value: at(row.filed_at) },
    { label: m.services_dossier_received(), value: at(row.received_at) },
    { label: m.services_dossier_limit(), value: limitWords(procedure.timeLimit, ctx.locale) },
    { label: m.services_dossier_due(), value: at(row.due_at) },
    {
      label: m.services_dossier_assignee(),
      value: (row.assignee_id && names.officials.get(row.assignee_id)?.fullName) ?? null,
    },
  ];
  if (inWork && step) {
    const words = { step: formatNumber(dossier.step + 1), name: inLocale(step.name, ctx.locale) };
    all.push({
      label: m.services_dossier_step(),
      value: `${m.services_step_of(words)} (${stepRoleWords(step.role)})`,
    });
    all.push({ label: m.services_dossier_step_due(), value: at(row.step_due_at) });
  }
  if (dossier.feeCollected > 0n)
    all.push({ label: m.services_dossier_fee(), value: formatMoney(dossier.feeCollected, ctx.locale) });
  if (dossier.outcome) all.push({ label: m.services_dossier_outcome(), value: OUTCOMES[dossier.outcome]() });
  all.push({ label: m.services_dossier_tracking(), value: groupCode(row.tracking_code) });
  return all;
}

/** What was answered on the form; personal answers masked unless a purpose was told. */
export async function formOf(ctx: Ctx, { row }: Loaded, open: boolean) {
  const { form, values } = await filedForm(ctx, row.id);
  const hamlets = await listHamlets(ctx, { on: 'ever' });
  const review = reviewView(form, values, ctx.locale, {
    today: localDateOf(row.filed_at),
    hamletNames: new Map(hamlets.map(({ id, name }) => [id, name])),
    masked: !open,
  });
  return review
    .map((section) => ({ ...section, rows: section.rows.filter(({ value }) => value !== '') }))
    .filter(({ rows }) => rows.length > 0);
}

function fileView(dossierId: string, file: Attachment, ctx: Ctx) {
  const href = localizeHref(`/services/staff/${dossierId}/files/${file.id}`);
  return {
    id: file.id,
    name: file.name,
    href,
    saveHref: `${href}?save=yes`,
    shown: /^(application\/pdf|image\/(jpeg|png))$/.test(file.mediaType),
    about: [
      `${formatNumber(Math.max(1, Math.round(file.size / 1000)), { locale: ctx.locale })} kB`,
      file.pages === null
        ? null
        : m.services_file_pages({ pages: formatNumber(file.pages, { locale: ctx.locale }) }),
      formatDateTime(file.addedAt, ctx.locale),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** The papers of the procedure with what was given of each, then other files. */
export async function papersOf(ctx: Ctx, { row, dossier, procedure }: Loaded, mayScan: boolean) {
  const files = await listAttachments(ctx, { dossierId: row.id });
  const view = (list: readonly Attachment[]) => list.map((file) => fileView(row.id, file, ctx));
  const known = new Set(procedure.papers.map((paper) => paper.code));
  const media = { paper: m.services_paper_on_paper(), electronic: m.services_paper_electronic() };
  return {
    papers: procedure.papers.map((paper) => {
      const medium = dossier.papers[paper.code];
      return {
        code: paper.code,
        name: inLocale(paper.name, ctx.locale),
        kind: paperKindWords(paper.kind),
        medium: medium ? media[medium] : m.services_paper_not_given(),
        given: medium ?? null,
        files: view(files.filter((file) => file.kind === 'paper' && file.paperCode === paper.code)),
        scan: mayScan && paper.digitisable && medium !== 'electronic',
      };
    }),
    others: view(
      files.filter((file) => file.kind === 'paper' && !(file.paperCode && known.has(file.paperCode))),
    ),
    results: view(files.filter((file) => file.kind === 'result')),
  };
}

/** The result as it stands in the book; null while there is none. */
export async function resultView(ctx: Ctx, { row }: Loaded) {
  const result = await findResult(ctx, row.id);
  if (!result) return null;
  const media = { paper: m.services_ask_paper(), electronic: m.services_ask_electronic() };
  return [
    { label: m.services_result_number(), value: result.number },
    { label: m.services_result_date(), value: formatDate(localDate(result.issuedOn), ctx.locale) },
    { label: m.services_result_signer(), value: result.signerName },
    { label: m.services_result_medium(), value: media[result.medium] },
  ];
}
