/** Office hours as dated settings: a new decision begins on a day and holds until the next one. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { emit } from '#kernel/events';
import { newId } from '#kernel/ids';
import { checked, Day, line, optional, refuseField } from '#kernel/input';
import { makeCalendar, type OfficeHours, type Week } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { listOfficeHours } from './office-calendar.ts';
import { bumpVersion } from './version.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'commune.hours.bad_time');
const DayOfWeek = z.enum(['1', '2', '3', '4', '5', '6', '7']);
/** ISO weekday → stretches of open and close, in order. */
const WeekInput = z.partialRecord(
  DayOfWeek,
  z.array(z.tuple([TimeOfDay, TimeOfDay])).max(4, 'input.too_big'),
);

export const NewOfficeHours = z.object({
  from: Day,
  work: WeekInput,
  /** When the desk receives people, where that differs. */
  desk: optional(WeekInput).optional(),
  /** The decision that sets the hours. */
  source: line(300),
  verified: z.boolean().default(false),
});
export type NewOfficeHours = z.input<typeof NewOfficeHours>;

/**
 * Sets the hours from a day on; a setting that begins on the same day is replaced. Deadlines from that day
 * on are told to be computed anew.
 * @throws AppError `input.invalid`: hours that overlap, run backwards, or leave no working day in the week
 */
export async function setOfficeHours(ctx: Ctx, input: NewOfficeHours): Promise<void> {
  allow(ctx, 'commune.calendar.edit', { kind: 'office_hours', id: input.from });
  const hours = checked(NewOfficeHours, input);
  const setting = { ...hours, work: hours.work as Week, desk: (hours.desk ?? undefined) as Week | undefined };
  refuseImpossible(setting);
  const values = {
    week: JSON.stringify(hours.work),
    desk: hours.desk ? JSON.stringify(hours.desk) : null,
    source: hours.source,
    verified: hours.verified,
  };
  await ctx.db
    .insertInto('commune_office_hours')
    .values({ commune_id: ctx.commune.id, id: newId(ctx.now), valid_from: hours.from, ...values })
    .onConflict((conflict) => conflict.columns(['commune_id', 'valid_from']).doUpdateSet(values))
    .execute();
  await tellChange(ctx, hours.from);
}

/** Takes a setting out: the one before it holds on. @throws AppError `commune.hours.not_found`, `commune.hours.last` */
export async function removeOfficeHours(ctx: Ctx, from: string): Promise<void> {
  allow(ctx, 'commune.calendar.edit', { kind: 'office_hours', id: from }, { removed: from });
  const { day } = checked(z.object({ day: Day }), { day: from });
  const settings = await listOfficeHours(ctx);
  if (!settings.some((setting) => setting.from === day)) throw new AppError('commune.hours.not_found', 404);
  if (settings.length === 1) throw new AppError('commune.hours.last', 409);
  await ctx.db
    .deleteFrom('commune_office_hours')
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_from', '=', day)
    .execute();
  await tellChange(ctx, day);
}

/** The engine knows what hours are possible: it is asked before anything is written. */
function refuseImpossible(setting: OfficeHours): void {
  try {
    makeCalendar({ days: [], hours: [setting] });
  } catch {
    refuseField('work', 'commune.hours.impossible');
  }
}

async function tellChange(ctx: Ctx, from: string): Promise<void> {
  await bumpVersion(ctx, 'calendar');
  await emit(ctx, 'commune.calendar.changed', { days: [], from, until: null });
}
