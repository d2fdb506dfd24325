/** Entering many households at once: the demo, and lists that a commune brings along. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, parseLocalDate, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import { planAnew } from '../plan-anew.ts';
import { checkedResident, columnsOf, type ResidentInput } from '../resident.actions.ts';
import { RELATIONS, type ChangeKind, type Place, type Relation } from './household.ts';
import { held, nextNumber, numberText } from './record.ts';

/** Somebody new, or somebody whom the register knows and who belongs to no household. */
export type EnteredPerson = { relation: Relation; on?: string } & (
  { residentId: string } | { person: ResidentInput }
);

export type EnteredHousehold = {
  /** A household that is there: people join it. None: a new one, whose head is among the people. */
  householdId?: string | undefined;
  hamletId: string;
  address?: string | null;
  /** Since when it is in the register. */
  on: string;
  listNumber?: string | null;
  demo?: boolean;
  people: readonly EnteredPerson[];
};

/** What became of it, in the order in which it was given. */
export type EnteredResult = { householdId: string; residentIds: string[] };

const Household = z.object({
  householdId: optional(Id).default(null),
  hamletId: Id,
  address: optional(line(200)).default(null),
  on: Day,
  listNumber: optional(line(30)).default(null),
  demo: z.boolean().default(false),
});

type Row<T extends string> = Record<T, unknown>;
type Rows = {
  households: Row<'id' | 'number' | 'list_number' | 'opened_on' | 'demo'>[];
  places: Row<'id' | 'household_id' | 'hamlet_id' | 'address' | 'from_day'>[];
  residents: Row<string>[];
  moved: { id: string; hamlet_id: string; address: string | null }[];
  members: Row<'id' | 'household_id' | 'resident_id' | 'relation' | 'joined_on'>[];
  changes: { day: LocalDate; kind: ChangeKind; household_id: string; resident_id: string; data: string }[];
};

/**
 * Writes households with their people into the register, all or none. Who may is asked once; one line of the audit
 * record says how many came. The same rules hold as for one: one household for a person, one head for a household.
 * @throws AppError `input.invalid`, `registry.household.no_head`, `registry.household.second_head`,
 *   `registry.household.elsewhere`, `registry.resident.id_taken` (409)
 */
export async function enterHouseholds(
  ctx: Ctx,
  list: readonly EnteredHousehold[],
  { importId = null }: { importId?: string | null } = {},
): Promise<EnteredResult[]> {
  allow(ctx, 'registry.household.enter', { kind: 'household' }, { households: list.length, importId });
  await planAnew(ctx);
  const hamlets = new Set((await listHamlets(ctx, { on: 'ever' })).map(({ id }) => id));
  const fresh = list.filter(({ householdId }) => !householdId).length;
  let number = fresh > 0 ? await nextNumber(ctx, fresh) : 0;
  const existing = await existingHouseholds(ctx, list);
  const rows: Rows = { households: [], places: [], residents: [], moved: [], members: [], changes: [] };
  const results = list.map((one) => {
    const given = checked(Household, { ...one, people: undefined });
    if (!hamlets.has(given.hamletId)) refuseField('hamletId', 'input.unknown');
    if (given.on > localDateOf(ctx.now)) refuseField('on', 'registry.resident.in_future');
    if (given.householdId === null) mustHaveOneHead(one.people);
    given.on = startOf(given, one.people, existing);
    const householdId = given.householdId ?? newHousehold(ctx, rows, given, numberText(number++));
    return {
      householdId,
      residentIds: one.people.map((who) => newMember(ctx, rows, householdId, given, who)),
    };
  });
  await writeRows(ctx, rows, importId);
  return results;
}

/** Households that people are to join, locked: opened since when. @throws AppError `registry.household.closed` (409) */
async function existingHouseholds(
  ctx: Ctx,
  list: readonly EnteredHousehold[],
): Promise<ReadonlyMap<string, LocalDate>> {
  const ids = list.flatMap(({ householdId }) => householdId ?? []);
  const found = new Map<string, LocalDate>();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await ctx.db
      .selectFrom('registry_household')
      .select(['id', 'opened_on', 'closed_on'])
      .where('commune_id', '=', ctx.commune.id)
      .where('id', 'in', ids.slice(at, at + CHUNK))
      .orderBy('id')
      .forUpdate()
      .execute();
    if (rows.some((row) => row.closed_on !== null)) refuse('registry.household.closed', 409);
    for (const row of rows) found.set(row.id, localDate(row.opened_on));
  }
  if (ids.some((id) => !found.has(id))) throw new AppError('registry.household.not_found', 404);
  return found;
}

