/** Titles and leads of the forms of a document's moves. */
import { m } from '#i18n/messages';
import type { FormMove } from './moves.ts';

export const MOVE_TITLES: Record<FormMove, () => string> = {
  route: m.office_document_move_route,
  finish: m.office_document_move_finish,
  sign: m.office_document_move_sign,
  issue: m.office_document_move_issue,
  submit: m.office_document_move_submit,
  send_back: m.office_document_move_send_back,
  edit: m.office_document_move_edit,
  correct: m.office_document_move_correct,
  dispatch: m.office_document_move_dispatch,
  reopen: m.office_document_move_reopen,
  remark: m.office_document_move_remark,
  discard: m.office_document_move_discard,
};

/** One sentence where the title does not say it all. */
export const MOVE_LEADS: Partial<Record<FormMove, () => string>> = {
  sign: m.office_document_lead_sign,
  issue: m.office_document_lead_issue,
  finish: m.office_document_lead_finish,
};
