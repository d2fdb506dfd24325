/** Due times of the office: a day or a number of working days, always at closing time. Pure. */
import { closingTime, dueAt, isWorkingDay, workingDayAfter, type Calendar } from '#kernel/office-time';
import { refuseField } from '#kernel/input';
import { localDateOf, type LocalDate } from '#kernel/time';

/** What a form asks: a day, or so many working days from now; neither means no limit. */
export type DueGiven = { day?: LocalDate | null | undefined; days?: number | null | undefined };

/**
 * When it is due. A day on which nobody works is replaced by the next working day (Civil Code 91/2015
 * art. 148.5); the day of giving does not count (art. 147.2).
 * @throws AppError `input.invalid`: `due` lies in the past
 */
export function dueOf(calendar: Calendar, now: Date, { day, days }: DueGiven): Date | null {
  if (day) {
    const on = isWorkingDay(calendar, day) ? day : workingDayAfter(calendar, day, 1);
    const due = closingTime(calendar, on)!;
    if (due <= now) refuseField('due', 'office.due.past');
    return due;
  }
  if (days) return dueAt(calendar, now, { unit: 'working_days', amount: days }).due;
  return null;
}

/** The end of the next working day: what is due by then is due soon. */
export function soonUntil(calendar: Calendar, now: Date): Date {
  return closingTime(calendar, workingDayAfter(calendar, localDateOf(now), 1))!;
}
