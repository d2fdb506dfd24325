import { describe, expect, test } from 'vitest';
import { formatIso } from './format.ts';
import {
  dueAfterPause,
  dueAt,
  makeCalendar,
  OfficeTimeError,
  startOfHandling,
  workingDayBefore,
} from './office-time.ts';
import type { Calendar, DueOptions, LimitUnit, Pause } from './office-time.ts';
import { at, calendar, DAYS, entry } from './office-time/fixtures.ts';

const CUTOFF = { cutoff: '15:00' };

function due(
  from: string,
  amount: number,
  unit: LimitUnit = 'working_days',
  options: DueOptions = {},
): string {
  return formatIso(dueAt(calendar, at(from), { unit, amount }, options).due)
    .slice(0, 16)
    .replace('T', ' ');
}

function pause(from: string, until: string): Pause {
  return { from: at(from), until: at(until) };
}

describe('answers checked with an independent calendar', () => {
  test.each([
    ['2024-04-26 09:00', '2024-05-04 17:00', ['2024-05-02', '2024-05-03', '2024-05-04']],
    ['2025-01-24 09:00', '2025-02-05 17:00', ['2025-02-03', '2025-02-04', '2025-02-05']],
    ['2026-04-24 09:00', '2026-05-04 17:00', ['2026-04-28', '2026-04-29', '2026-05-04']],
  ])('%s + 3 working days → %s', (from, until, days) => {
    const answer = dueAt(calendar, at(from), { unit: 'working_days', amount: 3 });
    expect(answer.due).toEqual(at(until));
    expect(answer.dayZero).toBe(from.slice(0, 10));
    expect(answer.counted).toEqual(days);
    expect(answer.unverifiedYears).toEqual([]);
  });
});

describe('day 0', () => {
  test('the day of reception does not count', () => {
    expect(due('2023-06-05 07:30', 1)).toBe('2023-06-06 17:00');
    expect(due('2023-06-05 16:59', 1)).toBe('2023-06-06 17:00');
    expect(due('2023-06-03 10:00', 1)).toBe('2023-06-05 17:00'); // a Saturday is a day of reception too
  });

  test('later than 15:00 the next working day is day 0, where the procedure has the rule', () => {
    expect(due('2023-06-05 15:00', 1, 'working_days', CUTOFF)).toBe('2023-06-06 17:00');
    expect(due('2023-06-05 15:01', 1, 'working_days', CUTOFF)).toBe('2023-06-07 17:00');
    expect(due('2023-06-02 15:01', 1, 'working_days', CUTOFF)).toBe('2023-06-06 17:00');
    expect(due('2023-06-03 10:00', 1, 'working_days', CUTOFF)).toBe('2023-06-06 17:00');
    const late = new Date(at('2023-06-05 15:00').getTime() + 1);
    expect(dueAt(calendar, late, { unit: 'same_day' }, CUTOFF).dayZero).toBe('2023-06-06');
  });

  test('handling begins at once, at the next opening, or after the cut-off on the next working day', () => {
    expect(startOfHandling(calendar, at('2023-06-05 09:12'), CUTOFF)).toEqual(at('2023-06-05 09:12'));
    expect(startOfHandling(calendar, at('2023-06-05 11:45'), CUTOFF)).toEqual(at('2023-06-05 13:30'));
    expect(startOfHandling(calendar, at('2023-06-05 05:00'), CUTOFF)).toEqual(at('2023-06-05 07:30'));
    expect(startOfHandling(calendar, at('2023-06-05 15:30'), CUTOFF)).toEqual(at('2023-06-06 07:30'));
    expect(startOfHandling(calendar, at('2023-06-05 15:30'))).toEqual(at('2023-06-05 15:30'));
    expect(startOfHandling(calendar, at('2023-06-02 17:00'))).toEqual(at('2023-06-05 07:30'));
  });
});

