import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, localDate, weekday, type LocalDate } from '#kernel/time';
import { absencesOn, weekOf } from './day.queries.ts';
import { inOffice } from './official.ts';
import { findOfficial } from './official.queries.ts';

export const NewDuty = z.object({
  officialId: Id,
  day: Day,
  /** Such as "ca sáng". */
  note: optional(line(100)).default(null),
});
export type NewDuty = z.input<typeof NewDuty>;

/**
 * Puts an official on the roster of a day; who is on it already stays, with the new note.
 * @throws AppError `input.invalid`: not in office, or away on that day
 */
export async function planDuty(ctx: Ctx, input: NewDuty): Promise<void> {
  allow(ctx, 'registry.duty.edit', { kind: 'duty' }, { official: input.officialId, day: input.day });
  const { officialId, day, note } = checked(NewDuty, input);
  const official = await findOfficial(ctx, officialId);
  if (!official || !inOffice(official, day)) refuseField('officialId', 'registry.official.not_in_office');
  if (await isAway(ctx, officialId, day)) refuseField('officialId', 'registry.duty.away');
  await ctx.db
    .insertInto('registry_duty')
    .values({ commune_id: ctx.commune.id, id: newId(ctx.now), official_id: officialId, day, note })
    .onConflict((conflict) => conflict.columns(['commune_id', 'day', 'official_id']).doUpdateSet({ note }))
    .execute();
}

/** Takes one entry off the roster. @throws AppError `registry.duty.not_found` (404) */
export async function removeDuty(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'registry.duty.edit', { kind: 'duty', id }, { removed: true });
  if (!isId(id)) throw new AppError('registry.duty.not_found', 404);
  const gone = await ctx.db
    .deleteFrom('registry_duty')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw new AppError('registry.duty.not_found', 404);
}

/**
 * Repeats the week before on the week that holds a day, leaving out who is away or no longer in office then.
 * @returns how many entries were made
 * @throws AppError `registry.duty.nothing_to_repeat` (409)
 */
export async function repeatDutyWeek(ctx: Ctx, day: string): Promise<number> {
  allow(ctx, 'registry.duty.edit', { kind: 'duty' }, { week: day });
  const date = checked(z.object({ day: Day }), { day }).day;
  const week = weekOf(date, weekday(date));
  const before = await ctx.db
    .selectFrom('registry_duty')
    .select(['official_id', 'day', 'note'])
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '>=', addDays(week[0]!, -7))
    .where('day', '<=', addDays(week[0]!, -1))
    .orderBy('id')
    .execute();
  let made = 0;
  for (const duty of before) {
    const on = addDays(localDate(duty.day), 7);
    const official = await findOfficial(ctx, duty.official_id);
    if (!official || !inOffice(official, on) || (await isAway(ctx, official.id, on))) continue;
    await planDuty(ctx, { officialId: official.id, day: on, note: duty.note });
    made += 1;
  }
  if (made === 0) throw new AppError('registry.duty.nothing_to_repeat', 409);
  return made;
}

async function isAway(ctx: Ctx, officialId: string, day: LocalDate): Promise<boolean> {
  return (await absencesOn(ctx, day)).some((one) => one.officialId === officialId);
}
