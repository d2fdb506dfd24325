/** What each move asks for on its form; the data that results is checked again by the move itself. */
import { m } from '#i18n/messages';
import type { MoveKind } from '../../dossier/moves.ts';

/** How a field is drawn and read. `officer`: an official of today; `papers`: papers of the procedure. */
export type FieldKind =
  | 'line'
  | 'words'
  | 'officer'
  | 'papers'
  | 'day'
  | 'money'
  | 'count'
  | 'way'
  | 'cash'
  | 'exemptions'
  | 'outcome'
  | 'medium'
  | 'file';

export type MoveField = {
  name: string;
  as: FieldKind;
  label: () => string;
  help?: () => string;
  optional?: boolean;
};

const note: MoveField = { name: 'note', as: 'words', label: m.services_ask_note, optional: true };
const reason: MoveField = { name: 'reason', as: 'words', label: m.services_ask_reason };
const legal: MoveField = {
  name: 'legal',
  as: 'line',
  label: m.services_ask_legal,
  help: m.services_ask_legal_hint,
};
const agency: MoveField = { name: 'agency', as: 'line', label: m.services_ask_agency };
const papers: MoveField = { name: 'papers', as: 'papers', label: m.services_ask_papers };
const until = (name: string): MoveField => ({
  name,
  as: 'day',
  label: m.services_ask_until,
  optional: true,
});
const officer: MoveField = { name: 'to', as: 'officer', label: m.services_ask_officer };
const next: MoveField = { name: 'to', as: 'officer', label: m.services_ask_officer_next, optional: true };
const reasonMaybe: MoveField = { ...reason, optional: true };

/** The moves that a dossier's page offers, in the order in which they are offered; `digitise` stands with its papers. */
export const MOVE_FIELDS = {
  receive: [note],
  assign: [officer],
  advance: [next, note],
  decide: [
    { name: 'outcome', as: 'outcome', label: m.services_ask_outcome },
    { name: 'medium', as: 'medium', label: m.services_ask_medium },
    {
      name: 'file',
      as: 'file',
      label: m.services_ask_result_file,
      help: m.services_ask_result_file_hint,
      optional: true,
    },
    {
      name: 'number',
      as: 'line',
      label: m.services_ask_number,
      help: m.services_ask_number_hint,
      optional: true,
    },
    { name: 'signer', as: 'officer', label: m.services_ask_signer },
    { name: 'reason', as: 'words', label: m.services_ask_refusal_reason, optional: true },
    { ...legal, optional: true },
  ],
  return: [
    { name: 'way', as: 'way', label: m.services_ask_way },
    { name: 'to', as: 'line', label: m.services_ask_to, optional: true },
  ],
  supplement: [papers],
  collect_fee: [
    { name: 'way', as: 'cash', label: m.services_ask_fee_way },
    { name: 'exemptions', as: 'exemptions', label: m.services_ask_exemptions, optional: true },
    { name: 'amount', as: 'money', label: m.services_ask_amount },
  ],
  resume: [note],
  request_supplement: [papers, reason, until('by')],
  request_payment: [{ name: 'amount', as: 'money', label: m.services_ask_amount }],
  consult: [agency, { name: 'question', as: 'words', label: m.services_ask_question }, until('until')],
  consulted: [agency, { name: 'answer', as: 'words', label: m.services_ask_answer }],
  apologise: [
    reason,
    { name: 'due', as: 'day', label: m.services_ask_new_day, help: m.services_ask_new_day_hint },
  ],
  extend: [reason],
  stop: [reason, legal],
  send_back: [{ ...next, label: m.services_ask_officer }, reason],
  hand_over: [officer, reason],
  unassign: [reason],
  decline: [reason, legal],
  withdraw: [reasonMaybe],
  remark: [{ name: 'text', as: 'words', label: m.services_ask_text }],
} satisfies Partial<Record<MoveKind, readonly MoveField[]>>;

export type FormMove = keyof typeof MOVE_FIELDS;
export const FORM_MOVES = Object.keys(MOVE_FIELDS) as FormMove[];

/** Whether that is a move with a form here. */
export function isFormMove(kind: string): kind is FormMove {
  return Object.hasOwn(MOVE_FIELDS, kind);
}

/** What the move is called on its form. */
export const MOVE_TITLES: Record<FormMove, () => string> = {
  receive: m.services_move_receive,
  assign: m.services_move_assign,
  advance: m.services_move_advance,
  decide: m.services_move_decide,
  return: m.services_move_return,
  supplement: m.services_move_supplement,
  collect_fee: m.services_move_collect_fee,
  resume: m.services_move_resume,
  request_supplement: m.services_move_request_supplement,
  request_payment: m.services_move_request_payment,
  consult: m.services_move_consult,
  consulted: m.services_move_consulted,
  apologise: m.services_move_apologise,
  extend: m.services_move_extend,
  stop: m.services_move_stop,
  send_back: m.services_move_send_back,
  hand_over: m.services_move_hand_over,
  unassign: m.services_move_unassign,
  decline: m.services_move_decline,
  withdraw: m.services_move_withdraw,
  remark: m.services_move_remark,
};

/** What has to be known before doing it. */
export const MOVE_LEADS: Partial<Record<FormMove, () => string>> = {
  receive: m.services_move_receive_lead,
  decline: m.services_move_decline_lead,
  request_supplement: m.services_move_request_supplement_lead,
  request_payment: m.services_move_request_payment_lead,
  stop: m.services_move_stop_lead,
  apologise: m.services_move_apologise_lead,
  decide: m.services_move_decide_lead,
  withdraw: m.services_move_withdraw_lead,
};
