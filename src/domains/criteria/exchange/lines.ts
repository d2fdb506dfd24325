/** One row of a set: its head, a heading or an indicator, every mistake told by its cell. The editor's forms are read alike. Pure. */
import { issueCode } from '#kernel/input';
import type { Line as SetLine } from '../edit.ts';
import type { Rule } from '../rollup.ts';
import { HeadInput, HeadingInput, IndicatorInput, type Indicator } from '../set.ts';
import { dayIn, numberIn, rowOf, textIn, type CellFault, type Row } from './cells.ts';
import {
  COLUMN_KEYS,
  KIND_WORDS,
  OPERATOR_WORDS,
  readRule,
  SCOPE_WORDS,
  wordIn,
  YES_WORDS,
  type Column,
  type RowLevel,
} from './columns.ts';

export type Heading = { code: string; text: { vi: string; en: string } | undefined; rule: Rule | undefined };
export type Line = Omit<Partial<Indicator>, 'code'> & { code: string };

type Typed = Readonly<Record<string, string>>;
type Read<T> = { read: T; faults: Record<string, never> } | { read: null; faults: Record<string, string> };

/** A line as a form sends it, by the columns of the spreadsheet; faults by column. */
export function readLine(level: SetLine['level'], typed: Typed): Read<SetLine> {
  return readForm(level, typed, (row) =>
    level === 'indicator'
      ? ({ level, line: IndicatorInput.safeParse(lineOf(row)).data } as SetLine)
      : ({ level, line: HeadingInput.safeParse(headingOf(row)).data } as SetLine),
  );
}

/** The head of a set as a form sends it; faults by column. */
export function readHead(typed: Typed): Read<ReturnType<typeof HeadInput.parse>> {
  return readForm('set', typed, (row) => HeadInput.safeParse(headOf(row)).data!);
}

function readForm<T>(level: RowLevel, typed: Typed, read: (row: Row) => T): Read<T> {
  const faults: CellFault[] = [];
  const at = new Map(COLUMN_KEYS.map((key, place) => [key, place]));
  const row = rowOf(
    COLUMN_KEYS.map((key) => typed[key] ?? null),
    1,
    level,
    at,
    faults,
  );
  const told: Record<string, string> = {};
  const found = read({
    ...row,
    fault: (column, code) => {
      told[column] ??= code;
      return undefined;
    },
  });
  return Object.keys(told).length === 0 ? { read: found, faults: {} } : { read: null, faults: told };
}

/** The head of a set from its row. */
export function headOf(row: Row) {
  const level = wordIn(SCOPE_WORDS, row.said('kind'));
  if (!level) row.fault('kind', 'criteria.sheet.scope');
  const { code, text: title, rule } = headingOf(row, false);
  const head = {
    code,
    title,
    level,
    rule,
    source: row.said('source') || row.fault('source', 'input.missing'),
    verified: yesIn(row),
  };
  look(row, HeadInput, head);
  return head;
}

/** A theme or objective from its row. */
export function headingOf(row: Row, alone = true): Heading {
  const rule = readRule(row.said('rule'));
  if (!rule) row.fault('rule', 'criteria.sheet.rule');
  const heading = { code: row.said('code'), text: textIn(row, 'textVi', 'textEn'), rule };
  if (alone) look(row, HeadingInput, heading);
  return heading;
}

/** An indicator from its row; what could not be read is told and left out. */
export function lineOf(row: Row): Line {
  const kind = wordIn(KIND_WORDS, row.said('kind'));
  if (!kind) row.fault('kind', row.said('kind') === '' ? 'input.missing' : 'criteria.sheet.kind');
  const comparison = row.said('operator');
  const operator = comparison === '' ? '>=' : wordIn(OPERATOR_WORDS, comparison);
  if (!operator) row.fault('operator', 'criteria.sheet.operator');
  const unit = row.said('unitVi');
  const line = {
    code: row.said('code'),
    text: textIn(row, 'textVi', 'textEn'),
    kind,
    unit: unit === '' ? null : { vi: unit, en: row.said('unitEn') || unit },
    operator,
    threshold: thresholdIn(row),
    formula: row.said('formula') || null,
    evidence: textIn(row, 'evidenceVi', 'evidenceEn'),
    source: row.said('source') || row.fault('source', 'input.missing'),
    verified: yesIn(row),
    validFrom: dayIn(row, 'validFrom'),
    validTo: dayIn(row, 'validTo'),
    owner: row.said('owner') || null,
  };
  look(row, IndicatorInput, line);
  return line as Line;
}

const GROUPS = ['group1', 'group2', 'group3'] as const;

function thresholdIn(row: Row): Indicator['threshold'] | undefined {
  const filled = GROUPS.filter((one) => row.said(one) !== '');
  if (filled.length === 0) {
    if (row.said('threshold') === '') return row.fault('threshold', 'input.missing');
    return numberIn(row, 'threshold');
  }
  if (row.said('threshold') !== '') return row.fault(filled[0]!, 'criteria.sheet.threshold_both');
  const missing = GROUPS.find((one) => !filled.includes(one));
  if (missing) return row.fault(missing, 'criteria.sheet.threshold_group');
  const [one, two, three] = GROUPS.map((group) => numberIn(row, group));
  if (one === undefined || two === undefined || three === undefined) return undefined;
  return { '1': one, '2': two, '3': three };
}

function yesIn(row: Row): boolean | undefined {
  const said = row.said('verified');
  const word = said === '' ? 'no' : wordIn(YES_WORDS, said);
  return word ? word === 'yes' : row.fault('verified', 'criteria.sheet.yes_no');
}

const COLUMN_OF: Record<string, Column> = {
  code: 'code',
  title: 'textVi',
  text: 'textVi',
  kind: 'kind',
  level: 'kind',
  unit: 'unitVi',
  operator: 'operator',
  threshold: 'threshold',
  formula: 'formula',
  evidence: 'evidenceVi',
  source: 'source',
  verified: 'verified',
  validFrom: 'validFrom',
  validTo: 'validTo',
  owner: 'owner',
  rule: 'rule',
};

type Schema = typeof HeadInput | typeof HeadingInput | typeof IndicatorInput;

/** What the schema says of one line; a cell that could not be read has been told already. */
function look(row: Row, schema: Schema, line: Record<string, unknown>): void {
  const read = schema.safeParse(line, { reportInput: true });
  for (const issue of read.error?.issues ?? []) {
    const [key = 'code', group] = issue.path.map(String);
    if (line[key] === undefined) continue;
    const grouped = key === 'threshold' && group ? (`group${group}` as Column) : null;
    row.fault(grouped ?? COLUMN_OF[key] ?? 'code', issueCode(issue));
  }
}
