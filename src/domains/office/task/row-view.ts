/** A task as lists and boards show it. */
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/format';
import type { Urgency } from '../document/kinds.ts';
import { dueView, URGENCY_WORDS } from '../words.ts';
import type { TaskRow } from './task.queries.ts';
import { isOpenTask, type Source, type TaskState } from './task.ts';
import { SOURCE_WORDS, taskLabel, unitName } from './words.ts';

export type TaskAround = { names: ReadonlyMap<string, string>; soon: Date; now: Date; locale: Locale };

export function taskRow(row: TaskRow, { names, soon, now, locale }: TaskAround) {
  const state = row.state as TaskState;
  const urgency = row.urgency as Urgency;
  return {
    id: row.id,
    href: localizeHref(`/office/staff/tasks/${row.id}`),
    title: row.title,
    source: SOURCE_WORDS[row.source as Source['kind']](),
    assignee: names.get(row.assignee_id) ?? '…',
    unit: unitName(row.unit),
    giver: row.giver_id && (names.get(row.giver_id) ?? null),
    urgency: urgency === 'normal' ? null : URGENCY_WORDS[urgency](),
    column: state,
    state: taskLabel(state),
    progress: row.progress,
    due: dueView({ due: row.due_at, open: isOpenTask(state), now, soon }, locale),
  };
}
