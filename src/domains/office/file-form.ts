/** The question for files. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';

export function filesQuestion(name = 'files', label = m.office_files()): Question {
  return {
    kind: 'files',
    name,
    label,
    accept: '.pdf,.jpg,.jpeg,.png,.docx,.xlsx',
    multiple: true,
    rules: m.office_files_rules(),
    optional: true,
  };
}
