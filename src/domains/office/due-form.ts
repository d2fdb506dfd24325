/** The two questions about a limit: a day, or a number of working days. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';

export function dueQuestions(): Question[] {
  return [
    {
      kind: 'line',
      type: 'date',
      name: 'due',
      label: m.office_due_day(),
      help: m.office_due_day_help(),
      optional: true,
    },
    {
      kind: 'line',
      name: 'dueDays',
      label: m.office_due_days(),
      help: m.office_due_days_help(),
      size: 'short',
      optional: true,
    },
  ];
}
