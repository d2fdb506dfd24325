/**
 * A commune's list of people, read as a whole: which rows are people, who makes a household, what is wrong in which
 * cell. Pure: what the register knows is asked afterwards.
 */
import { foldText } from '#kernel/text';
import type { LocalDate } from '#kernel/time';
import type { Relation } from '../household/household.ts';
import {
  cellText,
  readBirth,
  readId,
  readName,
  readPhoneCell,
  readRelation,
  readSex,
  type Birth,
  type Note,
  type Problem,
  type Read,
} from './cells.ts';
import type { Cell, Columns, Field } from './columns.ts';

/** Something about one cell: a problem keeps the row out, a note does not. */
export type Finding = {
  /** The column (from 0); null where the row as a whole is meant. */
  column: number | null;
  code: Problem | Note;
  note: boolean;
  /** For the words: what stands there, another row. */
  params?: Record<string, string>;
};

export type Person = {
  name: string;
  relation: Relation | null;
  birth: Birth | null;
  sex: 'male' | 'female' | null;
  nationalId: string | null;
  phone: string | null;
  hamletId: string | null;
  address: string | null;
  household: string;
};

export type Line = {
  /** As the spreadsheet counts: from 1. */
  row: number;
  person: Person;
  findings: Finding[];
  /** Rows of one household have one number, counted from 0 in the order of the list. */
  group: number;
};

export type Question = {
  /** Rows from the first one below the heads; `row` as the spreadsheet counts. */
  rows: readonly { row: number; cells: readonly Cell[] }[];
  columns: Columns;
  today: LocalDate;
  /** The hamlet of rows that name none. */
  hamletId: string | null;
  /** The hamlet that a text names. */
  hamletOf: (text: string) => string | null;
};

/** The list's people, in its order. Titles, numbers of columns, sums and empty rows are left out. */
export function readList({ rows, columns, today, hamletId, hamletOf }: Question): Line[] {
  const at = (field: Field): number | null => {
    const found = Object.entries(columns).find(([, one]) => one === field);
    return found ? Number(found[0]) : null;
  };
  const where = Object.fromEntries(ALL.map((field) => [field, at(field)])) as Record<Field, number | null>;
  const lines: Line[] = [];
  const state = { hamletId, hamletText: '', household: '', group: -1, lastKey: '' };
  for (const { row, cells } of rows) {
    const filled = cells.filter((cell) => cellText(cell) !== '');
    if (filled.length === 0 || isNumbering(filled) || isSum(filled)) continue;
    if (filled.length === 1) {
      // "Xóm Khe Cốc" alone in a row: the hamlet of what follows.
      const named = hamletOf(cellText(filled[0]));
      if (named !== null) {
        state.hamletId = named;
        state.household = '';
        continue;
      }
    }
    const cell = (field: Field) => (where[field] === null ? undefined : cells[where[field]]);
    const findings: Finding[] = [];
    const person = readPerson(cell, where, findings, today);
    person.hamletId = readHamlet(cell('hamlet'), where.hamlet, findings, state, hamletOf);
    const number = cellText(cell('household'));
    if (number !== '') state.household = number;
    person.household = state.household;
    if (startsHousehold(person, number, state, where)) {
      state.group += 1;
      state.lastKey = keyOf(person);
    }
    lines.push({ row, person, findings, group: state.group });
  }
  findInside(lines, where);
  return lines;
}

const ALL: readonly Field[] = [
  'hamlet',
  'household',
  'full_name',
  'relation',
  'birth_date',
  'sex',
  'national_id',
  'phone',
  'address',
];

type Where = Record<Field, number | null>;
type State = { hamletId: string | null; household: string; group: number; lastKey: string };

/**
 * With a column of household numbers the number begins a household (of its hamlet); without one every head does.
 * The very first person begins one in any case.
 */
function startsHousehold(person: Person, number: string, state: State, where: Where): boolean {
  if (state.group < 0) return true;
  if (where.household === null) return person.relation === 'head';
  return number !== '' && keyOf(person) !== state.lastKey;
}

function keyOf({ household, hamletId }: Person): string {
  return `${hamletId ?? ''}/${household}`;
}