/** From when people may be in it: not before it was opened, a new one not before its head was born. */
function startOf(
  { on, householdId }: z.output<typeof Household>,
  people: readonly EnteredPerson[],
  existing: ReadonlyMap<string, LocalDate>,
): LocalDate {
  if (householdId !== null) return later(on, existing.get(householdId));
  const head = people.find(({ relation }) => relation === 'head')!;
  const birth = 'person' in head ? head.person.birthDate : null;
  return later(
    later(on, birth ? parseLocalDate(birth) : undefined),
    head.on ? parseLocalDate(head.on) : undefined,
  );
}

function later(day: LocalDate, other: LocalDate | undefined): LocalDate {
  return other !== undefined && other > day ? other : day;
}

function mustHaveOneHead(people: readonly EnteredPerson[]): void {
  const heads = people.filter(({ relation }) => relation === 'head').length;
  if (heads === 0) refuse('registry.household.no_head');
  if (heads > 1) refuse('registry.household.second_head');
}

function newHousehold(ctx: Ctx, rows: Rows, given: z.output<typeof Household>, number: string): string {
  const id = newId(ctx.now);
  rows.households.push({
    id,
    number,
    list_number: given.listNumber,
    opened_on: given.on,
    demo: given.demo,
  });
  rows.places.push({
    id: newId(ctx.now),
    household_id: id,
    hamlet_id: given.hamletId,
    address: given.address,
    from_day: given.on,
  });
  return id;
}

function newMember(
  ctx: Ctx,
  rows: Rows,
  householdId: string,
  given: z.output<typeof Household>,
  who: EnteredPerson,
): string {
  const relation = checked(z.enum(RELATIONS), who.relation);
  const place: Place = { hamletId: given.hamletId, address: given.address };
  const residentId = 'residentId' in who ? checked(Id, who.residentId) : newId(ctx.now);
  let on = who.on === undefined ? given.on : later(given.on, checked(Day, who.on));
  if ('person' in who) {
    const person = checkedResident({ ...who.person, ...place, demo: given.demo });
    // A child who was born after the household came into the register belongs to it from birth.
    if (person.birthDate !== null && person.birthDate > on) on = person.birthDate;
    if (on > localDateOf(ctx.now)) refuseField('birthDate', 'registry.resident.in_future');
    rows.residents.push({ id: residentId, created_at: ctx.now, demo: person.demo, ...columnsOf(person) });
  } else {
    rows.moved.push({ id: residentId, hamlet_id: place.hamletId, address: place.address });
  }
  rows.members.push({
    id: newId(ctx.now),
    household_id: householdId,
    resident_id: residentId,
    relation,
    joined_on: on,
  });
  const kind = relation === 'head' && given.householdId === null ? 'opened' : 'entered';
  rows.changes.push({
    day: on,
    kind,
    household_id: householdId,
    resident_id: residentId,
    data: JSON.stringify({ relation }),
  });
  return residentId;
}

const CHUNK = 400;

async function writeRows(ctx: Ctx, rows: Rows, importId: string | null): Promise<void> {
  const commune_id = ctx.commune.id;
  const insert = async (table: string, list: readonly object[]): Promise<void> => {
    for (let at = 0; at < list.length; at += CHUNK) {
      const values = list.slice(at, at + CHUNK).map((row) => ({ commune_id, ...row }));
      await ctx.db
        .insertInto(table as 'registry_member')
        .values(values as never)
        .execute();
    }
  };
  await insert('registry_household', rows.households);
  await insert('registry_household_place', rows.places);
  await insert('registry_resident', rows.residents).catch((thrown: { code?: string }) => {
    throw thrown.code === '23505' ? new AppError('registry.resident.id_taken', 409) : thrown;
  });
  for (const { id, hamlet_id, address } of rows.moved) {
    await ctx.db
      .updateTable('registry_resident')
      .set((eb) => ({ hamlet_id, address, version: eb('version', '+', 1) }))
      .where('commune_id', '=', commune_id)
      .where('id', '=', id)
      .execute();
  }
  await held(insert('registry_member', rows.members));
  const recorded = { recorded_at: ctx.now, recorded_by: actorId(ctx.actor) };
  await insert(
    'registry_change',
    rows.changes.map((change) => ({
      id: newId(ctx.now),
      ...change,
      ...recorded,
      ...(importId && { data: JSON.stringify({ ...(JSON.parse(change.data) as object), importId }) }),
    })),
  );
}
