/** Days off and worked swap days, entered by letter: deadlines that rest on them are computed anew. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { emit } from '#kernel/events';
import { checked, Day, line, optional, refuseField } from '#kernel/input';
import type { CalendarDay } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { Mark } from '#kernel/source';
import { weekday, yearOf, type LocalDate } from '#kernel/time';
import { loadHolidays } from './calendar.ts';
import { listSpecialDays } from './office-calendar.ts';
import { bumpVersion } from './version.ts';

/** A day as an official enters it, from the letter in hand. */
export const NewSpecialDay = z
  .object({
    date: Day,
    kind: z.enum(['off', 'worked']),
    name: z.object({ vi: line(200), en: line(200) }),
    /** The law, or the official letter with its number. */
    source: line(300),
    mark: Mark.default('MS'),
    /** True only when compared with the official text. */
    verified: z.boolean().default(false),
    /** The day of the letter. */
    decreedOn: optional(Day).optional(),
    /** For a worked day: the day off it stands for. */
    swapFor: optional(Day).optional(),
  })
  .refine((day) => day.kind === 'off' || weekday(day.date) > 5, {
    message: 'commune.special_day.only_weekend_worked',
    path: ['date'],
  })
  .refine((day) => !day.swapFor || day.kind === 'worked', {
    message: 'commune.special_day.only_worked_swaps',
    path: ['swapFor'],
  })
  .refine((day) => !day.verified || day.mark === 'F', {
    message: 'commune.special_day.verified_needs_text',
    path: ['verified'],
  });
export type NewSpecialDay = z.input<typeof NewSpecialDay>;
type Checked = z.output<typeof NewSpecialDay>;

/** {@link recordSpecialDays} for one day. */
export async function recordSpecialDay(ctx: Ctx, day: NewSpecialDay): Promise<LocalDate[]> {
  allow(ctx, 'commune.calendar.edit', { kind: 'special_day' }, { dates: [day.date] });
  return enter(ctx, [checked(NewSpecialDay, day)]);
}

/**
 * Enters days off and worked days together, as one letter decrees them; a day that is already there is
 * replaced. Where the working time changes, `commune.calendar.changed` tells the rooms that keep deadlines.
 * @returns the days whose working time changed
 * @throws AppError `input.invalid`: no such date, a worked day that is no weekend, a year out of reach
 */
export async function recordSpecialDays(ctx: Ctx, days: readonly NewSpecialDay[]): Promise<LocalDate[]> {
  allow(ctx, 'commune.calendar.edit', { kind: 'special_day' }, { dates: days.map((day) => day.date) });
  return enter(ctx, checked(z.array(NewSpecialDay).max(400, 'input.too_big'), days));
}

/** Takes a day out again. @throws AppError `commune.special_day.not_found` (404) */
export async function removeSpecialDay(ctx: Ctx, date: string): Promise<void> {
  allow(ctx, 'commune.calendar.edit', { kind: 'special_day', id: date }, { removed: date });
  const day = checked(z.object({ date: Day }), { date }).date;
  const gone = await ctx.db
    .deleteFrom('commune_special_day')
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '=', day)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) throw new AppError('commune.special_day.not_found', 404);
  await tellChange(ctx, [day]);
}

/**
 * Adds the days of the program's national catalogue that the commune does not have yet: at the beginning,
 * and when a new version brings a new year. What people entered stays as it is.
 * @returns the days added
 */
export async function adoptNationalDays(ctx: Ctx): Promise<LocalDate[]> {
  allow(ctx, 'commune.calendar.edit', { kind: 'special_day' }, { national: true });
  const known = new Set((await listSpecialDays(ctx)).map((day) => day.date));
  const missing = loadHolidays().filter((day) => !known.has(day.date));
  return enter(ctx, missing);
}

async function enter(ctx: Ctx, days: readonly (Checked | CalendarDay)[]): Promise<LocalDate[]> {
  const before = new Map((await listSpecialDays(ctx)).map((day) => [day.date, day]));
  const entered = new Map<LocalDate, Checked | CalendarDay>();
  for (const day of days) {
    if (Math.abs(yearOf(day.date) - ctx.now.getUTCFullYear()) > 30) refuseField('date', 'input.out_of_range');
    if (entered.has(day.date)) refuseField('date', 'commune.special_day.twice');
    entered.set(day.date, day);
  }
  if (entered.size === 0) return [];
  await write(ctx, [...entered.values()]);
  const changed = [...entered.values()].filter((day) => {
    const old = before.get(day.date);
    return old?.kind !== day.kind || (old.swapFor ?? null) !== (day.swapFor ?? null);
  });
  await tellChange(ctx, changed.map((day) => day.date).sort());
  return changed.map((day) => day.date);
}

async function write(ctx: Ctx, days: readonly (Checked | CalendarDay)[]): Promise<void> {
  const rows = days.map((day) => ({
    commune_id: ctx.commune.id,
    day: day.date,
    kind: day.kind,
    name: day.name.vi,
    name_en: day.name.en,
    source: day.source,
    mark: day.mark,
    verified: day.verified,
    decreed_on: day.decreedOn ?? null,
    swap_for: day.swapFor ?? null,
    recorded_at: ctx.now,
  }));
  await ctx.db
    .insertInto('commune_special_day')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['commune_id', 'day']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        name: eb.ref('excluded.name'),
        name_en: eb.ref('excluded.name_en'),
        source: eb.ref('excluded.source'),
        mark: eb.ref('excluded.mark'),
        verified: eb.ref('excluded.verified'),
        decreed_on: eb.ref('excluded.decreed_on'),
        swap_for: eb.ref('excluded.swap_for'),
        recorded_at: eb.ref('excluded.recorded_at'),
      })),
    )
    .execute();
}

/** Copies of the calendar are read anew; where working time changed, deadlines on these days are too. */
async function tellChange(ctx: Ctx, days: readonly LocalDate[]): Promise<void> {
  await bumpVersion(ctx, 'calendar');
  if (days.length === 0) return;
  await emit(ctx, 'commune.calendar.changed', { days: [...days], from: days[0], until: days.at(-1) });
}
