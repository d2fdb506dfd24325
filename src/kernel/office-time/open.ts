/** When the office is open, and how much office time lies between two instants. */
import { dateOfDayNumber, dayNumber, dayNumberAt, instantAt, localDateOf, startOfDay } from '../time.ts';
import type { LocalDate } from '../time.ts';
import { hoursOn, isWorkingDayNumber, nextWorkingDayNumber } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { OfficeTimeError } from './errors.ts';

const MINUTE = 60_000;
const EARLIEST = Date.UTC(1976, 0, 1);
const LATEST = Date.UTC(2400, 0, 1);

/** Refuses instants that cannot be meant. @throws OfficeTimeError `bad_instant` */
export function checkInstant(at: Date): void {
  const ms = at.getTime();
  if (!(ms >= EARLIEST && ms < LATEST)) throw new OfficeTimeError('bad_instant', String(at));
}

/** A whole number of days from 1 to ten years' worth. @throws OfficeTimeError `bad_amount` */
export function checkDays(days: number): void {
  if (!Number.isInteger(days) || days < 1 || days > 3660)
    throw new OfficeTimeError('bad_amount', `${days} days`);
}

/** The first opening of a day; `undefined` when no work is done on it. */
export function openingTime(calendar: Calendar, date: LocalDate): Date | undefined {
  const first = hoursOn(calendar, dayNumber(date)).work[0];
  return first && instantAt(date, first.open);
}

/** The last closing of a day, when a limit in days ends; `undefined` when no work is done on it. */
export function closingTime(calendar: Calendar, date: LocalDate): Date | undefined {
  const last = hoursOn(calendar, dayNumber(date)).work.at(-1);
  return last && instantAt(date, last.close);
}

/** True when work is done on that date. */
export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  return isWorkingDayNumber(calendar, dayNumber(date));
}

/** Which of the two patterns is asked for: work on dossiers, or the desk for people. */
export type Hours = 'work' | 'desk';

/** True from the minute of opening until just before the minute of closing. @throws OfficeTimeError `bad_instant` */
export function isOpen(calendar: Calendar, at: Date, hours: Hours = 'work'): boolean {
  return nextOpening(calendar, at, hours).getTime() === at.getTime();
}

/** `at` itself when open then, otherwise the next opening. @throws OfficeTimeError `bad_instant`, `no_working_day` */
export function nextOpening(calendar: Calendar, at: Date, hours: Hours = 'work'): Date {
  checkInstant(at);
  const today = dayNumberAt(at);
  for (let number = today; number <= today + 731; number++) {
    const midnight = startOfDay(dateOfDayNumber(number)).getTime();
    for (const { open, close } of hoursOn(calendar, number)[hours]) {
      if (midnight + close * MINUTE > at.getTime()) {
        return new Date(Math.max(at.getTime(), midnight + open * MINUTE));
      }
    }
  }
  throw new OfficeTimeError('no_working_day', localDateOf(at));
}

/** The `n`-th working day after a date, which itself does not count. @throws OfficeTimeError `bad_amount` */
export function workingDayAfter(calendar: Calendar, date: LocalDate, n: number): LocalDate {
  checkDays(n);
  return dateOfDayNumber(stepWorkingDays(calendar, dayNumber(date), n, 1));
}

/**
 * The `n`-th working day before the day on which something is due: a letter that must go out "at least one
 * day before the limit" (NĐ 61/2018 art. 19.9) goes out by the end of `workingDayBefore(calendar, due, 1)`.
 * @throws OfficeTimeError `bad_instant`, `bad_amount`
 */
export function workingDayBefore(calendar: Calendar, due: Date, n: number): LocalDate {
  checkInstant(due);
  checkDays(n);
  return dateOfDayNumber(stepWorkingDays(calendar, dayNumberAt(due), n, -1));
}

/** Steps over `count` working days (none: the day itself). */
export function stepWorkingDays(calendar: Calendar, number: number, count: number, step: 1 | -1): number {
  let day = number;
  for (let i = 0; i < count; i++) day = nextWorkingDayNumber(calendar, day, step);
  return day;
}

/** Office time between two instants. */
export interface OfficeSpan {
  /** Working days after the first instant's day up to the second's: 1 from a Monday to the Tuesday after. */
  readonly days: number;
  /** Milliseconds inside office hours. */
  readonly millis: number;
}

/** Office time from one instant to another, negative when the second is earlier. @throws OfficeTimeError `bad_instant` */
export function workingTimeBetween(calendar: Calendar, from: Date, to: Date): OfficeSpan {
  checkInstant(from);
  checkInstant(to);
  if (to < from) {
    const { days, millis } = workingTimeBetween(calendar, to, from);
    return { days: 0 - days, millis: 0 - millis };
  }
  return {
    days: countWorkingDays(calendar, dayNumberAt(from), dayNumberAt(to)),
    millis: countMillis(calendar, from.getTime(), to.getTime()),
  };
}

/** Working days after day `after` up to and including day `until`. */
export function countWorkingDays(calendar: Calendar, after: number, until: number): number {
  let count = 0;
  for (let number = after + 1; number <= until; number++) if (isWorkingDayNumber(calendar, number)) count++;
  return count;
}

/** Milliseconds of office time between two instants given in milliseconds; 0 when the second is earlier. */
export function countMillis(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0;
  let sum = 0;
  const lastDay = dayNumberAt(new Date(to));
  for (let number = dayNumberAt(new Date(from)); number <= lastDay; number++) {
    const midnight = startOfDay(dateOfDayNumber(number)).getTime();
    for (const { open, close } of hoursOn(calendar, number).work) {
      sum += Math.max(0, Math.min(to, midnight + close * MINUTE) - Math.max(from, midnight + open * MINUTE));
    }
  }
  return sum;
}

/** The earliest instant at which `millis` of office time have passed since `from`; `from` itself for 0. */
export function addOfficeMillis(calendar: Calendar, from: number, millis: number): number {
  if (millis === 0) return from;
  let left = millis;
  let number = dayNumberAt(new Date(from));
  for (;;) {
    const midnight = startOfDay(dateOfDayNumber(number)).getTime();
    for (const stretch of hoursOn(calendar, number).work) {
      const open = Math.max(from, midnight + stretch.open * MINUTE);
      const span = midnight + stretch.close * MINUTE - open;
      if (span >= left) return open + left;
      if (span > 0) left -= span;
    }
    number = nextWorkingDayNumber(calendar, number);
  }
}
