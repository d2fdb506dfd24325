/** What becomes of the rows of a list beside what the register knows. Pure. */
import { foldText } from '#kernel/text';
import type { LocalDate } from '#kernel/time';
import type { Problem } from './cells.ts';
import type { Columns, Field } from './columns.ts';
import { isFaulty, type Finding, type Line, type Person } from './read-list.ts';

/** Somebody of the register who may be meant by a row. */
export type Known = {
  id: string;
  name: string;
  birth: LocalDate | null;
  birthKnown: 'day' | 'year';
  sex: string | null;
  nationalId: string | null;
  phone: string | null;
  hamletId: string | null;
  deceased: boolean;
  /** The household he belongs to. */
  household: { id: string; number: string; isHead: boolean } | null;
  /** When he left his last household, where he belongs to none. */
  leftOn: LocalDate | null;
};

export type Settled = {
  line: Line;
  state: 'faulty' | 'new' | 'joins' | 'same';
  known: Known | null;
  /** The household that the row's people belong to; null for a new one. */
  householdId: string | null;
};

/** The words of a name in alphabetical order, as the database's `registry_name_key` has them. */
export function nameKey(name: string): string {
  return foldText(name).split(' ').sort().join(' ');
}

/** Finds whom a row means: by number, else by name and birth where no number speaks against it. */
export type Finder = (person: Person) => readonly Known[];

export function makeFinder(all: readonly Known[]): Finder {
  const byId = new Map(all.flatMap((one) => (one.nationalId ? [[one.nationalId, one] as const] : [])));
  const byName = Map.groupBy(all, (one) => nameKey(one.name));
  return ({ nationalId, name, birth, sex }) => {
    const same = nationalId === null ? undefined : byId.get(nationalId);
    if (same) return [same];
    if (birth === null) return [];
    return (byName.get(nameKey(name)) ?? []).filter(
      (one) =>
        one.birth === birth.day &&
        (one.nationalId === null || nationalId === null) &&
        (one.sex === null || sex === null || one.sex === sex),
    );
  };
}

/** Decides row by row; what the register says against a row is added to its findings. */
export function settle(lines: readonly Line[], find: Finder, columns: Columns): Settled[] {
  const where = (field: Field): number | null => {
    const found = Object.entries(columns).find(([, one]) => one === field);
    return found ? Number(found[0]) : null;
  };
  const taken = new Set<string>();
  return [...Map.groupBy(lines, ({ group }) => group).values()].flatMap((house) =>
    settleHouse(house, find, where, taken),
  );
}

type Where = (field: Field) => number | null;

function settleHouse(house: readonly Line[], find: Finder, where: Where, taken: Set<string>): Settled[] {
  const met = house.map((line) => ({ line, known: isFaulty(line) ? null : choose(line, find, where) }));
  const head = met.find(({ line }) => line.person.relation === 'head');
  const householdId = head?.known?.household?.id ?? mostCommon(met.map(({ known }) => known?.household?.id));
  const settled = met.map(({ line, known }): Settled => {
    if (!isFaulty(line)) object(line, known, householdId, where, taken);
    if (known && !isFaulty(line)) taken.add(known.id);
    const state = isFaulty(line) ? 'faulty' : known === null ? 'new' : known.household ? 'same' : 'joins';
    return { line, state, known, householdId };
  });
  const without = householdId === null && head && isFaulty(head.line);
  if (!without) return settled;
  return settled.map((one) => {
    if (one.state !== 'faulty') add(one.line, null, 'head_left_out', { row: String(head.line.row) });
    return { ...one, state: 'faulty' };
  });
}

function choose(line: Line, find: Finder, where: Where): Known | null {
  const found = find(line.person);
  if (found.length < 2) return found[0] ?? null;
  const here = found.filter((one) => one.hamletId === line.person.hamletId);
  if (here.length === 1) return here[0]!;
  add(line, where('full_name'), 'ambiguous', { count: String(found.length) });
  return null;
}

/** What the register says against the row. */
function object(
  line: Line,
  known: Known | null,
  householdId: string | null,
  where: Where,
  taken: ReadonlySet<string>,
): void {
  const { person } = line;
  const newHead = person.relation === 'head' && householdId !== null && !known?.household?.isHead;
  if (newHead) add(line, where('relation'), 'other_head');
  if (known === null) return;
  if (taken.has(known.id)) add(line, where('full_name'), 'twice_in_list', { row: '?' });
  if (known.deceased) add(line, where('full_name'), 'deceased');
  if (nameKey(known.name) !== nameKey(person.name)) add(line, where('national_id'), 'other_name');
  const birth = person.birth;
  if (birth && known.birth && !agrees(birth, known)) add(line, where('birth_date'), 'other_birth');
  if (known.household && known.household.id !== householdId)
    add(line, where('full_name'), 'lives_elsewhere', { number: known.household.number });
}

/** Where one of both knows only the year, the years must agree. */
function agrees(birth: NonNullable<Person['birth']>, known: Known): boolean {
  const yearOnly = birth.known === 'year' || known.birthKnown === 'year';
  return yearOnly ? birth.day.slice(0, 4) === known.birth!.slice(0, 4) : birth.day === known.birth;
}

function add(line: Line, column: number | null, code: Problem, params?: Finding['params']): void {
  line.findings.push({ column, code, note: false, ...(params && { params }) });
}

function mostCommon(ids: readonly (string | undefined)[]): string | null {
  const counted = Map.groupBy(
    ids.filter((id) => id !== undefined),
    (id) => id,
  );
  return [...counted].toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? null;
}
