/** What happened to a task, in plain words with who and when. */
import { m } from '#i18n/messages';
import { formatDateTime, formatIso, type Locale } from '#kernel/format';
import type { TimelineEntry } from '#ui/types.ts';
import type { TaskAction } from './task.ts';

type Names = ReadonlyMap<string, string>;

/** The whole course with its comments, oldest first. */
export function taskTimeline(actions: readonly TaskAction[], names: Names, locale: Locale): TimelineEntry[] {
  return actions.map((action, at) => ({
    title: titleOf(action, names),
    when: formatDateTime(action.at, locale),
    datetime: formatIso(action.at),
    who:
      (action.officialId && names.get(action.officialId)) ||
      (action.actorId.startsWith('system:') ? m.office_system() : undefined),
    note: noteOf(action, locale),
    state: at === actions.length - 1 && !['close', 'cancel'].includes(action.kind) ? 'now' : 'done',
  }));
}

const PLAIN = {
  accept: m.office_task_act_accept,
  report: m.office_task_act_report,
  send_back: m.office_task_act_send_back,
  close: m.office_task_act_close,
  cancel: m.office_task_act_cancel,
  postpone: m.office_task_act_postpone,
  comment: m.office_task_act_comment,
  remind: m.office_act_remind,
  escalate: m.office_act_escalate,
  recalculate: m.office_act_recalculate,
};

function titleOf({ kind, data }: TaskAction, names: Names): string {
  const name = (id: string) => names.get(id) ?? '…';
  switch (kind) {
    case 'give':
      return m.office_task_act_give({ to: name(data.assignee) });
    case 'progress':
      return m.office_task_act_progress({ percent: String(data.percent) });
    case 'hand_over':
      return m.office_task_act_hand_over({ to: name(data.to) });
    case 'involve':
      return m.office_task_act_involve({ names: data.with.map(name).join(', ') || '–' });
    case 'attach':
      return m.office_act_attach({ names: data.names.join(', ') });
    default:
      return PLAIN[kind]();
  }
}

function noteOf({ kind, data }: TaskAction, locale: Locale): string | undefined {
  const lines: (string | null | undefined)[] = [];
  if ((kind === 'give' || kind === 'postpone' || kind === 'recalculate') && data.due)
    lines.push(m.office_note_due({ due: formatDateTime(new Date(data.due), locale) }));
  if ('note' in data) lines.push(data.note);
  if ('letter' in data) lines.push(data.letter);
  return lines.filter(Boolean).join('\n') || undefined;
}
