import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { refuseField } from '#kernel/input';
import type { LocalDate } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import type { Place } from './household.ts';
import { nextNumber, numberText, type Loaded } from './record.ts';

/** A household's row and its place, without people: for verbs that have asked for the right. */
export async function insertHousehold(
  ctx: Ctx,
  given: { on: LocalDate; listNumber: string | null; demo: boolean },
  place: Place,
): Promise<Pick<Loaded, 'id' | 'place'>> {
  if (!(await findHamlet(ctx, place.hamletId))) refuseField('hamletId', 'input.unknown');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('registry_household')
    .values({
      commune_id: ctx.commune.id,
      id,
      number: numberText(await nextNumber(ctx)),
      list_number: given.listNumber,
      opened_on: given.on,
      demo: given.demo,
    })
    .execute();
  await ctx.db
    .insertInto('registry_household_place')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      household_id: id,
      hamlet_id: place.hamletId,
      address: place.address,
      from_day: given.on,
    })
    .execute();
  return { id, place };
}
