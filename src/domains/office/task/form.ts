/** The questions about tasks. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import { dueQuestions } from '../due-form.ts';
import { urgencyOptions } from '../words.ts';
import type { TaskFormMove } from './moves.ts';

type Option = { value: string; label: string };

export function newTaskQuestions(officials: readonly Option[], title?: string): Question[] {
  return [
    { kind: 'line', name: 'title', label: m.office_task_title(), value: title },
    { kind: 'text', name: 'detail', label: m.office_task_detail(), rows: 5, optional: true },
    { kind: 'list', name: 'assignee', label: m.office_task_assignee(), options: officials },
    { kind: 'several', name: 'with', label: m.office_task_with(), options: officials, optional: true },
    ...dueQuestions(),
    { kind: 'list', name: 'urgency', label: m.office_urgency(), options: urgencyOptions(), value: 'normal' },
  ];
}

/** What a move's form asks; moves without questions are a button. */
export function taskMoveQuestions(
  kind: TaskFormMove,
  officials: readonly Option[],
  now: { progress: number; with: readonly string[] },
): Question[] {
  switch (kind) {
    case 'accept':
      return [];
    case 'progress':
      return [
        {
          kind: 'line',
          name: 'percent',
          label: m.office_task_percent(),
          size: 'short',
          value: String(now.progress),
        },
        note(true),
      ];
    case 'hand_over':
      return [{ kind: 'list', name: 'to', label: m.office_task_to(), options: officials }, note(true)];
    case 'involve':
      return [
        {
          kind: 'several',
          name: 'with',
          label: m.office_task_with(),
          options: officials,
          value: now.with.join(','),
        },
      ];
    case 'postpone':
      return [...dueQuestions(), note(false, m.office_task_reason())];
    case 'close':
      return [note(true)];
    default:
      return [note(false)];
  }
}

function note(optional: boolean, label = m.office_note()): Question {
  return { kind: 'text', name: 'note', label, rows: 3, optional };
}
