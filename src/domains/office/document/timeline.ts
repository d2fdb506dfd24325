/** What happened to a document, in plain words with who and when. */
import { m } from '#i18n/messages';
import { formatDateTime, formatIso, type Locale } from '#kernel/format';
import type { TimelineEntry } from '#ui/types.ts';
import type { DocumentAction } from './document.ts';
import { WAY_WORDS } from './words.ts';

type Names = ReadonlyMap<string, string>;

/** The whole course, oldest first. Read receipts stand with the people, not here. */
export function timelineOf(
  actions: readonly DocumentAction[],
  names: Names,
  locale: Locale,
): TimelineEntry[] {
  const told = actions.filter(({ kind }) => kind !== 'see');
  const ended = (kind: string) => ['finish', 'answer', 'issue', 'dispatch', 'discard'].includes(kind);
  return told.map((action, at) => ({
    title: titleOf(action, names),
    when: formatDateTime(action.at, locale),
    datetime: formatIso(action.at),
    who:
      (action.officialId && names.get(action.officialId)) ||
      (isSystem(action) ? m.office_system() : undefined),
    note: noteOf(action, names, locale),
    state: at === told.length - 1 && !ended(action.kind) ? 'now' : 'done',
  }));
}

function isSystem({ actorId }: DocumentAction): boolean {
  return actorId.startsWith('system:');
}

function titleOf({ kind, data }: DocumentAction, names: Names): string {
  switch (kind) {
    case 'register':
      return m.office_document_act_register({ number: `${data.number}/${data.year}` });
    case 'route':
      return m.office_document_act_route({ to: names.get(data.handler) ?? '…' });
    case 'answer':
      return m.office_document_act_answer({ symbol: data.symbol });
    case 'issue':
      return m.office_document_act_issue({ symbol: data.symbol });
    case 'dispatch':
      return m.office_document_act_dispatch({ way: WAY_WORDS[data.way]() });
    case 'attach':
      return m.office_act_attach({ names: data.names.join(', ') });
    default:
      return PLAIN[kind]();
  }
}

const PLAIN = {
  correct: m.office_document_act_correct,
  see: m.office_document_act_see,
  finish: m.office_document_act_finish,
  reopen: m.office_document_act_reopen,
  remark: m.office_document_act_remark,
  draft: m.office_document_act_draft,
  edit: m.office_document_act_edit,
  submit: m.office_document_act_submit,
  send_back: m.office_document_act_send_back,
  sign: m.office_document_act_sign,
  discard: m.office_document_act_discard,
  remind: m.office_act_remind,
  escalate: m.office_act_escalate,
  recalculate: m.office_act_recalculate,
};

function noteOf({ kind, data }: DocumentAction, names: Names, locale: Locale): string | undefined {
  const lines: (string | null | undefined)[] = [];
  if (kind === 'route') {
    const list = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? '…').join(', ');
    if (data.with.length > 0) lines.push(m.office_document_note_with({ names: list(data.with) }));
    if (data.informed.length > 0) lines.push(m.office_document_note_informed({ names: list(data.informed) }));
  }
  if ('due' in data && data.due)
    lines.push(m.office_note_due({ due: formatDateTime(new Date(data.due), locale) }));
  if ('note' in data) lines.push(data.note);
  if ('letter' in data) lines.push(data.letter);
  return lines.filter(Boolean).join('\n') || undefined;
}
