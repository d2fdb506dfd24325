/** What happens to people of households: they come, are born, go, move to another one, die. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, type LocalDate } from '#kernel/time';
import { recordIds } from '../own/records.queries.ts';
import { findResidentRow, thingOf } from '../resident.queries.ts';
import type { ResidentInput } from '../resident.actions.ts';
import { RELATIONS, type ChangeKind } from './household.ts';
import { insertHousehold } from './insert.ts';
import { mustBeFree, personOf, type PersonRef } from './person.ts';
import {
  findHousehold,
  held,
  householdThing,
  membershipOf,
  mustNotBeAhead,
  wasRecorded,
  writeChanges,
  type ChangeOptions,
  type Loaded,
} from './record.ts';
import { endStanding } from './standing.ts';
import { beginRows, endRows, placePeople, type NewMember } from './rows.ts';

const Relation = z.enum(RELATIONS.filter((one) => one !== 'head'));
const Relations = z.record(Id, z.enum(RELATIONS)).default({});
const Joining = z.object({
  relation: Relation,
  on: Day,
  /** Where the person comes from; none for somebody who lived here before the register began. */
  from: optional(line(200)).default(null),
});
export type Joining = z.input<typeof Joining> & { who: PersonRef };

/**
 * Somebody joins a household: known to the register or new in the commune.
 * @returns the resident's id
 * @throws AppError `registry.household.not_found`, `registry.household.closed`, `registry.household.before_opened`,
 *   `registry.household.elsewhere` (409)
 */
