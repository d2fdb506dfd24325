/** Who stands at the counter: looked up by an exact number, never guessed. */
import { findResidentByNationalId, findResidentsByPhone, getResident, type Resident } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { readNationalId } from '#kernel/forms/formats';
import { isId } from '#kernel/ids';
import { homePhone } from '#kernel/phone';
import { allow } from '#kernel/rights';

/** Nobody asked for, nobody found, one person, or several who share a telephone. */
export type Found =
  | { kind: 'none' }
  | { kind: 'one'; resident: Resident }
  | { kind: 'several'; people: { id: string; label: string }[] };

/**
 * @param typed a whole personal number or telephone number
 * @param chosen one of several who share a number
 * @throws AppError `refused`, `registry.purpose_needed`
 */
export async function findPerson(ctx: Ctx, typed: string, chosen: string): Promise<Found> {
  allow(ctx, 'services.counter.open');
  if (isId(chosen)) return { kind: 'one', resident: await getResident(ctx, chosen) };
  if (readNationalId(typed) !== undefined) {
    const resident = await findResidentByNationalId(ctx, typed);
    return resident ? { kind: 'one', resident } : { kind: 'none' };
  }
  const people = await findResidentsByPhone(ctx, typed);
  if (people.length === 0) return { kind: 'none' };
  if (people.length === 1) return { kind: 'one', resident: await getResident(ctx, people[0]!.id) };
  return {
    kind: 'several',
    people: people.map(({ id, fullName, birthYear }) => ({
      id,
      label: [fullName, birthYear].filter(Boolean).join(', '),
    })),
  };
}

/** What the counter's own fields show of the person. */
export function applicantOf({ id, fullName, phone, hamletId }: Resident) {
  return { resident: id, name: fullName, phone: phone ? homePhone(phone) : '', hamlet: hamletId ?? '' };
}
