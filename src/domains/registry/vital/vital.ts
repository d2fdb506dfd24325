/** Births and deaths as other rooms tell of them. Pure. */
import type { Relation } from '../household/household.ts';

/** Somebody as a form names him. */
export type NamedPerson = {
  name: string;
  birthDate: string | null;
  nationalId: string | null;
};

export type VitalNotice =
  | { kind: 'birth'; child: { name: string; birthDate: string; sex: string | null }; parents: NamedPerson[] }
  | { kind: 'death'; deceased: NamedPerson; on: string };

/** What a newborn is to the head, when it is known what the parent is. */
export function relationOfChild(parent: Relation): Exclude<Relation, 'head'> {
  if (parent === 'head' || parent === 'spouse') return 'child';
  return parent === 'child' || parent === 'child_in_law' ? 'grandchild' : 'relative';
}
