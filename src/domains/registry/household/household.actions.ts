/** Opening a household, and what changes for the household as a whole: its head, its place. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { findHamlet } from '#domain/commune';
import { RELATIONS } from './household.ts';
import {
  findHousehold,
  held,
  householdThing,
  mustNotBeAhead,
  wasRecorded,
  writeChanges,
  type ChangeOptions,
} from './record.ts';
import { beginRows, mustBeLast, placePeople, putHead } from './rows.ts';
import { insertHousehold } from './insert.ts';
import { mustBeFree, personOf, type PersonRef } from './person.ts';

const NewHousehold = z.object({
  hamletId: Id,
  address: optional(line(200)).default(null),
  on: Day,
  listNumber: optional(line(30)).default(null),
  demo: z.boolean().default(false),
});
export type NewHousehold = z.input<typeof NewHousehold> & { head: PersonRef };

/**
 * Opens a household with its head.
 * @returns the household's id
 * @throws AppError `registry.household.elsewhere` (409) when the head belongs to another household
 */
export async function openHousehold(
  ctx: Ctx,
  { head, ...input }: NewHousehold,
  options: ChangeOptions = {},
): Promise<string> {
  allow(ctx, 'registry.household.edit', { kind: 'household', hamlet_id: input.hamletId });
  const before = await wasRecorded(ctx, options);
  if (before?.householdId) return before.householdId;
  const given = checked(NewHousehold, input);
  mustNotBeAhead(ctx, given.on);
  const place = { hamletId: given.hamletId, address: given.address };
  const residentId = await personOf(ctx, head, place);
  await mustBeFree(ctx, [residentId], given.on);
  const { id } = await insertHousehold(ctx, given, place);
  await held(beginRows(ctx, { id, place }, [{ residentId, relation: 'head' }], given.on));
  await writeChanges(ctx, [{ day: given.on, kind: 'opened', householdId: id, residentId }], options);
  return id;
}

const HeadChange = z.object({
  on: Day,
  headId: Id,
  relations: z.record(Id, z.enum(RELATIONS)).default({}),
});
export type HeadChange = z.input<typeof HeadChange>;

/**
 * Another member becomes head from a day on; also confirms the head that the program put in.
 * @throws AppError `registry.household.not_found`, `registry.household.bad_head`, `registry.household.before_last_change`
 */
export async function changeHead(
  ctx: Ctx,
  id: string,
  input: HeadChange,
  options: ChangeOptions = {},
): Promise<void> {
  const found = await findHousehold(ctx, id, { lock: true });
  allow(ctx, 'registry.household.edit', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  if (await wasRecorded(ctx, options)) return;
  const { on, headId, relations } = checked(HeadChange, input);
  mustNotBeAhead(ctx, on);
  const head = household.members.find(({ relation }) => relation === 'head');
  const next = household.members.find(({ residentId }) => residentId === headId);
  if (!head || !next) return refuseField('headId', 'registry.household.bad_head');
  await ctx.db
    .updateTable('registry_household')
    .set({ head_to_confirm: false })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  if (next.id === head.id) return;
  if (next.joinedOn > on || head.joinedOn > on) refuseField('on', 'registry.household.before_joined');
  await mustBeLast(ctx, id, on);
  await held(putHead(ctx, household.members, next, on, relations));
  await writeChanges(
    ctx,
    [
      {
        day: on,
        kind: 'head_changed',
        householdId: id,
        residentId: headId,
        data: { before: head.residentId },
      },
    ],
    options,
  );
}

const PlaceChange = z.object({ on: Day, hamletId: Id, address: optional(line(200)).default(null) });
export type PlaceChange = z.input<typeof PlaceChange>;

/**
 * The whole household moves within the commune, or its address is written otherwise.
 * @throws AppError `registry.household.not_found`, `registry.household.closed`, `registry.household.before_last_change`
 */
export async function changePlace(
  ctx: Ctx,
  id: string,
  input: PlaceChange,
  options: ChangeOptions = {},
): Promise<void> {
  const found = await findHousehold(ctx, id, { lock: true });
  allow(ctx, 'registry.household.edit', householdThing(id, found));
  const household = mustExist(found, 'registry.household');
  if (await wasRecorded(ctx, options)) return;
  const { on, hamletId, address } = checked(PlaceChange, input);
  allow(ctx, 'registry.household.edit', { kind: 'household', id, hamlet_id: hamletId });
  mustNotBeAhead(ctx, on);
  if (household.closedOn) refuse('registry.household.closed', 409);
  if (!(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
  const { numUpdatedRows } = await ctx.db
    .updateTable('registry_household_place')
    .set({ until_day: on })
    .where('commune_id', '=', ctx.commune.id)
    .where('household_id', '=', id)
    .where('until_day', 'is', null)
    .where('from_day', '<=', on)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) refuseField('on', 'registry.household.before_last_change');
  await ctx.db
    .insertInto('registry_household_place')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      household_id: id,
      hamlet_id: hamletId,
      address,
      from_day: on,
    })
    .execute();
  const place = { hamletId, address };
  await placePeople(
    ctx,
    household.members.map(({ residentId }) => residentId),
    place,
  );
  const data = { from: household.place, to: place };
  await writeChanges(ctx, [{ day: on, kind: 'place_changed', householdId: id, data }], options);
}
