/** What becomes of two records when they are made one, and of it when that is taken back. Pure. */
import type { LocalDate } from '#kernel/time';
import type { Relation } from '../household/household.ts';

/** A row of membership, as far as a merge looks at it; `left` null while it holds. */
export type Row = {
  id: string;
  householdId: string;
  relation: Relation;
  joined: LocalDate;
  left: LocalDate | null;
};

/** Columns of the record that the kept one takes over where it has nothing. */
export const FILLED = ['birth_date', 'sex', 'national_id', 'phone', 'hamlet_id', 'address'] as const;
export type Filled = (typeof FILLED)[number];
export type Values = Record<Filled | 'birth_known', string | null>;

/** All that a merge changed; kept with it, read again when it is taken back. */
export type MergeChanges = {
  /** Column → before and after, in the kept record. */
  filled: Partial<Record<keyof Values, [before: string | null, after: string | null]>>;
  /** The number that the merged record gave away: a number stands in one record only. */
  gaveNumber: string | null;
  /** Rows of the merged record that are the kept one's now. */
  moved: string[];
  /** Rows of the merged record that rest: the kept one was in that household then. */
  resting: string[];
  /** Rows begun for days on which only the merged record belonged to the household. */
  begun: (Omit<Row, 'id'> & { id: string })[];
  /** Every row of the kept record when the merge was done: who changed them since has to take that back first. */
  after: string[];
};

export type RowPlan = Pick<MergeChanges, 'moved' | 'resting'> & { begun: Omit<Row, 'id'>[] };

/**
 * What becomes of the rows of the merged record.
 * @returns the plan, or why there is none: the records belonged to two households at one time, or the merged one
 *   was head where the kept one was not
 */
export function planRows(
  kept: readonly Row[],
  merged: readonly Row[],
): RowPlan | 'two_households' | 'is_head' {
  const plan: RowPlan = { moved: [], resting: [], begun: [] };
  for (const row of merged) {
    const over = kept.filter((one) => overlaps(one, row));
    if (over.length === 0) {
      plan.moved.push(row.id);
      continue;
    }
    if (over.some(({ householdId }) => householdId !== row.householdId)) return 'two_households';
    if (row.relation === 'head') return 'is_head';
    plan.resting.push(row.id);
    const first = over.map(({ joined }) => joined).toSorted()[0]!;
    if (row.joined < first) {
      const { householdId, relation, joined } = row;
      plan.begun.push({ householdId, relation, joined, left: first });
    }
  }
  return plan;
}

function overlaps(a: Row, b: Row): boolean {
  const holds = (row: Row) => row.left === null || row.left > row.joined;
  if (!holds(a) || !holds(b)) return false;
  return (a.left === null || a.left > b.joined) && (b.left === null || b.left > a.joined);
}

/** What the kept record takes over from the merged one: only what it does not know itself. */
export function fillFrom(kept: Values, merged: Values, movesHome: boolean): MergeChanges['filled'] {
  const filled: MergeChanges['filled'] = {};
  for (const column of FILLED) {
    const home = column === 'hamlet_id' || column === 'address';
    const takes = home && movesHome ? merged[column] !== kept[column] : kept[column] === null;
    if (takes && merged[column] !== null) filled[column] = [kept[column], merged[column]];
  }
  const exact = kept.birth_known === 'year' && merged.birth_known === 'day' && merged.birth_date !== null;
  if (exact) filled.birth_date = [kept.birth_date, merged.birth_date];
  if (filled.birth_date && kept.birth_known !== merged.birth_known)
    filled.birth_known = [kept.birth_known, merged.birth_known];
  return filled;
}

/** A row as one text: two readings of it can be compared. */
export function rowMark({ id, householdId, relation, joined, left }: Row): string {
  return [id, householdId, relation, joined, left ?? ''].join('/');
}
