import { describe, expect, test } from 'vitest';
import {
  closingTime,
  DEFAULT_HOURS,
  hoursOfWeekday,
  isOpen,
  isWorkingDay,
  makeCalendar,
  nextOpening,
  openingTime,
  parseTimeOfDay,
} from '../office-time.ts';
import type { CalendarDay, Interval, OfficeHours, Week } from '../office-time.ts';
import { localDate } from '../time.ts';
import { at, calendar, entry } from './fixtures.ts';

const SUMMER: readonly Interval[] = [
  ['07:00', '11:30'],
  ['14:00', '17:30'],
];

function setting(from: string, work: Week, more: Partial<OfficeHours> = {}): OfficeHours {
  return { from: localDate(from), work, source: 'test', verified: true, ...more };
}

describe('office hours', () => {
  test('open from the first minute, closed with the last', () => {
    expect(isOpen(calendar, at('2023-06-05 07:29'))).toBe(false);
    expect(isOpen(calendar, at('2023-06-05 07:30'))).toBe(true);
    expect(isOpen(calendar, at('2023-06-05 11:29'))).toBe(true);
    expect(isOpen(calendar, at('2023-06-05 11:30'))).toBe(false);
    expect(isOpen(calendar, at('2023-06-05 17:00'))).toBe(false);
    expect(nextOpening(calendar, at('2024-04-26 17:00'))).toEqual(at('2024-05-02 07:30'));
    expect(nextOpening(calendar, at('2023-06-05 12:00'))).toEqual(at('2023-06-05 13:30'));
  });

  test('a setting holds from its day on, the first one also before', () => {
    const two = makeCalendar({
      days: [],
      hours: [setting('2023-04-17', { 1: SUMMER }), setting('2023-01-01', { 1: [['08:00', '12:00']] })],
    });
    expect(closingTime(two, localDate('2023-04-10'))).toEqual(at('2023-04-10 12:00'));
    expect(openingTime(two, localDate('2023-04-17'))).toEqual(at('2023-04-17 07:00'));
    expect(closingTime(two, localDate('2023-04-17'))).toEqual(at('2023-04-17 17:30'));
    expect(closingTime(two, localDate('2022-12-26'))).toEqual(at('2022-12-26 12:00'));
    expect(hoursOfWeekday(two, localDate('2023-05-01'), 1).work[0]).toEqual({ open: 420, close: 690 });
    expect(hoursOfWeekday(two, localDate('2023-05-01'), 2).work).toEqual([]);
  });

  test('the desk may be open when no work is done', () => {
    const desk = { 1: SUMMER, 6: [['07:30', '11:00']] } as const;
    const saturdays = makeCalendar({ days: [], hours: [setting('2023-01-01', { 1: SUMMER }, { desk })] });
    const morning = at('2023-06-03 08:00');
    expect(isOpen(saturdays, morning, 'desk')).toBe(true);
    expect(isOpen(saturdays, morning)).toBe(false);
    expect(isWorkingDay(saturdays, localDate('2023-06-03'))).toBe(false);
    expect(nextOpening(saturdays, at('2023-06-02 08:00'), 'desk')).toEqual(at('2023-06-03 07:30'));
    const holiday = makeCalendar({
      days: [entry('2023-06-03', 'off')],
      hours: [setting('2023-01-01', { 1: SUMMER }, { desk })],
    });
    expect(isOpen(holiday, morning, 'desk')).toBe(false);
  });

  test('a Saturday worked takes the hours of the day it stands for', () => {
    const week: Week = { 1: [['07:30', '16:30']], 5: [['07:30', '12:00']] };
    const days = [
      entry('2025-05-02', 'off'),
      entry('2025-04-26', 'worked', { swapFor: localDate('2025-05-02') }),
      entry('2025-06-07', 'worked'),
    ];
    const swap = makeCalendar({ days, hours: [setting('2025-01-01', week)] });
    expect(closingTime(swap, localDate('2025-04-26'))).toEqual(at('2025-04-26 12:00'));
    expect(closingTime(swap, localDate('2025-06-07'))).toEqual(at('2025-06-07 16:30'));
    expect(closingTime(swap, localDate('2025-06-08'))).toBeUndefined();
  });

  test('times of day', () => {
    expect(parseTimeOfDay('07:30')).toBe(450);
    expect(parseTimeOfDay('24:00')).toBe(1440);
    for (const bad of ['7:30', '24:01', '12:60', '0730', ''])
      expect(parseTimeOfDay(bad), bad).toBeUndefined();
  });
});

describe('a calendar that cannot be is refused', () => {
  test.each<[string, Week]>([
    ['no day of work', {}],
    ['hours that run backwards', { 1: [['11:30', '07:30']] }],
    ['hours that overlap', { 1: [['07:30', '12:00'], ['11:30', '17:00']] }], // prettier-ignore
    ['hours out of order', { 1: [['13:30', '17:00'], ['07:30', '11:30']] }], // prettier-ignore
    ['no time of day', { 1: [['half past seven', '11:30']] }],
  ])('%s', (_, work) => {
    expect(() => makeCalendar({ days: [], hours: [setting('2023-01-01', work)] })).toThrow(
      expect.objectContaining({ code: 'kernel.office_time.bad_hours' }),
    );
  });

  test('a date both off and worked, a date that does not exist, a kind that is none', () => {
    const refused = (days: CalendarDay[], reason: string) =>
      expect(() => makeCalendar({ days })).toThrow(
        expect.objectContaining({ code: `kernel.office_time.${reason}`, status: 422 }),
      );
    refused([entry('2024-05-04', 'worked'), entry('2024-05-04', 'off')], 'conflicting_days');
    refused([{ ...entry('2024-05-04', 'off'), date: '2024-02-30' as CalendarDay['date'] }], 'bad_calendar');
    refused([{ ...entry('2024-05-04', 'off'), kind: 'maybe' as 'off' }], 'bad_calendar');
  });

  test('an office that is always closed has no next opening', () => {
    const days = Array.from({ length: 120 }, (_, week) => {
      const monday = new Date(at('2023-01-02 00:00').getTime() + week * 7 * 86_400_000 + 12 * 3_600_000);
      return entry(monday.toISOString().slice(0, 10), 'off');
    });
    const closed = makeCalendar({ days, hours: [setting('2023-01-01', { 1: SUMMER })] });
    expect(() => nextOpening(closed, at('2023-01-02 09:00'))).toThrow(
      expect.objectContaining({ code: 'kernel.office_time.no_working_day' }),
    );
  });

  test('the same day entered twice counts once, the checked entry wins', () => {
    const doubtful = entry('2026-07-01', 'off', { mark: 'MU', verified: false });
    const twice = makeCalendar({ days: [doubtful, entry('2026-07-01', 'off')], hours: [DEFAULT_HOURS] });
    expect([...twice.days.values()].map((day) => day.verified)).toEqual([true]);
  });
});
