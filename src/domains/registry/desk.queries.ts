/** What the officials' pages of this room need to know of the reader. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere, may } from '#kernel/rights';

/** Which parts and forms the reader may use. @throws AppError 401, 403 for those who have no business here */
export async function openDesk(ctx: Ctx) {
  const desks = hamletsWhere(ctx, 'registry.desk.open');
  allow(ctx, 'registry.desk.open', { hamlet_id: desks === 'all' ? null : (desks[0] ?? null) });
  return {
    residents: somewhere(ctx, 'registry.resident.list'),
    writeResidents: may(ctx, 'registry.resident.edit'),
    writeConsents: may(ctx, 'registry.consent.give'),
    households: somewhere(ctx, 'registry.household.list'),
    writeHouseholds: may(ctx, 'registry.household.edit'),
    exportHouseholds: somewhere(ctx, 'registry.household.export'),
    duplicates: may(ctx, 'registry.duplicate.see'),
    stays: somewhere(ctx, 'registry.stay.list'),
    writeStays: may(ctx, 'registry.stay.record'),
    exportStays: somewhere(ctx, 'registry.stay.export'),
    support: somewhere(ctx, 'registry.support.see'),
    writeSupport: may(ctx, 'registry.support.record'),
    exportSupport: somewhere(ctx, 'registry.support.export'),
    vitals: may(ctx, 'registry.vital.see'),
    corrections: may(ctx, 'registry.correction.see'),
    imports: may(ctx, 'registry.import.run'),
    officials: may(ctx, 'registry.official.list'),
    writeOfficials: may(ctx, 'registry.official.edit'),
    duty: may(ctx, 'registry.duty.see'),
    planDuty: may(ctx, 'registry.duty.edit'),
    absences: may(ctx, 'registry.absence.list'),
    writeAbsences: may(ctx, 'registry.absence.edit'),
  };
}

/**
 * The hamlets of a list: the names of all that ever were, and those that its reader may choose.
 * @param right the one that the list asks for
 */
export async function hamletsOfList(ctx: Ctx, right: string) {
  const seen = hamletsWhere(ctx, right);
  allow(ctx, right, { hamlet_id: seen === 'all' ? null : (seen[0] ?? null) });
  const hamlets = await listHamlets(ctx, { on: 'ever' });
  return {
    names: new Map(hamlets.map(({ id, name }) => [id, name])),
    choices: hamlets
      .filter(({ id }) => seen === 'all' || seen.includes(id))
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** Whether the reader has the right in the whole commune or in any hamlet. */
function somewhere(ctx: Ctx, right: string): boolean {
  const hamlets = hamletsWhere(ctx, right);
  return hamlets === 'all' || hamlets.length > 0;
}
