/** Due times of the office: a day or a number of working days, always at closing time. Pure. */
import { closingTime, dueAt, isWorkingDay, workingDayAfter, type Calendar } from '#kernel/office-time';
import { refuseField } from '#kernel/input';
import { localDateOf, type LocalDate } from '#kernel/time';

/** What a form asks: a day, or so many working days from now; neither means no limit. */
export type DueGiven = { day?: LocalDate | null | undefined; days?: number | null | undefined };

/** What was asked for as a limit and when, kept so that the limit can be computed anew; null: none. */
export type Asked = { at: string; day: LocalDate | null; days: number | null };

/** A limit as actions keep it: when it is due, and what was asked for. */
export type Limit = { due: string | null; asked: Asked | null };

/** The limit that a form asked for. @throws AppError like {@link dueOf} */
export function limitOf(calendar: Calendar, now: Date, { day = null, days = null }: DueGiven): Limit {
  const due = dueOf(calendar, now, { day, days });
  return {
    due: due?.toISOString() ?? null,
    asked: due && { at: now.toISOString(), day, days: day ? null : days },
  };
}

/**
 * When it is due. A day on which nobody works is replaced by the next working day (Civil Code 91/2015
 * art. 148.5); the day of giving does not count (art. 147.2).
 * @throws AppError `input.invalid`: `due` lies in the past
 */
export function dueOf(calendar: Calendar, now: Date, { day, days }: DueGiven): Date | null {
  const due = computeDue(calendar, now, { day, days });
  if (day && due && due <= now) refuseField('due', 'office.due.past');
  return due;
}

/** The same by the calendar as it is now, for what was asked for earlier. */
export function dueAgain(calendar: Calendar, { at, day, days }: Asked): Date | null {
  return computeDue(calendar, new Date(at), { day, days });
}

function computeDue(calendar: Calendar, from: Date, { day, days }: DueGiven): Date | null {
  if (day) {
    const on = isWorkingDay(calendar, day) ? day : workingDayAfter(calendar, day, 1);
    return closingTime(calendar, on)!;
  }
  return days ? dueAt(calendar, from, { unit: 'working_days', amount: days }).due : null;
}

/** The end of the next working day: what is due by then is due soon. */
export function soonUntil(calendar: Calendar, now: Date): Date {
  return closingTime(calendar, workingDayAfter(calendar, localDateOf(now), 1))!;
}
