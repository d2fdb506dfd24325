/** Words for documents: states, kinds of actions, ways of sending. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import { officeTone } from '../tone.ts';
import type { Label } from '../words.ts';
import type { DispatchWay, DocumentState } from './document.ts';
import { DOCUMENT_TYPES, documentType } from './kinds.ts';
import type { DocumentView } from './document.queries.ts';

const STATE_WORDS: Record<DocumentState, () => string> = {
  registered: m.office_document_state_registered,
  routed: m.office_document_state_routed,
  done: m.office_document_state_done,
  draft: m.office_document_state_draft,
  submitted: m.office_document_state_submitted,
  signed: m.office_document_state_signed,
  issued: m.office_document_state_issued,
  discarded: m.office_document_state_discarded,
};

export function stateLabel(state: DocumentState): Label {
  return { label: STATE_WORDS[state](), ...officeTone(state) };
}

export function stateWords(state: DocumentState): string {
  return STATE_WORDS[state]();
}

export const VIEW_WORDS: Record<DocumentView, () => string> = {
  mine: m.office_document_view_mine,
  in: m.office_document_view_in,
  out: m.office_document_view_out,
  drafts: m.office_document_view_drafts,
  late: m.office_document_view_late,
};

export const WAY_WORDS: Record<DispatchWay, () => string> = {
  exchange: m.office_way_exchange,
  email: m.office_way_email,
  post: m.office_way_post,
  hand: m.office_way_hand,
};

export function typeName(code: string, locale: Locale): string {
  return documentType(code).name[locale];
}

export function typeOptions(locale: Locale): { value: string; label: string }[] {
  return DOCUMENT_TYPES.map(({ code, name }) => ({ value: code, label: name[locale] }));
}
