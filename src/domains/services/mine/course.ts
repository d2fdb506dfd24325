/** The course of a dossier as its owner sees it: what concerns him, in plain words; the office's own moves stay out. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import { formatDateTime, formatIso, formatMoney, type Locale } from '#kernel/format';
import type { TimelineEntry } from '#ui/types.ts';
import type { Action } from '../dossier/dossier.ts';
import type { ProcedureVersion } from '../procedure.ts';
import { dueWords } from '../track/track.ts';

/** Names of papers by their codes. */
export function paperNames(
  procedure: Pick<ProcedureVersion, 'papers'>,
  codes: readonly string[],
  locale: Locale,
): string[] {
  return codes.map((code) => {
    const paper = procedure.papers.find((one) => one.code === code);
    return paper ? inLocale(paper.name, locale) : code;
  });
}

/** What concerns the citizen; actions without a title are the office's own business. */
const TITLES: Partial<Record<Action['kind'], () => string>> = {
  file: m.services_course_filed,
  receive: m.services_course_received,
  decline: m.services_state_not_received,
  request_supplement: m.services_state_supplement,
  supplement: m.services_course_supplied,
  request_payment: m.services_state_payment,
  collect_fee: m.services_course_paid,
  stop: m.services_state_stopped,
  resume: m.services_course_resumed,
  extend: m.services_course_extended,
  apologise: m.services_course_apology,
  withdraw: m.services_state_withdrawn,
  return: m.services_course_given,
};

function titleOf(action: Action): string | null {
  if (action.kind !== 'decide') return TITLES[action.kind]?.() ?? null;
  return action.data.outcome === 'granted' ? m.services_course_granted() : m.services_course_refused();
}

function noteOf(action: Action, procedure: ProcedureVersion, locale: Locale): string | undefined {
  switch (action.kind) {
    case 'receive':
      return action.data.note;
    case 'decline':
    case 'stop':
      return `${action.data.reason} (${action.data.legal})`;
    case 'request_supplement':
      return `${paperNames(procedure, action.data.papers, locale).join('; ')}. ${action.data.reason}`;
    case 'request_payment':
      return formatMoney(BigInt(action.data.amount), locale);
    case 'collect_fee': {
      const amount = formatMoney(BigInt(action.data.amount), locale);
      return m.services_course_paid_note({ amount, receipt: action.data.receipt });
    }
    case 'apologise': {
      const due = m.services_track_due({ at: dueWords(new Date(action.data.due), locale) });
      return `${action.data.reason} ${due}`;
    }
    case 'decide':
      return action.data.outcome === 'granted'
        ? action.data.number
        : `${action.data.reason} (${action.data.legal})`;
    case 'extend':
    case 'withdraw':
      return action.data.reason;
    default:
      return undefined;
  }
}

const STOPS: readonly Action['kind'][] = [
  'decline',
  'withdraw',
  'request_supplement',
  'request_payment',
  'stop',
];

/** In the order of events; the last one is where it stands. */
export function ownCourse(
  actions: readonly Action[],
  procedure: ProcedureVersion,
  locale: Locale,
): TimelineEntry[] {
  const shown = actions.filter((action) => titleOf(action) !== null);
  return shown.map((action, at) => ({
    title: titleOf(action)!,
    note: noteOf(action, procedure, locale) || undefined,
    when: formatDateTime(action.at, locale),
    datetime: formatIso(action.at),
    state: at < shown.length - 1 ? 'done' : STOPS.includes(action.kind) ? 'stopped' : 'now',
  }));
}
