/** Forms of the editor: the columns of the spreadsheet as questions. */
import { m } from '#i18n/messages';
import type { Question } from '#ui/form/short-form.ts';
import { AppError } from '#kernel/errors';
import type { Line } from './edit.ts';
import {
  COLUMNS,
  KIND_WORDS,
  OPERATOR_WORDS,
  SCOPE_WORDS,
  YES_WORDS,
  type Column,
  type RowLevel,
} from './exchange/columns.ts';
import type { Cells } from './exchange/write.ts';

/** Stops with the faults of a form. @throws AppError `input.invalid` (422) always */
export function refuseTyped(faults: Record<string, string>): never {
  throw new AppError('input.invalid', 422, {}, faults);
}

const OPTIONAL: readonly Column[] = [
  'textEn',
  'unitVi',
  'unitEn',
  'threshold',
  'group1',
  'group2',
  'group3',
  'formula',
  'evidenceEn',
  'validFrom',
  'validTo',
  'owner',
  'rule',
];
const LONG: readonly Column[] = ['textVi', 'textEn', 'formula', 'evidenceVi', 'evidenceEn', 'source'];

const CHOICES: Partial<Record<Column, Readonly<Record<string, readonly [string, ...string[]]>>>> = {
  operator: OPERATOR_WORDS,
  verified: YES_WORDS,
};

/** What is asked of a line of this level, with what stands in it now. */
export function questionsFor(level: Line['level'] | 'set', now: Cells = {}): Question[] {
  return (Object.keys(COLUMNS) as Column[])
    .filter((column) => column !== 'level' && (COLUMNS[column].for as readonly RowLevel[]).includes(level))
    .map((column) => question(column, level, now));
}

function question(column: Column, level: RowLevel, now: Cells): Question {
  const words = column === 'kind' ? (level === 'set' ? SCOPE_WORDS : KIND_WORDS) : CHOICES[column];
  const value = now[column];
  const common = {
    name: column,
    label: COLUMNS[column].head,
    value:
      value === null || value === undefined ? (column === 'verified' ? YES_WORDS.no[0] : '') : written(value),
    optional: OPTIONAL.includes(column),
    help:
      column === 'formula'
        ? m.criteria_formula_help()
        : column === 'rule'
          ? m.criteria_rule_help()
          : undefined,
  };
  if (words) {
    const options = Object.values(words).map(([word]) => ({ value: word, label: word }));
    return { ...common, kind: 'list', options };
  }
  if (column === 'validFrom' || column === 'validTo') return { ...common, kind: 'line', type: 'date' };
  return LONG.includes(column) ? { ...common, kind: 'text', rows: 2 } : { ...common, kind: 'line' };
}

function written(value: string | number): string {
  return typeof value === 'number' ? String(value).replace('.', ',') : value;
}