export async function addMember(
  ctx: Ctx,
  id: string,
  { who, ...input }: Joining,
  options: ChangeOptions = {},
): Promise<string> {
  const found = await findHousehold(ctx, id, { lock: true });
  allow(ctx, 'registry.household.edit', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  const { relation, on, from } = checked(Joining, input);
  const kind = from === null ? 'joined' : 'moved_in';
  return join(ctx, household, { who, relation, on, kind, data: { relation, from } }, options);
}

/**
 * A child is born into a household: a new person, member from the day of birth.
 * @returns the child's id; of a birth that was recorded before the same
 * @throws AppError as {@link addMember}; `input.missing` without a day of birth
 */
export async function recordBirth(
  ctx: Ctx,
  id: string,
  { person, relation }: { person: ResidentInput; relation: z.input<typeof Relation> },
  options: ChangeOptions = {},
): Promise<string> {
  const found = await findHousehold(ctx, id, { lock: true });
  allow(ctx, 'registry.household.edit', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  const on = checked(z.object({ birthDate: Day }), { birthDate: person.birthDate ?? '' }).birthDate;
  const told = checked(Relation, relation);
  return join(
    ctx,
    household,
    { who: { person }, relation: told, on, kind: 'birth', data: { relation } },
    options,
  );
}

type Join = NewMemberOf & { on: LocalDate; kind: ChangeKind; data: Record<string, unknown> };
type NewMemberOf = Pick<NewMember, 'relation'> & { who: PersonRef };

async function join(ctx: Ctx, household: Loaded, joining: Join, options: ChangeOptions): Promise<string> {
  const before = await wasRecorded(ctx, options);
  if (before?.residentId) return before.residentId;
  const { who, relation, on, kind, data } = joining;
  mustNotBeAhead(ctx, on);
  if (household.closedOn) refuse('registry.household.closed', 409);
  if (on < household.openedOn) refuseField('on', 'registry.household.before_opened');
  const residentId = await personOf(ctx, who, household.place);
  await mustBeFree(ctx, [residentId], on);
  await held(beginRows(ctx, household, [{ residentId, relation }], on));
  await writeChanges(ctx, [{ day: on, kind, householdId: household.id, residentId, data }], options);
  return residentId;
}

const Leaving = z.object({
  residentIds: z.array(Id).min(1, 'registry.household.nobody').max(60),
  on: Day,
  newHeadId: optional(Id).default(null),
  relations: Relations,
});
const MovingOut = Leaving.extend({ to: line(200) });
export type MovingOut = z.input<typeof MovingOut>;

/**
 * Members move out of the commune.
 * @throws AppError `registry.household.not_found`, those of the rows (not_member, before_joined, bad_head …)
 */
export async function moveOut(
  ctx: Ctx,
  id: string,
  input: MovingOut,
  options: ChangeOptions = {},
): Promise<void> {
  const found = await findHousehold(ctx, id, { lock: true });
  allow(ctx, 'registry.household.edit', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  if (await wasRecorded(ctx, options)) return;
  const { residentIds, on, newHeadId, relations, to } = checked(MovingOut, input);
  mustNotBeAhead(ctx, on);
  const { closed } = await held(endRows(ctx, household, residentIds, on, successionOf(newHeadId, relations)));
  await placePeople(ctx, residentIds, null);
  await endStanding(ctx, residentIds, on);
  const kind = 'moved_out' as const;
  await writeChanges(
    ctx,
    [
      ...residentIds.map((residentId) => ({ day: on, kind, householdId: id, residentId, data: { to } })),
      ...(closed ? [{ day: on, kind: 'closed' as const, householdId: id }] : []),
    ],
    options,
  );
}

const MovingWithin = Leaving.extend({
  to: z.union([
    z.object({ householdId: Id }),
    z.object({ hamletId: Id, address: optional(line(200)).default(null), headId: Id }),
  ]),
  /** What each of them is to the head of the household that he comes to. */
  relationsThere: z.record(Id, Relation).default({}),
});
export type MovingWithin = z.input<typeof MovingWithin>;

/**
 * Members go to another household of the commune, or make one of their own (tách hộ).
 * @returns the household that they came to
 * @throws AppError as {@link moveOut}; `registry.household.closed`, `registry.household.before_opened`
 */
export async function moveWithin(
  ctx: Ctx,
  id: string,
  input: MovingWithin,
  options: ChangeOptions = {},
): Promise<string> {
  const { to } = input;
  const found = await lockBoth(ctx, id, 'householdId' in to ? to.householdId : null);
  allow(ctx, 'registry.household.edit', householdThing(id, found.get(id)));
  const household = mustExist(found.get(id), 'registry.household');
  const before = await wasRecorded(ctx, options);
  if (before) return before.householdId ?? id;
  const given = checked(MovingWithin, input);
  mustNotBeAhead(ctx, given.on);
  const target = 'householdId' in to ? found.get(to.householdId) : undefined;
  const hamletId = 'householdId' in to ? (target?.place.hamletId ?? null) : to.hamletId;
  allow(ctx, 'registry.household.edit', { kind: 'household', hamlet_id: hamletId });
  return moveBetween(ctx, household, given, target, options);
}

/** Both in one order, whichever way people move: two opposite moves do not wait for each other for ever. */
async function lockBoth(
  ctx: Ctx,
  id: string,
  other: string | null,
): Promise<ReadonlyMap<string, Loaded | undefined>> {
  const found = new Map<string, Loaded | undefined>();
  for (const one of [id, ...(other === null ? [] : [other])].toSorted())
    found.set(one, await findHousehold(ctx, one, { lock: true }));
  return found;
}

async function moveBetween(
  ctx: Ctx,
  household: Loaded,
  { residentIds, on, newHeadId, relations, to, relationsThere }: z.output<typeof MovingWithin>,
  known: Loaded | undefined,
  options: ChangeOptions,
): Promise<string> {
  if ('householdId' in to && (!known || known.id === household.id))
    refuseField('to', 'registry.household.not_found');
  if (known?.closedOn) refuse('registry.household.closed', 409);
  if (known && on < known.openedOn) refuseField('on', 'registry.household.before_opened');
  if ('headId' in to && !residentIds.includes(to.headId))
    refuseField('headId', 'registry.household.bad_head');
  const { closed } = await held(endRows(ctx, household, residentIds, on, successionOf(newHeadId, relations)));
  await mustBeFree(ctx, residentIds, on);
  const there =
    known ?? (await insertHousehold(ctx, { on, listNumber: null, demo: household.demo }, placeOf(to)));
  const headId = 'headId' in to ? to.headId : null;
  const people = residentIds
    .map((residentId): NewMember => {
      if (residentId === headId) return { residentId, relation: 'head' };
      return { residentId, relation: relationsThere[residentId] ?? 'relative' };
    })
    .toSorted((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head'));
  await held(beginRows(ctx, there, people, on));
  const kind = 'moved_within' as const;
  const data = { from: household.id, to: there.id };
  await writeChanges(
    ctx,
    [
      ...people.map(({ residentId, relation }) => {
        return { day: on, kind, householdId: there.id, residentId, data: { ...data, relation } };
      }),
      ...(known ? [] : [{ day: on, kind: 'opened' as const, householdId: there.id, residentId: headId }]),
      ...(closed ? [{ day: on, kind: 'closed' as const, householdId: household.id }] : []),
    ],
    options,
  );
  return there.id;
}

function placeOf(to: z.output<typeof MovingWithin>['to']) {
  if ('householdId' in to) throw new Error('a household that exists has its place');
  return { hamletId: to.hamletId, address: to.address };
}

function successionOf(newHeadId: string | null, relations: z.output<typeof Relations>) {
  return { newHeadId: newHeadId ?? undefined, relations };
}

const Death = z.object({ on: Day, newHeadId: optional(Id).default(null), relations: Relations });
export type Death = z.input<typeof Death>;

/**
 * Somebody died: the record says so, and where he belonged to a household his membership ends on that day.
 * @throws AppError `registry.resident.not_found`, `registry.resident.is_deceased` (409),
 *   `registry.resident.died_before_birth`, those of the rows
 */
export async function recordDeath(
  ctx: Ctx,
  residentId: string,
  input: Death,
  options: ChangeOptions = {},
): Promise<void> {
  const resident = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.household.edit', thingOf(ctx, residentId, resident));
  const { id, birthDate, deceasedOn } = mustExist(resident, 'registry.resident');
  if (await wasRecorded(ctx, options)) return;
  if (deceasedOn) refuse('registry.resident.is_deceased', 409);
  const { on, newHeadId, relations } = checked(Death, input);
  mustNotBeAhead(ctx, on);
  if (birthDate && on < birthDate) refuseField('on', 'registry.resident.died_before_birth');
  const membership = await membershipOf(ctx, id);
  const household = membership && (await findHousehold(ctx, membership.householdId, { lock: true }));
  const ended = household
    ? await held(endRows(ctx, household, [id], on, successionOf(newHeadId, relations)))
    : { closed: false };
  // The day of death still belongs to him.
  await endStanding(ctx, await recordIds(ctx, id), addDays(on, 1));
  await ctx.db
    .updateTable('registry_resident')
    .set((eb) => ({ deceased_on: on, version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  const householdId = household?.id ?? null;
  await writeChanges(
    ctx,
    [
      { day: on, kind: 'death', householdId, residentId: id },
      ...(ended.closed ? [{ day: on, kind: 'closed' as const, householdId }] : []),
    ],
    options,
  );
}
