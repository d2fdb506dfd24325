/** Beginning and ending rows of membership; the verbs of this folder decide which. */
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import { localDate, type LocalDate } from '#kernel/time';
import { relationTo, successorOf, type Member, type Place, type Relation } from './household.ts';
import type { Loaded } from './record.ts';
import { endStays, endSupports } from './standing.ts';

export type NewMember = { residentId: string; relation: Relation };

/** Who follows a head that goes, and what the others become to him. */
export type Succession = {
  newHeadId?: string | undefined;
  /** By resident; whoever is not named gets what follows from the old relations. */
  relations?: Readonly<Record<string, Relation>> | undefined;
};

/** Puts people into a household from a day on and takes its place over into their records. */
export async function beginRows(
  ctx: Ctx,
  household: Pick<Loaded, 'id' | 'place'>,
  people: readonly NewMember[],
  on: LocalDate,
): Promise<void> {
  if (people.length === 0) return;
  // The head first: the constraint on one head is asked row by row.
  await ctx.db
    .insertInto('registry_member')
    .values(
      people.map(({ residentId, relation }) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        household_id: household.id,
        resident_id: residentId,
        relation,
        joined_on: on,
      })),
    )
    .execute();
  const ids = people.map(({ residentId }) => residentId);
  await placePeople(ctx, ids, household.place);
  // Who belongs to a household of the commune is no guest in it any more.
  await endStays(ctx, ids, on, ['residence']);
}

/** Where people live, as their records say it. */
export async function placePeople(ctx: Ctx, ids: readonly string[], place: Place | null): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .updateTable('registry_resident')
    .set((eb) => ({
      hamlet_id: place?.hamletId ?? null,
      address: place?.address ?? null,
      version: eb('version', '+', 1),
    }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', 'in', [...ids])
    .execute();
}

/**
 * Takes people out of a household. Where the head goes somebody follows: the one named, else the one the program
 * puts in (`head_to_confirm`); where all go the household is closed.
 * @throws AppError `registry.household.not_member`, `registry.household.before_joined`,
 *   `registry.household.before_last_change`, `registry.household.bad_head`
 */
export async function endRows(
  ctx: Ctx,
  household: Loaded,
  leaving: readonly string[],
  on: LocalDate,
  succession: Succession = {},
): Promise<{ closed: boolean; newHeadId: string | null }> {
  const gone = household.members.filter(({ residentId }) => leaving.includes(residentId));
  if (gone.length < new Set(leaving).size || gone.length === 0) refuse('registry.household.not_member', 409);
  if (gone.some(({ joinedOn }) => joinedOn > on)) refuseField('on', 'registry.household.before_joined');
  const staying = household.members.filter((row) => !gone.includes(row));
  const headGoes = gone.some(({ relation }) => relation === 'head');
  if (headGoes) await mustBeLast(ctx, household.id, on);
  await endAt(ctx, gone, on);
  if (staying.length === 0) {
    await closeHousehold(ctx, household.id, on);
    return { closed: true, newHeadId: null };
  }
  if (!headGoes) return { closed: false, newHeadId: null };
  const newHead = await chooseHead(ctx, staying, on, succession.newHeadId);
  await putHead(ctx, staying, newHead, on, succession.relations);
  await confirmHeadLater(ctx, household.id, succession.newHeadId === undefined);
  return { closed: false, newHeadId: newHead.residentId };
}

/** The named one, if he may; else the one who follows by rule. */
async function chooseHead(
  ctx: Ctx,
  staying: readonly Member[],
  on: LocalDate,
  named: string | undefined,
): Promise<Member> {
  const there = staying.filter(({ joinedOn }) => joinedOn <= on);
  if (named !== undefined) {
    const found = there.find(({ residentId }) => residentId === named);
    return found ?? refuseField('newHeadId', 'registry.household.bad_head');
  }
  if (there.length === 0) return refuseField('on', 'registry.household.before_last_change');
  const births = await ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'birth_date'])
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'id',
      'in',
      there.map(({ residentId }) => residentId),
    )
    .execute();
  const born = new Map(births.map((row) => [row.id, row.birth_date]));
  const next = successorOf(
    there.map(({ residentId, relation }) => {
      const birth = born.get(residentId);
      return { residentId, relation, birthDate: birth ? localDate(birth) : null };
    }),
    on,
  )!;
  return there.find(({ residentId }) => residentId === next.residentId)!;
}

/**
 * Makes somebody head from a day on; everybody's relation is told anew. Rows that began earlier end on that day
 * and go on with the new relation; the old head's row comes first, so that there are never two.
 */
export async function putHead(
  ctx: Ctx,
  rows: readonly Member[],
  newHead: Member,
  on: LocalDate,
  given: Readonly<Record<string, Relation>> = {},
): Promise<void> {
  const told = rows.map((row) => {
    if (row.id === newHead.id) return { row, relation: 'head' as const };
    const chosen = given[row.residentId];
    const relation = chosen && chosen !== 'head' ? chosen : relationTo(newHead.relation, row.relation);
    return { row, relation: relation === 'head' ? ('relative' as const) : relation };
  });
  const changed = told
    .filter(({ row, relation }) => row.relation !== relation)
    .toSorted((a, b) => Number(a.relation === 'head') - Number(b.relation === 'head'));
  for (const { row, relation } of changed) {
    if (row.joinedOn >= on) {
      await ctx.db
        .updateTable('registry_member')
        .set({ relation })
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', row.id)
        .execute();
      continue;
    }
    await endAt(ctx, [row], on);
    await ctx.db
      .insertInto('registry_member')
      .values({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        household_id: row.householdId,
        resident_id: row.residentId,
        relation,
        joined_on: on,
      })
      .execute();
  }
}

async function endAt(ctx: Ctx, rows: readonly Member[], on: LocalDate): Promise<void> {
  await ctx.db
    .updateTable('registry_member')
    .set({ left_on: on })
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
}

/**
 * A change of the head must not reach back behind what happened later: whoever left after that day would have
 * been without a head.
 */
export async function mustBeLast(ctx: Ctx, householdId: string, on: LocalDate): Promise<void> {
  const later = await ctx.db
    .selectFrom('registry_member')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('household_id', '=', householdId)
    .where('left_on', '>', on)
    .limit(1)
    .executeTakeFirst();
  if (later) refuseField('on', 'registry.household.before_last_change');
}

async function closeHousehold(ctx: Ctx, id: string, on: LocalDate): Promise<void> {
  await ctx.db
    .updateTable('registry_household')
    .set({ closed_on: on, head_to_confirm: false })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await endSupports(ctx, 'household_id', [id], on);
}

async function confirmHeadLater(ctx: Ctx, id: string, later: boolean): Promise<void> {
  await ctx.db
    .updateTable('registry_household')
    .set({ head_to_confirm: later })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
