/** When a limit ends: the one place where deadlines are computed. */
import { dateOfDayNumber, dayNumberAt, instantAt, millisOfDay, yearOf } from '../time.ts';
import type { LocalDate } from '../time.ts';
import { hoursOn, isWorkingDayNumber, nextWorkingDayNumber } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { OfficeTimeError } from './errors.ts';
import { countedDays, orderedPauses } from './counted.ts';
import type { Span } from './counted.ts';
import { parseTimeOfDay } from './hours.ts';
import type { Limit, LimitUnit, Pause } from './limit.ts';
import {
  addOfficeMillis,
  checkDays,
  checkInstant,
  countMillis,
  countWorkingDays,
  nextOpening,
  stepWorkingDays,
} from './open.ts';

/** What else a deadline depends on. */
export interface DueOptions {
  /**
   * `HH:MM`, where the procedure has the rule: received later than that (15:00: NĐ 61/2018 art. 18, NĐ 23/2015
   * art. 7), or on a day off, the next working day is day 0. It is applied once, at reception, and never to
   * a pause. Without it day 0 is the day of reception, whatever day that is.
   */
  readonly cutoff?: string | undefined;
  /** Pauses that have ended. One that begins after the limit has run out changes nothing. */
  readonly pauses?: readonly Pause[] | undefined;
}

/** The answer, with what it rests on. */
export interface Deadline {
  readonly due: Date;
  /** The day that does not count. */
  readonly dayZero: LocalDate;
  /** The days counted, in order; for limits in hours the days on which time was counted. Paused days are left out. */
  readonly counted: readonly LocalDate[];
  /** Years touched for which no holiday is entered: computed with weekends only. Tell the reader. */
  readonly unverifiedYears: readonly number[];
  /** Days off and swap days touched that were not checked against the official text. */
  readonly unverifiedDays: readonly LocalDate[];
}

/** What the counting of one limit works with: numbers of days and milliseconds. */
interface Clock {
  readonly calendar: Calendar;
  readonly zero: number;
  readonly start: number;
  readonly limit: Limit;
}

/** Where a limit ends: the instant, and for limits in days the last day as counted, before any roll. */
interface End {
  readonly due: number;
  readonly day: number;
}

/**
 * When a limit that begins with reception at `from` ends.
 * Pure: the same calendar, start, limit and options give the same answer.
 * @throws OfficeTimeError `bad_instant`, `bad_amount`, `bad_unit`, `bad_cutoff`, `bad_pause`, `no_working_day`
 */
export function dueAt(calendar: Calendar, from: Date, limit: Limit, options: DueOptions = {}): Deadline {
  checkInstant(from);
  const cutoff = cutoffOf(options);
  const zero = dayZeroOf(calendar, from, cutoff);
  const clock: Clock = { calendar, zero, start: startOf(calendar, from, cutoff, zero), limit };
  const { end, counting } = endAfterPauses(clock, firstEnd(clock), orderedPauses(options.pauses ?? []));
  const firstDay = Math.min(zero, dayNumberAt(from));
  return {
    due: new Date(end.due),
    dayZero: dateOfDayNumber(zero),
    counted: countedDays({ ...clock, ...end }, counting),
    ...doubts(calendar, firstDay, dayNumberAt(new Date(end.due))),
  };
}

/**
 * When handling begins: reception itself in office hours, otherwise the next opening; received after the
 * cut-off, the start of the next working day (NĐ 61/2018 art. 18).
 * @throws OfficeTimeError `bad_instant`, `bad_cutoff`, `no_working_day`
 */
export function startOfHandling(
  calendar: Calendar,
  at: Date,
  options: Pick<DueOptions, 'cutoff'> = {},
): Date {
  checkInstant(at);
  const cutoff = cutoffOf(options);
  return nextOpening(calendar, new Date(startOf(calendar, at, cutoff, dayZeroOf(calendar, at, cutoff))));
}

/**
 * Moves a due time over one pause: by the working days after the pause's first day up to its last (limits
 * in working days), by the office time in it (`working_hours`), or by its length. A pause that begins after
 * the due time moves nothing. Where the whole history is known give the pauses to {@link dueAt} instead:
 * it keeps the exact last day of a limit in calendar days, which a rolled due time has lost.
 * @throws OfficeTimeError `bad_instant`, `bad_pause`, `bad_unit`
 */
export function dueAfterPause(calendar: Calendar, due: Date, pause: Pause, unit: LimitUnit): Date {
  checkInstant(due);
  const clock: Clock = { calendar, zero: -Infinity, start: -Infinity, limit: { unit } };
  const end: End = { due: due.getTime(), day: dayNumberAt(due) };
  return new Date(endAfterPauses(clock, end, orderedPauses([pause])).end.due);
}

function cutoffOf(options: Pick<DueOptions, 'cutoff'>): number | undefined {
  if (options.cutoff === undefined) return undefined;
  const minutes = parseTimeOfDay(options.cutoff);
  if (minutes === undefined) throw new OfficeTimeError('bad_cutoff', options.cutoff);
  return minutes;
}

