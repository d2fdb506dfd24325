import { describe, expect, test } from 'vitest';
import { dueAt, isWorkingDay, makeCalendar } from '#kernel/office-time';
import type { CalendarDay } from '#kernel/office-time';
import { addDays, instantAt, localDate, weekday, yearOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import {
  expectedHolidays,
  loadAnnouncedHolidays,
  loadHolidays,
  missingHolidays,
  parseHolidays,
} from './calendar.ts';

const days = loadHolidays();
const calendar = makeCalendar({ days });

function list(year: number, kind: CalendarDay['kind']): string {
  return days
    .filter((day) => yearOf(day.date) === year && day.kind === kind)
    .map((day) => `${Number(day.date.slice(8))}/${Number(day.date.slice(5, 7))}`)
    .join(' ');
}

test.each([
  [2022, '3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9', ''],
  [2023, '2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9', ''],
  [2024, '1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9', '4/5'],
  [2025, '1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9', '26/4'],
  [2026, '1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9', '10/1 22/8'],
])('days off and worked in %i', (year, off, worked) => {
  expect(list(year, 'off')).toBe(off);
  expect(list(year, 'worked')).toBe(worked);
});

test('only what was checked against the official text is verified', () => {
  expect(new Set(days.filter((day) => day.verified).map((day) => yearOf(day.date)))).toEqual(new Set([2024]));
  expect(loadAnnouncedHolidays().some((day) => day.verified)).toBe(false);
});

test('every day off would be a working day otherwise, every worked day stands for a day off', () => {
  for (const day of days) {
    expect(weekday(day.date) <= 5, day.date).toBe(day.kind === 'off');
    if (day.kind === 'worked') expect(days.find((other) => other.date === day.swapFor)?.kind).toBe('off');
  }
});

test.each([
  ['2024-04-26', '2024-05-04'],
  ['2025-01-24', '2025-02-05'],
  ['2026-04-24', '2026-05-04'],
])('received on %s, 3 working days end on %s', (from, due) => {
  const at = instantAt(localDate(from), 9 * 60);
  const answer = dueAt(calendar, at, { unit: 'working_days', amount: 3 });
  expect(answer.due).toEqual(instantAt(localDate(due), 17 * 60));
});

test('what was announced but not confirmed does not count', () => {
  for (const day of loadAnnouncedHolidays()) expect(isWorkingDay(calendar, day.date), day.date).toBe(true);
});

describe('what the law makes certain', () => {
  test('every holiday of the years entered is a day off or a weekend', () => {
    for (const year of [2022, 2023, 2024, 2025, 2026]) {
      const expected = expectedHolidays(year);
      expect(expected).toHaveLength(8);
      for (const { date } of expected) expect(isWorkingDay(calendar, date), date).toBe(false);
    }
  });

  test('complete years lack nothing', () => {
    for (const year of [2022, 2023, 2024, 2025])
      expect(missingHolidays(days, year), String(year)).toEqual([]);
  });

  test('a year without entries lacks everything, with the days in lieu', () => {
    const missing = new Map(missingHolidays([], 2022).map((day) => [day.date, day.dayOff]));
    expect(missing.size).toBe(8);
    expect(missing.get(localDate('2022-01-01'))).toBe('2022-01-03');
    expect(missing.get(localDate('2022-04-10'))).toBe('2022-04-11');
  });

  test('announced days are offered until they are entered', () => {
    const culture = localDate('2026-11-24');
    expect(missingHolidays(days, 2026).map((day) => day.dayOff)).toEqual([culture]);
    const entered = [...days, ...loadAnnouncedHolidays()];
    expect(missingHolidays(entered, 2026)).toEqual([]);
    const missing = missingHolidays(days, 2027).map((day) => day.dayOff);
    expect(new Set(missing).size).toBe(missing.length);
    const tet = ['2027-02-04', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10'];
    expect(missing.filter((date) => date.startsWith('2027-02'))).toEqual(tet);
  });
});

describe('a malformed catalogue is refused', () => {
  const good = { ...days[0]!, date: '2024-05-04' as LocalDate, kind: 'worked' };
  test.each([
    ['a date that does not exist', { ...good, date: '2024-02-30' }],
    ['an unknown kind', { ...good, kind: 'half' }],
    ['verified without the official text', { ...good, mark: 'MS', verified: true }],
    ['a worked weekday', { ...good, date: addDays(good.date, 2) }],
    ['a day off that stands for another', { ...good, kind: 'off', swapFor: '2024-04-29' }],
    ['no source', { ...good, source: ' ' }],
    ['a field too many', { ...good, note: 'x' }],
  ])('%s', (_, day) => {
    expect(() => parseHolidays({ days: [day], announced: [] })).toThrow();
  });

  test('a date twice', () => {
    expect(parseHolidays({ days: [good], announced: [] }).days).toHaveLength(1);
    expect(() => parseHolidays({ days: [good, good], announced: [] })).toThrow();
    expect(() => parseHolidays({ days: [good], announced: [good] })).toThrow();
  });
});
