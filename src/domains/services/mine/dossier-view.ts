/** One's own dossier as its page shows it. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { qrSvg } from '#kernel/documents/qr';
import { formatDateTime, formatMoney, type Locale } from '#kernel/format';
import { groupCode } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { sizeWords } from '../draft/draft-view.ts';
import { whyNot } from '../dossier/moves.ts';
import { reviewView } from '../form-view.ts';
import { feeOfAnswers } from '../fee-of-answers.ts';
import { dueWords } from '../track/track.ts';
import { feeWords, procedureName, stateLabel } from '../words.ts';
import { ownCourse, paperNames } from './course.ts';
import { openRequest } from './mine.actions.ts';
import type { OwnDossier } from './mine.queries.ts';

export type DossierSurroundings = {
  locale: Locale;
  me: string;
  origin: string;
  hamletNames: ReadonlyMap<string, string>;
};

export function ownDossierView(own: OwnDossier, at: DossierSurroundings) {
  const { row, dossier, procedure, actions } = own;
  const { locale } = at;
  return {
    id: row.id,
    name: procedureName(procedure, locale),
    code: row.code,
    state: stateLabel(dossier.state),
    onBehalf: row.helper_user_id === at.me ? row.applicant_name : null,
    filed: formatDateTime(row.filed_at, locale),
    due: row.due_at && !dossier.finishedAt ? dueWords(row.due_at, locale) : null,
    tracking: trackingView(row.tracking_code, at.origin),
    next: nextWords(own, locale),
    supplement: supplementView(own, locale),
    course: ownCourse(actions, procedure, locale),
    review: reviewView(own.filed.form, own.filed.values, locale, {
      today: localDateOf(row.filed_at),
      hamletNames: at.hamletNames,
    }),
    files: filesView(own, locale),
    received: dossier.receivedAt !== null,
    can: {
      withdraw: whyNot(dossier, procedure, 'withdraw') === null,
      rate: dossier.state === 'done' || dossier.state === 'returned',
    },
    results: own.files
      .filter((file) => file.kind === 'result')
      .map((file) => ({
        ...fileLine(row.id, file, locale),
        electronic: dossier.resultMedium === 'electronic',
      })),
  };
}
export type OwnDossierView = ReturnType<typeof ownDossierView>;

/** The short code, grouped for the voice, and drawn for a camera. */
function trackingView(code: string, origin: string) {
  const href = `${localizeHref('/services/track', { locale: 'vi' })}?code=${code}`;
  return { code: groupCode(code), href, qr: qrSvg(`${origin}${href}`) };
}

function fileLine(dossierId: string, file: OwnDossier['files'][number], locale: Locale) {
  return {
    id: file.id,
    name: file.name,
    size: sizeWords(file.size, locale),
    href: localizeHref(`/services/mine/${dossierId}/files/${file.id}`),
  };
}

function filesView(own: OwnDossier, locale: Locale) {
  return own.files
    .filter((file) => file.kind === 'paper')
    .map((file) => ({
      ...fileLine(own.row.id, file, locale),
      paper: file.paperCode ? paperNames(own.procedure, [file.paperCode], locale)[0]! : null,
    }));
}

function supplementView(own: OwnDossier, locale: Locale) {
  const request = own.dossier.state === 'supplement' ? openRequest(own.actions) : null;
  if (!request) return null;
  const names = paperNames(own.procedure, request.papers, locale);
  return {
    reason: request.reason,
    by: request.by ? formatDateTime(new Date(request.by), locale) : null,
    papers: request.papers.map((code, at) => ({ code, name: names[at]! })),
  };
}

/** What happens next, or what the citizen has to do. */
function nextWords(own: OwnDossier, locale: Locale): string[] {
  const { dossier, procedure, actions } = own;
  switch (dossier.state) {
    case 'registered': {
      const fee = feeOfAnswers(procedure.fee, own.filed.values, [], 'online').amount;
      const words = fee === null ? feeWords(procedure.fee, locale) : formatMoney(fee, locale);
      return [m.services_next_registered(), m.services_next_fee({ fee: words }), m.services_next_told()];
    }
    case 'received':
    case 'processing':
      return [m.services_next_handled()];
    case 'payment': {
      const asked = actions.findLast((one) => one.kind === 'request_payment');
      const amount = formatMoney(BigInt(asked?.data.amount ?? '0'), locale);
      return [m.services_next_payment({ amount }), m.services_todo_payment_text()];
    }
    case 'stopped':
      return [m.services_track_clock_stopped()];
    case 'done':
      return [dossier.resultMedium === 'electronic' ? m.services_next_download() : m.services_next_collect()];
    case 'not_received':
      return [m.services_next_declined()];
    default:
      return [];
  }
}