function dayZeroOf(calendar: Calendar, from: Date, cutoff: number | undefined): number {
  const day = dayNumberAt(from);
  if (cutoff === undefined) return day;
  const inTime = isWorkingDayNumber(calendar, day) && millisOfDay(from) <= cutoff * 60_000;
  return inTime ? day : nextWorkingDayNumber(calendar, day);
}

/** With a cut-off nothing starts before day 0 opens; without one the clock starts at reception. */
function startOf(calendar: Calendar, from: Date, cutoff: number | undefined, zero: number): number {
  if (cutoff === undefined) return from.getTime();
  const opening = instantAt(dateOfDayNumber(zero), hoursOn(calendar, zero).work[0]!.open);
  return Math.max(from.getTime(), opening.getTime());
}

function firstEnd({ calendar, zero, start, limit }: Clock): End {
  switch (limit.unit) {
    case 'working_days':
      return endOn(calendar, stepWorkingDays(calendar, zero, days(limit), 1));
    case 'calendar_days':
      return endOn(calendar, zero + days(limit));
    case 'same_day': {
      if (isWorkingDayNumber(calendar, zero) && endOn(calendar, zero).due > start)
        return endOn(calendar, zero);
      return endOn(calendar, nextWorkingDayNumber(calendar, zero));
    }
    case 'working_hours':
      return endAt(addOfficeMillis(calendar, start, hourMillis(limit)));
    case 'hours':
      return endAt(start + hourMillis(limit));
    default:
      throw new OfficeTimeError('bad_unit', String(limit.unit));
  }
}

/** A limit in days ends at closing time of its last day, or of the next working day (Civil Code art. 148.5). */
function endOn(calendar: Calendar, day: number): End {
  const last = isWorkingDayNumber(calendar, day) ? day : nextWorkingDayNumber(calendar, day);
  const close = hoursOn(calendar, last).work.at(-1)!.close;
  return { due: instantAt(dateOfDayNumber(last), close).getTime(), day };
}

function endAt(due: number): End {
  return { due, day: dayNumberAt(new Date(due)) };
}

function days(limit: Limit): number {
  checkDays(limit.amount ?? 0);
  return limit.amount!;
}

function hourMillis(limit: Limit): number {
  const exact = (limit.amount ?? 0) * 60;
  const minutes = Math.round(exact);
  if (!(Math.abs(exact - minutes) < 1e-6) || minutes < 1 || minutes > 3660 * 24 * 60) {
    throw new OfficeTimeError('bad_amount', `${limit.amount} hours`);
  }
  return minutes * 60_000;
}

/**
 * Moves an end over all pauses that begin before it. A due time never lies inside a pause: resumed after
 * closing time of the last day, handling goes on, and the pause ends, with the next opening. Where pauses
 * overlap the later one begins when the earlier one ends, so that no day is given twice.
 */
function endAfterPauses(clock: Clock, first: End, pauses: readonly Span[]): { end: End; counting: Span[] } {
  let end = first;
  const counting: Span[] = [];
  for (const pause of pauses) {
    let span = { from: Math.max(pause.from, counting.at(-1)?.until ?? 0), until: pause.until };
    if (span.from >= end.due || span.until <= span.from) continue;
    if (moveEnd(clock, end, span).due <= span.until) {
      span = { from: span.from, until: nextOpening(clock.calendar, new Date(span.until)).getTime() };
    }
    end = moveEnd(clock, end, span);
    counting.push(span);
  }
  return { end, counting };
}

/** Moves an end over one pause that begins before it; what lies before the clock's start does not count. */
function moveEnd({ calendar, zero, start, limit }: Clock, end: End, pause: Span): End {
  const firstDay = Math.max(zero, dayNumberAt(new Date(pause.from)));
  const lastDay = dayNumberAt(new Date(pause.until));
  const from = Math.max(start, pause.from);
  switch (limit.unit) {
    case 'working_days':
    case 'same_day':
      return endOn(
        calendar,
        stepWorkingDays(calendar, end.day, countWorkingDays(calendar, firstDay, lastDay), 1),
      );
    case 'calendar_days':
      // After a last day off, while the next working day is awaited, a pause begins on the last day reached.
      return endOn(calendar, Math.max(end.day, firstDay) + Math.max(0, lastDay - firstDay));
    case 'working_hours':
      return endAt(addOfficeMillis(calendar, end.due, countMillis(calendar, from, pause.until)));
    case 'hours':
      return endAt(end.due + Math.max(0, pause.until - from));
    default:
      throw new OfficeTimeError('bad_unit', String(limit.unit));
  }
}

function doubts(calendar: Calendar, first: number, last: number) {
  const unverifiedYears: number[] = [];
  const lastYear = yearOf(dateOfDayNumber(last));
  for (let year = yearOf(dateOfDayNumber(first)); year <= lastYear; year++) {
    if (!calendar.years.has(year)) unverifiedYears.push(year);
  }
  const unverifiedDays = [...calendar.days]
    .filter(([number, day]) => number >= first && number <= last && !day.verified)
    .map(([, day]) => day.date)
    .sort();
  return { unverifiedYears, unverifiedDays };
}
