import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  endOfDay,
  instantAt,
  localDate,
  localDateOf,
  millisOfDay,
  monthRange,
  parseLocalDate,
  quarterOf,
  quarterRange,
  startOfDay,
  TIME_ZONE,
  weekday,
  yearRange,
} from './time.ts';

const instant = fc.date({
  min: new Date('1976-01-01T00:00:00Z'),
  max: new Date('2199-12-30T00:00:00Z'),
  noInvalidDate: true,
});
const date = instant.map(localDateOf);

test('dates are read strictly', () => {
  expect(parseLocalDate('2024-02-29')).toBe('2024-02-29');
  for (const bad of ['2023-02-30', '2023-02-29', '2023-13-01', '2023-00-10', '2023-1-1', '23-01-01', '']) {
    expect(parseLocalDate(bad), bad).toBeUndefined();
  }
  for (const bad of ['05/06/2023', '2023-06-05T00:00', ' 2023-06-05', '2023-06-05\n', '٢٠٢٣-06-05']) {
    expect(parseLocalDate(bad), bad).toBeUndefined();
  }
  expect(() => localDate('2023-02-30')).toThrow(expect.objectContaining({ code: 'kernel.time.bad_date' }));
});

test('the day begins at midnight in Viet Nam', () => {
  expect(localDateOf(new Date('2023-06-04T16:59:59.999Z'))).toBe('2023-06-04');
  expect(localDateOf(new Date('2023-06-04T17:00:00Z'))).toBe('2023-06-05');
  expect(startOfDay(localDate('2023-06-05')).toISOString()).toBe('2023-06-04T17:00:00.000Z');
  expect(endOfDay(localDate('2023-06-05')).toISOString()).toBe('2023-06-05T16:59:59.999Z');
  expect(instantAt(localDate('2023-06-05'), 14 * 60 + 30).toISOString()).toBe('2023-06-05T07:30:00.000Z');
  expect(millisOfDay(new Date('2023-06-05T07:30:00Z'))).toBe(14.5 * 3_600_000);
  expect(() => localDateOf(new Date(NaN))).toThrow();
});

test('local dates agree with the time zone database', () => {
  const zone = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, dateStyle: 'short' });
  fc.assert(
    fc.property(instant, (at) => {
      expect(localDateOf(at)).toBe(zone.format(at));
      const today = localDateOf(at);
      expect(startOfDay(today) <= at && at <= endOfDay(today)).toBe(true);
    }),
  );
});

test('days are added and counted across months and years', () => {
  expect(addDays(localDate('2024-02-28'), 2)).toBe('2024-03-01');
  expect(addDays(localDate('2024-01-01'), -1)).toBe('2023-12-31');
  expect(weekday(localDate('2024-05-04'))).toBe(6);
  expect(weekday(localDate('1969-12-28'))).toBe(7);
  fc.assert(
    fc.property(date, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days);
      expect(weekday(addDays(from, 7))).toBe(weekday(from));
      expect(from < addDays(from, 1)).toBe(true);
    }),
  );
});

test('months are added without leaving the month', () => {
  expect(addMonths(localDate('2023-01-31'), 1)).toBe('2023-02-28');
  expect(addMonths(localDate('2024-03-31'), -1)).toBe('2024-02-29');
  expect(addMonths(localDate('2023-11-30'), 6)).toBe('2024-05-30');
  expect(addMonths(localDate('2023-12-05'), -12)).toBe('2022-12-05');
});

test('quarters, months and years', () => {
  expect(quarterOf(localDate('2023-06-30'))).toEqual({ year: 2023, quarter: 2 });
  expect(quarterRange({ year: 2023, quarter: 4 })).toEqual({ first: '2023-10-01', last: '2023-12-31' });
  expect(monthRange(localDate('2024-02-10'))).toEqual({ first: '2024-02-01', last: '2024-02-29' });
  expect(yearRange(2025)).toEqual({ first: '2025-01-01', last: '2025-12-31' });
  fc.assert(
    fc.property(date, (day) => {
      const { first, last } = quarterRange(quarterOf(day));
      expect(first <= day && day <= last).toBe(true);
      expect(quarterOf(addDays(last, 1))).not.toEqual(quarterOf(day));
    }),
  );
});
