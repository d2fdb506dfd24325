/** Reading and writing households for the verbs of this folder, which ask for the right themselves. */
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { refuseField } from '#kernel/input';
import type { ChangeKind, Member, Place, Relation } from './household.ts';

/** Where a change came from; one source changes the register once. */
export type Source = { kind: string; id: string; label?: string | undefined };

/** What every verb of the register may be told besides. */
export type ChangeOptions = {
  /** Made by the sender: the same id again changes nothing. */
  clientId?: string | undefined;
  source?: Source | undefined;
};

export type Loaded = {
  id: string;
  number: string;
  /** The number in the list that the household came from. */
  listNumber: string | null;
  openedOn: LocalDate;
  closedOn: LocalDate | null;
  headToConfirm: boolean;
  demo: boolean;
  /** Where it lives now, or lived last. */
  place: Place;
  /** Rows that have not ended. */
  members: readonly Member[];
};

/** A household with its open rows; locked, so that two writers come one after the other. */
export async function findHousehold(
  ctx: Ctx,
  id: string,
  { lock = false } = {},
): Promise<Loaded | undefined> {
  if (!isId(id)) return undefined;
  let asked = ctx.db
    .selectFrom('registry_household')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  if (lock) asked = asked.forUpdate();
  const row = await asked.executeTakeFirst();
  if (!row) return undefined;
  const place = await ctx.db
    .selectFrom('registry_household_place')
    .select(['hamlet_id', 'address'])
    .where('commune_id', '=', ctx.commune.id)
    .where('household_id', '=', id)
    .where('until_day', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id,
    number: row.number,
    listNumber: row.list_number,
    openedOn: localDate(row.opened_on),
    closedOn: row.closed_on === null ? null : localDate(row.closed_on),
    headToConfirm: row.head_to_confirm,
    demo: row.demo,
    place: { hamletId: place.hamlet_id, address: place.address },
    members: await openMembers(ctx, 'household_id', id),
  };
}

/** The open row of a person, if he belongs to a household now. */
export async function membershipOf(ctx: Ctx, residentId: string): Promise<Member | undefined> {
  return isId(residentId) ? (await openMembers(ctx, 'resident_id', residentId))[0] : undefined;
}

async function openMembers(ctx: Ctx, column: 'household_id' | 'resident_id', id: string): Promise<Member[]> {
  const rows = await ctx.db
    .selectFrom('registry_member')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where(column, '=', id)
    .where('left_on', 'is', null)
    .where('merge_id', 'is', null)
    .orderBy('joined_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    householdId: row.household_id,
    residentId: row.resident_id,
    relation: row.relation as Relation,
    joinedOn: localDate(row.joined_on),
    leftOn: null,
  }));
}

/** What rights look at. */
export function householdThing(id: string | undefined, household: Loaded | undefined): Thing {
  return { kind: 'household', ...(id && { id }), hamlet_id: household?.place.hamletId ?? null };
}

/** Whether this sender's change, or this source's, is in the book already. @returns its row */
export async function wasRecorded(
  ctx: Ctx,
  { clientId, source }: ChangeOptions,
): Promise<{ householdId: string | null; residentId: string | null } | undefined> {
  if (!clientId && !source) return undefined;
  const row = await ctx.db
    .selectFrom('registry_change')
    .select(['household_id', 'resident_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where((eb) =>
      eb.or([
        ...(clientId ? [eb('client_id', '=', clientId)] : []),
        ...(source ? [eb.and([eb('source_kind', '=', source.kind), eb('source_id', '=', source.id)])] : []),
      ]),
    )
    .executeTakeFirst();
  return row && { householdId: row.household_id, residentId: row.resident_id };
}

export type NewChange = {
  day: LocalDate;
  kind: ChangeKind;
  householdId?: string | null;
  residentId?: string | null;
  data?: Record<string, unknown>;
};

/** Writes into the book. Sender and source stand at the first change of an act. */
export async function writeChanges(
  ctx: Ctx,
  changes: readonly NewChange[],
  { clientId, source }: ChangeOptions = {},
): Promise<void> {
  if (changes.length === 0) return;
  await ctx.db
    .insertInto('registry_change')
    .values(
      changes.map(({ day, kind, householdId, residentId, data = {} }, at) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        day,
        kind,
        household_id: householdId ?? null,
        resident_id: residentId ?? null,
        data: JSON.stringify(source?.label ? { ...data, source: source.label } : data),
        recorded_at: ctx.now,
        recorded_by: actorId(ctx.actor),
        source_kind: at === 0 && source ? source.kind : null,
        source_id: at === 0 && source ? source.id : null,
        client_id: at === 0 ? (clientId ?? null) : null,
      })),
    )
    .execute()
    .catch((thrown: { code?: string }) => {
      // The same form or event in two requests at once: the other one did it.
      throw thrown.code === '23505' ? new AppError('registry.change.sent_twice', 409) : thrown;
    });
}

/** @throws AppError `input.invalid` for a day that has not come */
export function mustNotBeAhead(ctx: Ctx, day: LocalDate, field = 'on'): void {
  if (day > localDateOf(ctx.now)) refuseField(field, 'registry.resident.in_future');
}

/**
 * Runs writes that a constraint of the register may refuse: another writer was quicker, or the days overlap
 * with what the person did before.
 * @throws AppError `registry.household.elsewhere`, `registry.household.second_head` (409)
 */
export async function held<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const { code, constraint } = thrown as { code?: string; constraint?: string };
    if (code === '23P01' && constraint === 'registry_member_one_household')
      throw new AppError('registry.household.elsewhere', 409);
    if (code === '23P01' && constraint === 'registry_member_one_head')
      throw new AppError('registry.household.second_head', 409);
    if (code === '23505' && constraint?.startsWith('registry_household')) {
      const taken = 'registry.household.number_taken';
      throw new AppError(taken, 409, {}, { number: taken });
    }
    throw thrown;
  }
}

/** The next household number of the commune: five digits. */
export async function nextNumber(ctx: Ctx, count = 1): Promise<number> {
  const row = await ctx.db
    .insertInto('registry_counter')
    .values({ commune_id: ctx.commune.id, name: 'household', last: count })
    .onConflict((conflict) =>
      conflict
        .columns(['commune_id', 'name'])
        .doUpdateSet((eb) => ({ last: eb('registry_counter.last', '+', count) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last - count + 1;
}

/** `142` → `00142`. */
export function numberText(number: number): string {
  return String(number).padStart(5, '0');
}
