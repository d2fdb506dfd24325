/** A criteria set as rows of a spreadsheet: one sheet, one row for each line, headings above what they hold. Pure. */
import type { SheetColumn } from '#kernel/documents/sheet';
import { levelOf } from '../edit.ts';
import type { Indicator, Objective, SetFile, Theme } from '../set.ts';
import {
  COLUMN_KEYS,
  COLUMNS,
  KIND_WORDS,
  LEVEL_WORDS,
  OPERATOR_WORDS,
  ruleWords,
  SCOPE_WORDS,
  YES_WORDS,
  type Column,
  type RowLevel,
} from './columns.ts';

export type Cells = Partial<Record<Column, string | number | null>>;

/** The columns as the spreadsheet's writer takes them. */
export const SET_COLUMNS: readonly SheetColumn<Cells>[] = COLUMN_KEYS.map((key) => ({
  label: COLUMNS[key].head,
  width: COLUMNS[key].width,
  ...kindOf(key),
  value: (row: Cells) => row[key],
}));

function kindOf(key: Column): Pick<SheetColumn<Cells>, 'kind' | 'digits'> {
  if (key === 'threshold' || key.startsWith('group')) return { kind: 'number', digits: 1 };
  return { kind: key === 'validFrom' || key === 'validTo' ? 'date' : 'text' };
}

/** The rows of a set: its head first. */
export function setRows(set: SetFile): Cells[] {
  return [
    headRow(set),
    ...set.themes.flatMap((theme) => [
      lineRow(theme),
      ...theme.objectives.flatMap((objective) => [lineRow(objective), ...objective.indicators.map(lineRow)]),
    ]),
  ];
}

/** The head of a set as one row. */
export function headRow(set: SetFile): Cells {
  return {
    ...heading('set', set.code, set.title, ruleWords(set.rule)),
    kind: SCOPE_WORDS[set.level][0],
    source: set.source,
    verified: yes(set.verified),
  };
}

/** A line of any level as one row. */
export function lineRow(line: Theme | Objective | Indicator): Cells {
  if ('kind' in line) return indicatorRow(line);
  return heading(levelOf(line), line.code, line.text, ruleWords(line.rule));
}

function heading(level: RowLevel, code: string, text: { vi: string; en: string }, rule: string): Cells {
  return { level: LEVEL_WORDS[level][0], code, textVi: text.vi, textEn: text.en, rule: rule || null };
}

function indicatorRow(one: Indicator): Cells {
  const { threshold } = one;
  const thresholds: Cells =
    typeof threshold === 'number'
      ? { threshold }
      : { group1: threshold['1'], group2: threshold['2'], group3: threshold['3'] };
  return {
    ...heading('indicator', one.code, one.text, ''),
    kind: KIND_WORDS[one.kind][0],
    unitVi: one.unit?.vi ?? null,
    unitEn: one.unit?.en ?? null,
    operator: OPERATOR_WORDS[one.operator][0],
    ...thresholds,
    formula: one.formula,
    evidenceVi: one.evidence.vi,
    evidenceEn: one.evidence.en,
    source: one.source,
    verified: yes(one.verified),
    validFrom: one.validFrom,
    validTo: one.validTo,
    owner: one.owner,
  };
}

function yes(is: boolean): string {
  return YES_WORDS[is ? 'yes' : 'no'][0];
}
