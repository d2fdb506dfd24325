import { expect, test } from 'vitest';
import { hungKingsDay, lunarDay, lunarNewYear } from './lunar.ts';
import { localDate, startOfDay, addDays } from './time.ts';

test.each([
  [1985, '1985-01-21'], // China: 20/02
  [2007, '2007-02-17'], // China: 18/02
  [2022, '2022-02-01'],
  [2023, '2023-01-22'],
  [2024, '2024-02-10'],
  [2025, '2025-01-29'],
  [2026, '2026-02-17'],
  [2027, '2027-02-06'],
  [2030, '2030-02-02'], // China: 03/02
])('Tết %i is on %s', (year, date) => {
  expect(lunarNewYear(year)).toBe(date);
});

test.each([
  [2022, '2022-04-10'],
  [2023, '2023-04-29'],
  [2024, '2024-04-18'],
  [2025, '2025-04-07'],
  [2026, '2026-04-26'],
])('Hùng Kings %i is on %s', (year, date) => {
  expect(hungKingsDay(year)).toBe(date);
});

/**
 * China's calendar (UTC+8) in the ICU library: another astronomy, the same sky but for an hour. It is some
 * minutes off, so it errs where Beijing's midnight is near: 2027 (new moon at 23:56 there) and 2030 (00:07).
 */
const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'Asia/Ho_Chi_Minh',
  month: 'numeric',
  day: 'numeric',
});

test('Tết agrees with the Chinese calendar except in the years in which midnight divides them', () => {
  const apart: number[] = [];
  for (let year = 1976; year <= 2050; year++) {
    if (chinese.format(startOfDay(lunarNewYear(year))) !== '1/1') apart.push(year);
  }
  expect(apart).toEqual([1985, 2007, 2027]);
});

test('a new moon that both calendars put on the same day begins the same month', () => {
  let same = 0;
  for (let year = 1990; year <= 2040; year++) {
    for (let month = 1; month <= 12; month++) {
      const first = lunarDay(year, month, 1);
      const days = [addDays(first, -1), first, addDays(first, 1)].map((day) =>
        chinese.format(startOfDay(day)),
      );
      expect(
        days.some((day) => day.endsWith('/1')),
        `${year}-${month} ${days.join(' ')}`,
      ).toBe(true);
      if (days[1] === `${month}/1`) same++;
    }
  }
  expect(same).toBeGreaterThan(51 * 12 * 0.9);
});

test('nonsense is refused', () => {
  expect(() => lunarNewYear(1900)).toThrow(RangeError);
  expect(() => lunarDay(2024, 13, 1)).toThrow(RangeError);
  expect(() => lunarDay(2024, 1, 31)).toThrow(RangeError);
  expect(() => lunarDay(2024.5, 1, 1)).toThrow(RangeError);
  expect(localDate('2024-02-10')).toBe(lunarDay(2024, 1, 1));
});
