/** Pauses in order, and the list of days that a deadline rests on. */
import { dateOfDayNumber, dayNumberAt, startOfDay } from '../time.ts';
import type { LocalDate } from '../time.ts';
import { isWorkingDayNumber } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { OfficeTimeError } from './errors.ts';
import type { Limit, Pause } from './limit.ts';
import { checkInstant, countMillis } from './open.ts';

/** A pause in milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Pauses by their beginning, checked. @throws OfficeTimeError `bad_instant`, `bad_pause` */
export function orderedPauses(pauses: readonly Pause[]): Span[] {
  return pauses
    .map((pause) => {
      checkInstant(pause.from);
      checkInstant(pause.until);
      const span = { from: pause.from.getTime(), until: pause.until.getTime() };
      if (span.until < span.from) throw new OfficeTimeError('bad_pause', pause.from.toISOString());
      return span;
    })
    .sort((a, b) => a.from - b.from);
}

/** A limit that has been counted out: day numbers and milliseconds. */
export interface Counted {
  readonly calendar: Calendar;
  readonly limit: Limit;
  readonly zero: number;
  readonly start: number;
  /** The last day as counted, before any roll. */
  readonly day: number;
  readonly due: number;
}

/** The days on which a limit's time was counted, in order. */
export function countedDays(counted: Counted, pauses: readonly Span[]): LocalDate[] {
  const { calendar, limit, zero, day: lastDay, due } = counted;
  if (limit.unit === 'same_day') return [dateOfDayNumber(dayNumberAt(new Date(due)))];
  const inDays = limit.unit === 'working_days' || limit.unit === 'calendar_days';
  const list: LocalDate[] = [];
  for (let day = inDays ? zero + 1 : zero; day <= lastDay; day++) {
    if (limit.unit === 'working_days' && !isWorkingDayNumber(calendar, day)) continue;
    const counts = inDays ? !pauses.some((pause) => isPaused(pause, day)) : timeOn(counted, day, pauses) > 0;
    if (counts) list.push(dateOfDayNumber(day));
  }
  return list;
}

/** The day on which a pause begins still counts, the day on which it ends does not: it is the new day 0. */
function isPaused(pause: Span, day: number): boolean {
  return dayNumberAt(new Date(pause.from)) < day && day <= dayNumberAt(new Date(pause.until));
}

/** Milliseconds of a limit in hours that were counted on one day. */
function timeOn({ calendar, limit, start, due }: Counted, day: number, pauses: readonly Span[]): number {
  const from = Math.max(start, startOfDay(dateOfDayNumber(day)).getTime());
  const until = Math.min(due, startOfDay(dateOfDayNumber(day + 1)).getTime());
  const between = (a: number, b: number) =>
    limit.unit === 'hours' ? Math.max(0, b - a) : countMillis(calendar, a, b);
  let time = between(from, until);
  for (const pause of pauses) time -= between(Math.max(from, pause.from), Math.min(until, pause.until));
  return time;
}
