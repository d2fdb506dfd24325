/** What happened to a dossier, in plain words with who and when. */
import { m } from '#i18n/messages';
import { formatDateTime, formatIso, formatMoney, type Locale } from '#kernel/format';
import type { TimelineEntry } from '#ui/types.ts';
import type { Action, ActionKind } from '../../dossier/dossier.ts';
import type { Loaded } from '../../dossier/record.ts';
import { CHANNEL_WORDS } from '../desk-words.ts';
import type { Names } from '../queue-view.ts';

/** What the words need besides the action. */
type Around = { names: Names; locale: Locale; paper: (code: string) => string };

/** The whole course, oldest first; the last entry is where the dossier stands while it is open. */
export function timelineOf(loaded: Loaded, names: Names, locale: Locale): TimelineEntry[] {
  const { actions, dossier } = loaded;
  const around: Around = { names, locale, paper: (code) => paperName(loaded, code, locale) };
  const closed =
    dossier.returnedAt !== null || dossier.state === 'withdrawn' || dossier.state === 'not_received';
  return actions.map((action, at) => ({
    title: titleOf(action, around),
    when: formatDateTime(action.at, locale),
    datetime: formatIso(action.at),
    who: whoOf(action, loaded, names),
    note: noteOf(action, around) || undefined,
    state:
      at === actions.length - 1 && !closed
        ? dossier.halts.at(-1)?.until === null
          ? 'stopped'
          : 'now'
        : 'done',
  }));
}

/** A paper's name in the dossier's version of the procedure. */
export function paperName({ procedure }: Pick<Loaded, 'procedure'>, code: string, locale: Locale): string {
  return procedure.papers.find((paper) => paper.code === code)?.name[locale] ?? code;
}

function whoOf(action: Action, { row }: Loaded, names: Names): string {
  if (action.officialId) return names.officials.get(action.officialId)?.fullName ?? m.services_who_somebody();
  if (action.actorId === row.helper_user_id) return m.services_who_helper();
  if (action.actorId === row.applicant_user_id) return m.services_who_applicant();
  if (action.actorId.startsWith('system:')) return m.services_who_system();
  if (action.actorId.startsWith('api:')) return m.services_who_program();
  return m.services_who_somebody();
}

/** Kinds whose title says nothing of their data. */
const PLAIN: Partial<Record<ActionKind, () => string>> = {
  receive: m.services_act_receive,
  decline: m.services_act_decline,
  unassign: m.services_act_unassign,
  stop: m.services_act_stop,
  resume: m.services_act_resume,
  extend: m.services_act_extend,
  withdraw: m.services_act_withdraw,
  remark: m.services_act_remark,
};

function titleOf(action: Action, around: Around): string {
  return PLAIN[action.kind]?.() ?? givingTitle(action, around) ?? dataTitle(action, around);
}

/** Moves that give the dossier to somebody. */
function givingTitle({ kind, data }: Action, { names }: Around): string | undefined {
  const name = (id: string | null) => (id && names.officials.get(id)?.fullName) || m.services_who_somebody();
  switch (kind) {
    case 'assign':
      return m.services_act_assign({ to: name(data.to) });
    case 'hand_over':
      return m.services_act_hand_over({ to: name(data.to) });
    case 'advance':
      return data.to ? m.services_act_advance_to({ to: name(data.to) }) : m.services_act_advance();
    case 'send_back':
      return data.to ? m.services_act_send_back_to({ to: name(data.to) }) : m.services_act_send_back();
    default:
      return undefined;
  }
}

function dataTitle({ kind, data }: Action, { locale, paper }: Around): string {
  const list = (codes: readonly string[]) => codes.map(paper).join('; ');
  const money = (amount: string) => formatMoney(BigInt(amount), locale);
  const time = (iso: string) => formatDateTime(new Date(iso), locale);
  switch (kind) {
    case 'file':
      return `${m.services_act_file()} (${CHANNEL_WORDS[data.channel]().toLocaleLowerCase(locale)})`;
    case 'digitise':
      return m.services_act_digitise({ papers: list(data.papers) });
    case 'request_supplement':
      return m.services_act_request_supplement({ papers: list(data.papers) });
    case 'supplement':
      return m.services_act_supplement({ papers: list(data.papers) });
    case 'request_payment':
      return m.services_act_request_payment({ amount: money(data.amount) });
    case 'collect_fee':
      return m.services_act_collect_fee({ amount: money(data.amount), receipt: data.receipt });
    case 'consult':
      return m.services_act_consult({ agency: data.agency });
    case 'consulted':
      return m.services_act_consulted({ agency: data.agency });
    case 'apologise':
      return m.services_act_apologise({ due: time(data.due) });
    case 'recalculate':
      return m.services_act_recalculate({ before: time(data.before), after: time(data.after) });
    case 'decide':
      return DECIDED[data.outcome]({ number: data.number });
    case 'return':
      return RETURNED[data.way]();
    default:
      return kind;
  }
}

const DECIDED = { granted: m.services_act_decide_granted, refused: m.services_act_decide_refused };
const RETURNED = {
  counter: m.services_act_return_counter,
  electronic: m.services_act_return_electronic,
  post: m.services_act_return_post,
};

/** The words that were written with the move: reason, note, question, legal ground. */
function noteOf({ kind, data }: Action, { locale }: Around): string {
  const lines: (string | undefined)[] = [];
  if ('note' in data) lines.push(data.note);
  if ('reason' in data) lines.push(data.reason);
  if ('text' in data) lines.push(data.text);
  if ('question' in data) lines.push(data.question);
  if ('answer' in data) lines.push(data.answer);
  if ('legal' in data && data.legal) lines.push(m.services_act_legal({ legal: data.legal }));
  if (kind === 'recalculate' && data.letter) lines.push(m.services_act_letter({ letter: data.letter }));
  if (kind === 'request_supplement' && data.by)
    lines.push(m.services_act_by({ day: formatDateTime(new Date(data.by), locale) }));
  if (kind === 'return' && data.to) lines.push(m.services_act_to_whom({ to: data.to }));
  return lines.filter(Boolean).join('\n');
}
