/** Who a member is. Pure. */
import { searchText } from '../search-text.ts';

/** A household, a person, or, while neither is in the register, a name in a hamlet. */
export type MemberRef = {
  householdId?: string | null;
  residentId?: string | null;
  name?: string;
  hamletId?: string | null;
};

/** What tells one member from another: the same key is the same member. */
export function memberKey({ householdId, residentId, name = '', hamletId }: MemberRef): string {
  if (householdId) return `household:${householdId}`;
  if (residentId) return `resident:${residentId}`;
  return `name:${hamletId ?? ''}:${searchText(name)}`;
}
