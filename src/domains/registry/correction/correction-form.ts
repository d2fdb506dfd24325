/** The questions of a request for correction. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import { sexOptions } from '../resident-form.ts';
import type { Correctable } from './correction.ts';

/** @param accept what a browser offers to choose from */
export function correctionQuestions(field: Correctable, accept: string): Question[] {
  const wanted = { name: 'wanted', label: m.registry_correction_wanted() };
  return [
    field === 'sex'
      ? { ...wanted, kind: 'list', options: sexOptions() }
      : { ...wanted, kind: 'line', ...LINES[field] },
    {
      kind: 'text',
      name: 'reason',
      label: m.registry_correction_reason(),
      help: m.registry_correction_reason_help(),
      rows: 3,
    },
    {
      kind: 'files',
      name: 'paper',
      label: m.registry_correction_paper(),
      optional: true,
      accept,
      rules: m.registry_file_rules(),
    },
  ];
}

const LINES: Record<Exclude<Correctable, 'sex'>, { type?: 'date' | 'tel'; size?: 'middle' }> = {
  fullName: {},
  birthDate: { type: 'date' },
  nationalId: { size: 'middle' },
  phone: { type: 'tel', size: 'middle' },
  address: {},
};