describe('the other units', () => {
  test('same day means closing time, or the next working day when that is past', () => {
    expect(due('2023-06-05 10:00', 0, 'same_day')).toBe('2023-06-05 17:00');
    expect(due('2023-06-05 16:59', 0, 'same_day')).toBe('2023-06-05 17:00');
    expect(due('2023-06-05 17:00', 0, 'same_day')).toBe('2023-06-06 17:00');
    expect(due('2023-06-03 10:00', 0, 'same_day')).toBe('2023-06-05 17:00');
    expect(due('2023-06-05 15:01', 0, 'same_day', CUTOFF)).toBe('2023-06-06 17:00');
    expect(due('2024-04-26 16:00', 0, 'same_day', CUTOFF)).toBe('2024-05-02 17:00');
  });

  test('calendar days count every day and end on a working day', () => {
    expect(due('2023-06-05 10:00', 2, 'calendar_days')).toBe('2023-06-07 17:00');
    expect(due('2023-06-05 10:00', 5, 'calendar_days')).toBe('2023-06-12 17:00'); // Saturday → Monday
    const answer = dueAt(calendar, at('2023-06-05 10:00'), { unit: 'calendar_days', amount: 5 });
    expect(answer.counted.at(-1)).toBe('2023-06-10');
  });

  test('working hours skip nights, lunch, weekends and holidays', () => {
    expect(due('2023-06-05 07:30', 4, 'working_hours')).toBe('2023-06-05 11:30');
    expect(due('2023-06-05 11:00', 1, 'working_hours')).toBe('2023-06-05 14:00');
    expect(due('2023-06-02 16:30', 1, 'working_hours')).toBe('2023-06-05 08:00');
    expect(due('2023-06-02 15:30', 1, 'working_hours', CUTOFF)).toBe('2023-06-05 08:30');
    expect(due('2024-04-26 16:00', 1.5, 'working_hours')).toBe('2024-05-02 08:00');
    expect(due('2023-06-05 07:30', 1.1, 'working_hours')).toBe('2023-06-05 08:36');
    const evening = dueAt(calendar, at('2023-06-02 19:00'), { unit: 'working_hours', amount: 8 });
    expect(evening.counted).toEqual(['2023-06-05', '2023-06-06']);
  });

  test('hours run by the clock', () => {
    expect(due('2023-06-02 16:30', 24, 'hours')).toBe('2023-06-03 16:30');
    expect(due('2023-06-02 16:30', 24, 'hours', CUTOFF)).toBe('2023-06-06 07:30');
  });
});

describe('pauses', () => {
  test('the limit moves by the working days of the pause', () => {
    const pauses = [pause('2023-06-06 09:00', '2023-06-08 10:00')];
    const answer = dueAt(calendar, at('2023-06-05 09:00'), { unit: 'working_days', amount: 3 }, { pauses });
    expect(answer.due).toEqual(at('2023-06-12 17:00'));
    expect(answer.counted).toEqual(['2023-06-06', '2023-06-09', '2023-06-12']);
  });

  test('a pause within a day, over a weekend or before day 0 ends costs no working day', () => {
    expect(
      due('2023-06-05 09:00', 3, 'working_days', { pauses: [pause('2023-06-06 08:00', '2023-06-06 16:00')] }),
    ).toBe('2023-06-08 17:00');
    expect(
      due('2023-06-05 09:00', 5, 'working_days', { pauses: [pause('2023-06-09 16:00', '2023-06-11 10:00')] }),
    ).toBe('2023-06-12 17:00');
    const early = { ...CUTOFF, pauses: [pause('2023-06-02 16:00', '2023-06-05 09:00')] };
    expect(due('2023-06-02 15:30', 1, 'working_days', early)).toBe('2023-06-06 17:00');
  });

  test('a pause on the last day moves it, one after the end does not', () => {
    const last = [pause('2023-06-08 10:00', '2023-06-13 10:00')];
    expect(due('2023-06-05 09:00', 3, 'working_days', { pauses: last })).toBe('2023-06-13 17:00');
    const after = [pause('2023-06-08 17:00', '2023-06-13 10:00')];
    expect(due('2023-06-05 09:00', 3, 'working_days', { pauses: after })).toBe('2023-06-08 17:00');
  });

  test('what is due never lies inside a pause', () => {
    const overnight = [pause('2023-06-08 10:00', '2023-06-08 19:00')];
    expect(due('2023-06-05 09:00', 3, 'working_days', { pauses: overnight })).toBe('2023-06-09 17:00');
    expect(due('2023-06-05 09:00', 3, 'calendar_days', { pauses: overnight })).toBe('2023-06-09 17:00');
    const weekend = [pause('2023-06-09 10:00', '2023-06-10 10:00')];
    expect(due('2023-06-05 09:00', 4, 'working_days', { pauses: weekend })).toBe('2023-06-12 17:00');
    const again = [...weekend, pause('2023-06-11 10:00', '2023-06-13 10:00')];
    expect(due('2023-06-05 09:00', 4, 'working_days', { pauses: again })).toBe('2023-06-13 17:00');
  });

  test('overlapping pauses give no day twice', () => {
    const pauses = [
      pause('2023-06-07 09:00', '2023-06-09 09:00'),
      pause('2023-06-06 09:00', '2023-06-08 09:00'),
      pause('2023-06-06 10:00', '2023-06-06 11:00'),
    ];
    expect(due('2023-06-05 09:00', 3, 'working_days', { pauses })).toBe('2023-06-13 17:00');
  });

  test('each unit is moved in its own measure', () => {
    const pauses = [pause('2023-06-05 10:00', '2023-06-06 10:00')];
    expect(due('2023-06-05 09:00', 0, 'same_day', { pauses })).toBe('2023-06-06 17:00');
    expect(due('2023-06-05 09:00', 2, 'working_hours', { pauses })).toBe('2023-06-06 11:00');
    expect(due('2023-06-05 09:00', 24, 'hours', { pauses })).toBe('2023-06-07 09:00');
    expect(due('2023-06-05 09:00', 4, 'calendar_days', { pauses })).toBe('2023-06-12 17:00');
    expect(due('2023-06-05 09:00', 6, 'calendar_days', { pauses })).toBe('2023-06-12 17:00');
    const sunday = dueAt(calendar, at('2023-06-03 09:00'), { unit: 'same_day' }, { pauses });
    expect(sunday.due).toEqual(at('2023-06-06 17:00'));
    const hours = dueAt(calendar, at('2023-06-05 09:00'), { unit: 'working_hours', amount: 2 }, { pauses });
    expect(hours.counted).toEqual(['2023-06-05', '2023-06-06']);
  });

  test('a due time alone can be moved over a pause', () => {
    const monday = pause('2023-06-05 10:00', '2023-06-07 10:00');
    expect(dueAfterPause(calendar, at('2023-06-08 17:00'), monday, 'working_days')).toEqual(
      at('2023-06-12 17:00'),
    );
    expect(dueAfterPause(calendar, at('2023-06-05 09:00'), monday, 'working_days')).toEqual(
      at('2023-06-05 09:00'),
    );
    expect(dueAfterPause(calendar, at('2023-06-05 11:00'), monday, 'working_hours')).toEqual(
      at('2023-06-07 11:00'),
    );
  });
});