/** The row "(1) (2) (3)" under the heads of official forms. */
function isNumbering(filled: readonly Cell[]): boolean {
  return (
    filled.length > 2 && filled.every((cell, at) => cellText(cell).replace(/[()]/g, '') === String(at + 1))
  );
}

function isSum(filled: readonly Cell[]): boolean {
  return /^(tong|cong)( cong| so)?\b/.test(foldText(cellText(filled[0]))) && filled.length <= 5;
}

function readPerson(
  cell: (field: Field) => Cell | undefined,
  where: Where,
  findings: Finding[],
  today: LocalDate,
): Person {
  const take = <T>(field: Field, read: Read<T>, otherwise: T): T => {
    const column = where[field];
    if ('problem' in read) {
      const stands = cellText(cell(field)).slice(0, 60);
      findings.push({ column, code: read.problem, note: false, ...(stands && { params: { stands } }) });
      return otherwise;
    }
    if (read.note) findings.push({ column, code: read.note, note: true });
    return read.value;
  };
  const name = take('full_name', readName(cell('full_name')), '');
  const relation = take('relation', readRelation(cell('relation')), null);
  const birth = take('birth_date', readBirth(cell('birth_date'), today), null);
  const sex = take('sex', readSex(cell('sex')), null);
  const nationalId = take('national_id', readId(cell('national_id'), { sex, birth }), null);
  const phone = take('phone', readPhoneCell(cell('phone')), null);
  const address = cellText(cell('address')).slice(0, 200) || null;
  return { name, relation, birth, sex, nationalId, phone, address, hamletId: null, household: '' };
}

function readHamlet(
  cell: Cell | undefined,
  column: number | null,
  findings: Finding[],
  state: State,
  hamletOf: (text: string) => string | null,
): string | null {
  const text = cellText(cell);
  const named = text === '' ? state.hamletId : hamletOf(text);
  if (named === null) {
    const code = text === '' ? 'missing_hamlet' : 'unknown_hamlet';
    findings.push({ column, code, note: false, ...(text && { params: { stands: text.slice(0, 60) } }) });
  } else if (text !== '') state.hamletId = named;
  return named;
}

/** What only the list as a whole shows: two heads in one house, one person twice, a house without a head. */
function findInside(lines: readonly Line[], where: Where): void {
  const ids = new Map<string, number>();
  const people = new Map<string, number>();
  for (const line of lines) {
    const { nationalId, name, birth } = line.person;
    const again = nationalId === null ? undefined : ids.get(nationalId);
    const key = birth && name ? `${line.group}/${foldText(name)}/${birth.day}` : '';
    const twice = again ?? (key ? people.get(key) : undefined);
    if (twice !== undefined) {
      const column = again === undefined ? where.full_name : where.national_id;
      line.findings.push({ column, code: 'twice_in_list', note: false, params: { row: String(twice) } });
    }
    if (nationalId !== null && again === undefined) ids.set(nationalId, line.row);
    if (key && !people.has(key)) people.set(key, line.row);
  }
  for (const house of Map.groupBy(lines, ({ group }) => group).values()) findHead(house, where);
}

function findHead(house: readonly Line[], where: Where): void {
  const heads = house.filter(({ person }) => person.relation === 'head');
  const [first, ...more] = heads;
  for (const line of more) {
    const params = { row: String(first!.row) };
    line.findings.push({ column: where.relation, code: 'second_head', note: false, params });
  }
  for (const line of house) line.person.relation ??= 'relative';
  if (!first) {
    house[0]!.findings.push({ column: where.relation, code: 'no_head', note: false });
    return leaveOut(house.slice(1), house[0]!);
  }
  if (isFaulty(first)) {
    leaveOut(
      house.filter((line) => line !== first),
      first,
    );
  }
}

/** Without its head nobody of a household comes in. */
function leaveOut(lines: readonly Line[], head: Line): void {
  for (const line of lines) {
    if (isFaulty(line)) continue;
    line.findings.push({
      column: null,
      code: 'head_left_out',
      note: false,
      params: { row: String(head.row) },
    });
  }
}

export function isFaulty({ findings }: Pick<Line, 'findings'>): boolean {
  return findings.some(({ note }) => !note);
}
