/** The questions for files. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';

export function filesQuestion(name = 'files', label = m.office_files()): Question {
  return {
    ...common(name, label),
    accept: '.pdf,.jpg,.jpeg,.png,.docx,.xlsx',
    rules: m.office_files_rules(),
  };
}

/** The question for scans: pictures and PDFs. */
export function scansQuestion(): Question {
  return {
    ...common('scans', m.office_batch_scans()),
    accept: '.pdf,.jpg,.jpeg,.png',
    rules: m.office_batch_rules(),
  };
}

function common(name: string, label: string) {
  return { kind: 'files', name, label, multiple: true, optional: true } as const;
}
