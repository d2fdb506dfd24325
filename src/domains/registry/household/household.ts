/** A household: who belongs to it as what, who may follow its head. Pure. */
import type { LocalDate } from '#kernel/time';

/** What a member is to the head of the household; the last one is no relative. */
export const RELATIONS = [
  'head',
  'spouse',
  'child',
  'parent',
  'grandparent',
  'grandchild',
  'sibling',
  'child_in_law',
  'parent_in_law',
  'relative',
  'unrelated',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What can happen to households and people; the kinds of the register's book. */
export const CHANGE_KINDS = [
  'opened',
  'entered',
  'joined',
  'moved_in',
  'birth',
  'death',
  'moved_out',
  'moved_within',
  'head_changed',
  'place_changed',
  'closed',
  'merged',
  'unmerged',
  'corrected',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One row of membership. It holds from `joinedOn` up to the day before `leftOn`. */
export type Member = {
  id: string;
  householdId: string;
  residentId: string;
  relation: Relation;
  joinedOn: LocalDate;
  leftOn: LocalDate | null;
};

export type Place = { hamletId: string; address: string | null };

/** Who could follow a head: what is known of the members that stay. */
export type Candidate = { residentId: string; relation: Relation; birthDate: LocalDate | null };

/** Whether a row holds at the end of that day. */
export function holdsOn(row: Pick<Member, 'joinedOn' | 'leftOn'>, day: LocalDate): boolean {
  return row.joinedOn <= day && (row.leftOn === null || row.leftOn > day);
}

/** What somebody is to the new head, when it is known what both were to the old one. */
export function relationTo(newHead: Relation, other: Relation): Relation {
  if (newHead === 'head' || other === 'unrelated' || newHead === 'unrelated') return other;
  return KINSHIP[newHead]?.[other] ?? 'relative';
}

/** By what the new head was to the old one: what everybody else becomes. */
const KINSHIP: Partial<Record<Relation, Partial<Record<Relation, Relation>>>> = {
  spouse: {
    head: 'spouse',
    child: 'child',
    child_in_law: 'child_in_law',
    grandchild: 'grandchild',
    parent: 'parent_in_law',
    parent_in_law: 'parent',
  },
  child: {
    head: 'parent',
    spouse: 'parent',
    parent: 'grandparent',
    parent_in_law: 'grandparent',
    child: 'sibling',
    child_in_law: 'spouse',
    grandchild: 'child',
  },
  parent: {
    head: 'child',
    spouse: 'child_in_law',
    parent: 'spouse',
    child: 'grandchild',
    sibling: 'child',
    grandparent: 'parent',
  },
  sibling: { head: 'sibling', parent: 'parent', sibling: 'sibling', grandparent: 'grandparent' },
  grandchild: { head: 'grandparent', spouse: 'grandparent', child: 'parent', grandchild: 'sibling' },
};

const SUCCESSION: readonly Relation[] = ['spouse', 'child', 'child_in_law', 'parent', 'sibling'];
const GROWN_YEARS = 18;

/**
 * Who is put in as head where an event named nobody: a grown member, the spouse before children before
 * parents, the eldest of them; where all are minors the eldest. A clerk has to look at it afterwards.
 */
export function successorOf(members: readonly Candidate[], on: LocalDate): Candidate | undefined {
  const grownSince = `${Number(on.slice(0, 4)) - GROWN_YEARS}${on.slice(4)}`;
  const rank = ({ relation, birthDate }: Candidate): number => {
    const grown = birthDate === null || birthDate <= grownSince;
    const place = SUCCESSION.indexOf(relation);
    return (grown ? 0 : 100) + (place < 0 ? SUCCESSION.length : place);
  };
  return members.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.birthDate ?? '9999').localeCompare(b.birthDate ?? '9999') ||
      a.residentId.localeCompare(b.residentId),
  )[0];
}
