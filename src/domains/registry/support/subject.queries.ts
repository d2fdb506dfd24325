/** Whose groups and aid are asked for, with what rights look at; for the verbs of this folder. */
import type { Ctx } from '#kernel/context';
import type { Thing } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { findHousehold, householdThing } from '../household/record.ts';
import { findResidentRow, thingOf } from '../resident.queries.ts';
import type { Subject } from './group.ts';

export type Found = {
  /** The record that holds the person now, where it was merged into another. */
  id: string;
  name: string;
  /** The first day of the household; nothing for a person. */
  opened: LocalDate | null;
  /** A household that was closed, a person who died. */
  ended: boolean;
};

/** Locked where something is about to be written, so that two writers come one after the other. */
export async function findSubject(
  ctx: Ctx,
  { kind, id }: Subject,
  { lock = false } = {},
): Promise<{ thing: Thing; found: Found | undefined }> {
  if (kind === 'household') {
    const household = await findHousehold(ctx, id, { lock });
    const found = household && {
      id,
      name: household.number,
      opened: household.openedOn,
      ended: household.closedOn !== null,
    };
    return { thing: householdThing(id, household), found };
  }
  const resident = await findResidentRow(ctx, id);
  const found = resident && {
    id: resident.id,
    name: resident.fullName,
    opened: null,
    ended: resident.deceasedOn !== null,
  };
  return { thing: thingOf(ctx, id, resident), found };
}