describe('what is not certain is said', () => {
  test('years without holidays', () => {
    const answer = dueAt(calendar, at('2026-12-31 09:00'), { unit: 'working_days', amount: 1 });
    expect(answer.due).toEqual(at('2027-01-01 17:00'));
    expect(answer.unverifiedYears).toEqual([2027]);
  });

  test('days not checked against the official text', () => {
    const doubtful = makeCalendar({
      days: [...DAYS, entry('2026-07-01', 'off', { mark: 'MU', verified: false })],
    });
    const limit = { unit: 'working_days', amount: 2 } as const;
    expect(dueAt(doubtful, at('2026-06-30 09:00'), limit).unverifiedDays).toEqual(['2026-07-01']);
    expect(dueAt(doubtful, at('2026-07-02 09:00'), limit).unverifiedDays).toEqual([]);
  });

  test('the version tells when answers may differ', () => {
    const same = makeCalendar({ days: [...DAYS].reverse() });
    const other = makeCalendar({ days: [...DAYS, entry('2026-07-01', 'off')] });
    expect(same.version).toBe(calendar.version);
    expect(other.version).not.toBe(calendar.version);
  });
});

test('the apology goes out at least one working day before', () => {
  expect(workingDayBefore(calendar, at('2024-05-04 17:00'), 1)).toBe('2024-05-03');
  expect(workingDayBefore(calendar, at('2024-05-02 17:00'), 1)).toBe('2024-04-26');
  expect(workingDayBefore(calendar, at('2025-02-05 17:00'), 3)).toBe('2025-01-24');
});

describe('nonsense is refused by name', () => {
  const monday = at('2023-06-05 09:00');
  test.each<[string, (c: Calendar) => unknown]>([
    ['bad_instant', (c) => dueAt(c, new Date(NaN), { unit: 'same_day' })],
    ['bad_instant', (c) => dueAt(c, new Date('1066-10-14'), { unit: 'same_day' })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'working_days', amount: -1 })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'working_days', amount: 0 })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'calendar_days', amount: 1.5 })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'working_days', amount: 1e9 })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'working_days' })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'hours', amount: NaN })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'working_hours', amount: 0.001 })],
    ['bad_amount', (c) => dueAt(c, monday, { unit: 'hours', amount: Infinity })],
    ['bad_amount', (c) => workingDayBefore(c, monday, 0)],
    ['bad_unit', (c) => dueAt(c, monday, { unit: 'fortnights' as LimitUnit, amount: 1 })],
    ['bad_cutoff', (c) => dueAt(c, monday, { unit: 'same_day' }, { cutoff: '3pm' })],
    ['bad_cutoff', (c) => startOfHandling(c, monday, { cutoff: '25:00' })],
    ['bad_pause', (c) => dueAfterPause(c, monday, pause('2023-06-05 08:00', '2023-06-04 09:00'), 'hours')],
  ])('%s', (reason, ask) => {
    expect(() => ask(calendar)).toThrow(OfficeTimeError);
    expect(() => ask(calendar)).toThrow(expect.objectContaining({ code: `kernel.office_time.${reason}` }));
  });
});
