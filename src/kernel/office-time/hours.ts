/** Office hours as a dated weekly pattern. */
import type { LocalDate, Weekday } from '../time.ts';
import { OfficeTimeError } from './errors.ts';

/** A stretch of one day, `['07:30', '11:30']`: open at the first minute, closed at the second. */
export type Interval = readonly [open: string, close: string];
/** Stretches by day of the week (1 = Monday … 7 = Sunday); a day left out is closed. */
export type Week = { readonly [day in Weekday]?: readonly Interval[] };

/** The hours from a date until the next setting begins (winter, summer, a new decision). */
export interface OfficeHours {
  readonly from: LocalDate;
  /** When dossiers are worked on: what limits are counted in. */
  readonly work: Week;
  /** When the desk receives people, where that differs (some open on Saturday morning for reception only). */
  readonly desk?: Week | undefined;
  readonly source: string;
  readonly verified: boolean;
}

/** A compiled stretch in minutes since midnight. */
export interface Stretch {
  readonly open: number;
  readonly close: number;
}

/** The stretches of one day in order. */
export interface DayHours {
  readonly work: readonly Stretch[];
  readonly desk: readonly Stretch[];
}

const MONDAY_TO_FRIDAY: readonly Interval[] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
];

/** What a commune office commonly keeps; each commune sets its own (variants differ by province). */
export const DEFAULT_HOURS: OfficeHours = {
  from: '1976-01-01' as LocalDate,
  work: {
    1: MONDAY_TO_FRIDAY,
    2: MONDAY_TO_FRIDAY,
    3: MONDAY_TO_FRIDAY,
    4: MONDAY_TO_FRIDAY,
    5: MONDAY_TO_FRIDAY,
  },
  source: 'common practice; not checked against a decision of the province',
  verified: false,
};

/** Minutes since midnight of `HH:MM` (24:00 is the end of the day); `undefined` for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match) return Number(match[1]) * 60 + Number(match[2]);
  return text === '24:00' ? 1440 : undefined;
}

/** Compiles a setting into seven days, Monday first. @throws OfficeTimeError `bad_hours` */
export function compileHours(hours: OfficeHours): readonly DayHours[] {
  const work = compileWeek(hours.work);
  const desk = hours.desk ? compileWeek(hours.desk) : work;
  if (!work.some((day) => day.length > 0))
    throw new OfficeTimeError('bad_hours', 'no working day in the week');
  return work.map((day, i) => ({ work: day, desk: desk[i]! }));
}

function compileWeek(week: Week): readonly (readonly Stretch[])[] {
  return ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => compileDay(week[day] ?? []));
}

function compileDay(intervals: readonly Interval[]): readonly Stretch[] {
  let previous = -1;
  return intervals.map(([open, close]) => {
    const stretch = { open: parseTimeOfDay(open) ?? -1, close: parseTimeOfDay(close) ?? -1 };
    if (stretch.open < 0 || stretch.open <= previous || stretch.close <= stretch.open) {
      throw new OfficeTimeError('bad_hours', `${open}–${close}`);
    }
    previous = stretch.close;
    return stretch;
  });
}
