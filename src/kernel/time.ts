/**
 * The commune's clock: Asia/Ho_Chi_Minh, UTC+7 the whole year (no daylight saving since 1975). Local dates
 * are strings `YYYY-MM-DD`, which compare, sort, and travel through JSON and SQL as they are.
 */

import { AppError } from './errors.ts';

/** A day of the calendar in Viet Nam, `YYYY-MM-DD`, known to exist. Compare with `<`, `===`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };
/** Day of the week as ISO 8601 counts: 1 = Monday … 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const TIME_ZONE = 'Asia/Ho_Chi_Minh';
/** UTC+7, in milliseconds. Exact for every instant after 13/06/1975. */
export const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Thrown for a date that does not exist: code `kernel.time.bad_date`, 422. */
export class TimeError extends AppError {
  constructor(what: string) {
    super('kernel.time.bad_date', 422, { detail: what.slice(0, 100) });
    this.name = 'TimeError';
  }
}

/** Reads `YYYY-MM-DD` strictly; `undefined` for anything else, 2023-02-30 included. Years 1000 to 9999. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().startsWith(`${text}T`) ? (text as LocalDate) : undefined;
}

/** Like {@link parseLocalDate} for texts that must be dates. @throws TimeError */
export function localDate(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === undefined) throw new TimeError(text);
  return date;
}

/** The date in Viet Nam at that instant. @throws TimeError for an invalid instant. */
export function localDateOf(at: Date): LocalDate {
  return dateOfDayNumber(dayNumberAt(at));
}

/** Whole days since 1970-01-01: the form in which days are counted. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The number of the local day at that instant. @throws TimeError for an invalid instant. */
export function dayNumberAt(at: Date): number {
  const ms = at.getTime();
  if (Number.isNaN(ms)) throw new TimeError(String(at));
  return Math.floor((ms + OFFSET_MS) / DAY_MS);
}

/** The date with that day number. @throws TimeError outside the years 1000 to 9999. */
export function dateOfDayNumber(number: number): LocalDate {
  const date = new Date(number * DAY_MS);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
  if (!/^[1-9]\d{3}-/.test(text)) throw new TimeError(`day ${number}`);
  return text as LocalDate;
}

/** Milliseconds since local midnight, 0 to 86,399,999. */
export function millisOfDay(at: Date): number {
  return at.getTime() + OFFSET_MS - dayNumberAt(at) * DAY_MS;
}

/** The instant of a local date and time of day in minutes since midnight (0 to 1440). */
export function instantAt(date: LocalDate, minutes: number): Date {
  return new Date(dayNumber(date) * DAY_MS - OFFSET_MS + minutes * 60_000);
}

/** The first instant of the day. */
export function startOfDay(date: LocalDate): Date {
  return instantAt(date, 0);
}

/**
 * The last millisecond of the day, the meaning of `as_of`. Against columns that keep microseconds write
 * `< startOfDay(addDays(date, 1))` instead.
 */
export function endOfDay(date: LocalDate): Date {
  return new Date(instantAt(date, 1440).getTime() - 1);
}

/** The date `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** The same day `months` later; the last day of the month where that day does not exist (31/01 → 28/02). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year, month, day] = partsOf(date);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dateOfDayNumber(first.getTime() / DAY_MS + Math.min(day, last) - 1);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: LocalDate): Weekday {
  return weekdayOfDayNumber(dayNumber(date));
}

/** 1 = Monday … 7 = Sunday, of a day number (day 0, 1970-01-01, was a Thursday). */
export function weekdayOfDayNumber(number: number): Weekday {
  return (((((number + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** Year, month (1 to 12) and day of a date. */
export function partsOf(date: LocalDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** The year of a date. */
export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** A run of days, both ends included. */
export interface DateRange {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** A quarter of the year (1 to 4), the period of reports. */
export interface Quarter {
  readonly year: number;
  readonly quarter: 1 | 2 | 3 | 4;
}

/** The quarter in which a date lies. */
export function quarterOf(date: LocalDate): Quarter {
  const [year, month] = partsOf(date);
  return { year, quarter: Math.ceil(month / 3) as Quarter['quarter'] };
}

/** First and last day of a quarter. */
export function quarterRange({ year, quarter }: Quarter): DateRange {
  const first = localDate(`${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`);
  return { first, last: addDays(addMonths(first, 3), -1) };
}

/** First and last day of the month in which a date lies. */
export function monthRange(date: LocalDate): DateRange {
  const first = localDate(`${date.slice(0, 8)}01`);
  return { first, last: addDays(addMonths(first, 1), -1) };
}

/** First and last day of a year. */
export function yearRange(year: number): DateRange {
  return { first: localDate(`${year}-01-01`), last: localDate(`${year}-12-31`) };
}
