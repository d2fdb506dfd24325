/** A calendar for the engine's tests: the known days off and swap days of 2022–2026, written compactly. */
import { instantAt, localDate } from '../time.ts';
import type { LocalDate } from '../time.ts';
import { makeCalendar } from './calendar.ts';
import type { Calendar, CalendarDay } from './calendar.ts';
import { parseTimeOfDay } from './hours.ts';

export const OFF: Readonly<Record<number, string>> = {
  2022: '3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9',
  2023: '2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9',
  2024: '1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9',
  2025: '1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9',
  2026: '1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9',
};
export const WORKED: Readonly<Record<number, string>> = { 2024: '4/5', 2025: '26/4', 2026: '10/1 22/8' };

function datesOf(table: Readonly<Record<number, string>>): LocalDate[] {
  return Object.entries(table).flatMap(([year, list]) =>
    list.split(' ').map((item) => {
      const [day, month] = item.split('/');
      return localDate(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
    }),
  );
}

/** One entry, verified unless told otherwise. */
export function entry(date: string, kind: 'off' | 'worked', more: Partial<CalendarDay> = {}): CalendarDay {
  const name = { vi: 'thử', en: 'test' };
  return { date: localDate(date), kind, name, source: 'test', mark: 'F', verified: true, ...more };
}

export const DAYS: readonly CalendarDay[] = [
  ...datesOf(OFF).map((date) => entry(date, 'off')),
  ...datesOf(WORKED).map((date) => entry(date, 'worked')),
];

export const calendar: Calendar = makeCalendar({ days: DAYS });

/** An instant in Viet Nam: `at('2024-04-26 09:00')`. */
export function at(text: string): Date {
  const [date, time] = text.split(' ');
  return instantAt(localDate(date!), parseTimeOfDay(time!)!);
}
