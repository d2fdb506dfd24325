/** The calendar as data: days off, worked swap days, office hours by date; and looking days up in it. */
import type { Bilingual } from '../bilingual.ts';
import type { Mark } from '../source.ts';
import { dayNumber, dateOfDayNumber, parseLocalDate, weekdayOfDayNumber, yearOf } from '../time.ts';
import type { LocalDate, Weekday } from '../time.ts';
import { OfficeTimeError } from './errors.ts';
import { compileHours, DEFAULT_HOURS } from './hours.ts';
import type { DayHours, OfficeHours } from './hours.ts';

/**
 * One day that is not as its weekday says: `off` (a public holiday, a day made up for one that fell on a
 * weekend, Labour Code 45/2019 art. 111.3 and 112, or a swapped day) or `worked` (the Saturday worked
 * instead of a swapped day, decreed by official letter).
 */
export interface CalendarDay {
  readonly date: LocalDate;
  readonly kind: 'off' | 'worked';
  readonly name: Bilingual;
  /** Law, official letter, or where it was learnt. */
  readonly source: string;
  readonly mark: Mark;
  /** True only when checked against the official text. */
  readonly verified: boolean;
  /** The day of the official letter, where known: swaps often come after deadlines were promised. */
  readonly decreedOn?: LocalDate | undefined;
  /** For a worked day: the day off it stands for, whose office hours it takes. */
  readonly swapFor?: LocalDate | undefined;
}

/** What a calendar is made of. Commune's own closing days simply stand among the national ones. */
export interface CalendarData {
  readonly days: readonly CalendarDay[];
  /** Dated settings; the latest one begun holds; the first also holds for the time before it. */
  readonly hours?: readonly OfficeHours[];
}

/** A calendar ready for questions. Immutable; make it once per commune and version of the data. */
export interface Calendar {
  readonly days: ReadonlyMap<number, CalendarDay>;
  readonly hours: readonly { readonly from: number; readonly week: readonly DayHours[] }[];
  /** Years with at least one day off entered. */
  readonly years: ReadonlySet<number>;
  /** Fingerprint of the data: the same data gives the same version; store it beside what was promised. */
  readonly version: string;
}

/** Makes a calendar from data. @throws OfficeTimeError `bad_calendar`, `conflicting_days`, `bad_hours` */
export function makeCalendar(data: CalendarData): Calendar {
  const days = new Map<number, CalendarDay>();
  const years = new Set<number>();
  for (const day of data.days) {
    if (parseLocalDate(day.date) === undefined || (day.kind !== 'off' && day.kind !== 'worked')) {
      throw new OfficeTimeError('bad_calendar', `${day.date} ${day.kind}`);
    }
    const number = dayNumber(day.date);
    const known = days.get(number);
    if (known && known.kind !== day.kind) throw new OfficeTimeError('conflicting_days', day.date);
    if (!known || (day.verified && !known.verified)) days.set(number, day);
    if (day.kind === 'off') years.add(yearOf(day.date));
  }
  const settings = data.hours && data.hours.length > 0 ? data.hours : [DEFAULT_HOURS];
  const hours = settings
    .map((setting) => ({ from: fromOf(setting), week: compileHours(setting) }))
    .sort((a, b) => a.from - b.from);
  return { days, hours, years, version: fingerprint(days, hours) };
}

function fromOf(setting: OfficeHours): number {
  if (parseLocalDate(setting.from) === undefined) throw new OfficeTimeError('bad_hours', setting.from);
  return dayNumber(setting.from);
}

/** FNV-1a, 64 bits, over everything that can change an answer. */
function fingerprint(days: Calendar['days'], hours: Calendar['hours']): string {
  const facts = [...days]
    .map(([number, day]) => `${number}${day.kind}${day.kind === 'worked' ? (day.swapFor ?? '') : ''}`)
    .sort();
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify([facts, hours]))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

const CLOSED: DayHours = { work: [], desk: [] };

/**
 * The hours of one day: none on a day off; on a worked swap day those of the weekday it stands for (the
 * first working day of the week where that is not said).
 */
export function hoursOn(calendar: Calendar, number: number): DayHours {
  const day = calendar.days.get(number);
  if (day?.kind === 'off') return CLOSED;
  const week = weekOn(calendar, number);
  const own = week[weekdayOfDayNumber(number) - 1]!;
  if (day?.kind !== 'worked' || own.work.length > 0) return own;
  const swapped = day.swapFor && week[weekdayOfDayNumber(dayNumber(day.swapFor)) - 1]!;
  if (swapped && swapped.work.length > 0) return swapped;
  return week.find((hours) => hours.work.length > 0)!;
}

/** The hours of one date: none on a day off, on a worked swap day those of the day it stands for. */
export function hoursOfDate(calendar: Calendar, date: LocalDate): DayHours {
  return hoursOn(calendar, dayNumber(date));
}

function weekOn(calendar: Calendar, number: number): readonly DayHours[] {
  let week = calendar.hours[0]!.week;
  for (const setting of calendar.hours) if (setting.from <= number) week = setting.week;
  return week;
}

/** True when work is done on that day. */
export function isWorkingDayNumber(calendar: Calendar, number: number): boolean {
  return hoursOn(calendar, number).work.length > 0;
}

/** Two years without one working day is no calendar of an office. */
const SEARCH_DAYS = 731;

/** The next working day after (`step` 1) or before (`step` -1) a day. @throws OfficeTimeError `no_working_day` */
export function nextWorkingDayNumber(calendar: Calendar, number: number, step: 1 | -1 = 1): number {
  for (let i = 1; i <= SEARCH_DAYS; i++) {
    if (isWorkingDayNumber(calendar, number + step * i)) return number + step * i;
  }
  throw new OfficeTimeError('no_working_day', dateOfDayNumber(number));
}

/** The day of the week a weekly pattern is indexed by, for those who show hours. */
export function hoursOfWeekday(calendar: Calendar, on: LocalDate, weekday: Weekday): DayHours {
  return weekOn(calendar, dayNumber(on))[weekday - 1]!;
}
