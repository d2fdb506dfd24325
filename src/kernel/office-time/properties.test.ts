/** What must hold of every deadline, on random calendars as well as on the known one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  closingTime,
  dueAfterPause,
  dueAt,
  isOpen,
  isWorkingDay,
  makeCalendar,
  nextOpening,
  openingTime,
  startOfHandling,
  workingDayAfter,
  workingDayBefore,
  workingTimeBetween,
} from '../office-time.ts';
import type { Calendar, DueOptions, Limit, LimitUnit, OfficeHours, Week } from '../office-time.ts';
import { addDays, localDate, localDateOf, startOfDay } from '../time.ts';
import type { LocalDate } from '../time.ts';
import { calendar as known, DAYS, entry } from './fixtures.ts';

const MINUTE = 60_000;
const FIRST = localDate('2022-01-01');

const instant = fc
  .integer({ min: 0, max: 5 * 365 * 24 * 60 })
  .map((minutes) => new Date(startOfDay(FIRST).getTime() + minutes * MINUTE));
const day = fc.integer({ min: 0, max: 5 * 365 }).map((days) => addDays(FIRST, days));

const weekday = fc.constantFrom<Week[1]>(
  [
    ['07:30', '11:30'],
    ['13:30', '17:00'],
  ],
  [
    ['07:00', '11:30'],
    ['13:00', '16:30'],
  ],
  [['08:00', '15:00']],
);
const hours: fc.Arbitrary<OfficeHours> = fc.record({
  from: day,
  work: fc.tuple(weekday, weekday, fc.boolean()).map(([week, friday, saturday]) => ({
    1: week,
    2: week,
    3: week,
    4: week,
    5: friday,
    ...(saturday ? { 6: [['07:30', '11:30']] as const } : {}),
  })),
  source: fc.constant('test'),
  verified: fc.boolean(),
});

/** The known days off with some more, office hours that change, offices that work on Saturday morning. */
const calendars: fc.Arbitrary<Calendar> = fc.oneof(
  fc.constant(known),
  fc
    .record({
      off: fc.array(day, { maxLength: 40 }),
      settings: fc.array(hours, { minLength: 1, maxLength: 3 }),
    })
    .map(({ off, settings }) => {
      const swapped = new Set(DAYS.filter((one) => one.kind === 'worked').map((one) => one.date));
      const more = off.filter((date) => !swapped.has(date)).map((date) => entry(date, 'off'));
      return makeCalendar({ days: [...DAYS, ...more], hours: settings });
    }),
);

const days = fc.integer({ min: 1, max: 40 });
const options: fc.Arbitrary<DueOptions> = fc.constantFrom({}, { cutoff: '15:00' });
const dayUnit = fc.constantFrom<LimitUnit>('working_days', 'calendar_days', 'same_day');
const unit = fc.constantFrom<LimitUnit>(
  'working_days',
  'calendar_days',
  'same_day',
  'working_hours',
  'hours',
);

function due(calendar: Calendar, from: Date, limit: Limit, more: DueOptions = {}): number {
  return dueAt(calendar, from, limit, more).due.getTime();
}

const runs = { numRuns: 1000 };

test('a later start or a larger amount is never due earlier', () => {
  fc.assert(
    fc.property(
      calendars,
      instant,
      fc.nat(20 * 24 * 60),
      unit,
      days,
      fc.nat(20),
      options,
      (c, from, later, u, n, more, o) => {
        const start = new Date(from.getTime() + later * MINUTE);
        expect(due(c, start, { unit: u, amount: n }, o)).toBeGreaterThanOrEqual(
          due(c, from, { unit: u, amount: n }, o),
        );
        expect(due(c, from, { unit: u, amount: n + more }, o)).toBeGreaterThanOrEqual(
          due(c, from, { unit: u, amount: n }, o),
        );
      },
    ),
    runs,
  );
});

test('nothing is due before it was received', () => {
  fc.assert(
    fc.property(calendars, instant, unit, days, options, (c, from, u, n, o) => {
      expect(due(c, from, { unit: u, amount: n }, o)).toBeGreaterThan(from.getTime());
    }),
    runs,
  );
});

test('limits in days end at closing time of a working day', () => {
  fc.assert(
    fc.property(calendars, instant, dayUnit, days, options, (c, from, u, n, o) => {
      const end = dueAt(c, from, { unit: u, amount: n }, o).due;
      expect(closingTime(c, localDateOf(end))).toEqual(end);
      expect(isOpen(c, new Date(end.getTime() - MINUTE))).toBe(true);
    }),
    runs,
  );
});

test('limits in working hours end inside office hours and take exactly their time', () => {
  fc.assert(
    fc.property(calendars, instant, fc.integer({ min: 1, max: 400 }), options, (c, from, halves, o) => {
      const end = dueAt(c, from, { unit: 'working_hours', amount: halves / 2 }, o).due;
      expect(isOpen(c, new Date(end.getTime() - 1))).toBe(true);
      expect(workingTimeBetween(c, startOfHandling(c, from, o), end).millis).toBe(halves * 30 * MINUTE);
    }),
    runs,
  );
});

test('n + m is n and then m, the cut-off applied once', () => {
  const exact = fc.constantFrom<LimitUnit>('working_days', 'working_hours', 'hours');
  fc.assert(
    fc.property(calendars, instant, exact, days, days, options, (c, from, u, n, m, o) => {
      const halfway = dueAt(c, from, { unit: u, amount: n }, o).due;
      expect(due(c, halfway, { unit: u, amount: m })).toBe(due(c, from, { unit: u, amount: n + m }, o));
    }),
    runs,
  );
});

test('the days counted are the amount, in order, after day 0, the last one the day it is due', () => {
  fc.assert(
    fc.property(calendars, instant, days, options, (c, from, n, o) => {
      const answer = dueAt(c, from, { unit: 'working_days', amount: n }, o);
      expect(answer.counted).toHaveLength(n);
      expect(answer.counted.every((date) => isWorkingDay(c, date) && date > answer.dayZero)).toBe(true);
      expect([...new Set(answer.counted)].sort()).toEqual(answer.counted);
      expect(answer.counted.at(-1)).toBe(localDateOf(answer.due));
    }),
    runs,
  );
});

test('a pause of k working days moves what is due by exactly k', () => {
  fc.assert(
    fc.property(
      calendars,
      instant,
      days,
      fc.integer({ min: 0, max: 10 }),
      instant,
      options,
      (c, from, n, k, time, o) => {
        const before = dueAt(c, from, { unit: 'working_days', amount: n }, o);
        const dayOf = [before.dayZero, ...before.counted];
        const paused = dayOf[time.getTime() % n]!;
        const pause = {
          from: startOfDay(paused),
          until: startOfDay(k === 0 ? paused : workingDayAfter(c, paused, k)),
        };
        fc.pre(pause.from >= from);
        const after = dueAt(c, from, { unit: 'working_days', amount: n }, { ...o, pauses: [pause] });
        expect(workingTimeBetween(c, before.due, after.due).days).toBe(k);
        expect(after.counted).toHaveLength(n);
        expect(dueAfterPause(c, before.due, pause, 'working_days')).toEqual(after.due);
      },
    ),
    runs,
  );
});

test('a pause leaves as much time as there was, for every unit', () => {
  fc.assert(
    fc.property(calendars, instant, days, fc.nat(10_000), fc.nat(10_000), (c, from, n, wait, length) => {
      const pause = { from: new Date(from.getTime() + wait * MINUTE), until: new Date(0) };
      pause.until = new Date(pause.from.getTime() + length * MINUTE);
      const pauses = [pause];
      const end = (u: LimitUnit, o: DueOptions) => dueAt(c, from, { unit: u, amount: n }, o).due;
      fc.pre(pause.from < end('hours', {}) && pause.from < end('working_hours', {}));
      expect(end('hours', { pauses }).getTime() - end('hours', {}).getTime()).toBe(length * MINUTE);
      const moved = workingTimeBetween(c, end('working_hours', {}), end('working_hours', { pauses })).millis;
      expect(moved).toBe(workingTimeBetween(c, pause.from, pause.until).millis);
    }),
    runs,
  );
});

test('two pauses one after the other are as good as their sum, whatever their order in the list', () => {
  fc.assert(
    fc.property(
      calendars,
      instant,
      unit,
      days,
      fc.array(fc.nat(9000), { minLength: 2, maxLength: 4 }),
      (c, from, u, n, gaps) => {
        let time = from.getTime();
        const pauses = gaps.map((gap) => {
          const start = new Date(time + gap * MINUTE);
          time = start.getTime() + gap * MINUTE;
          return { from: start, until: new Date(time) };
        });
        const forwards = due(c, from, { unit: u, amount: n }, { pauses });
        expect(due(c, from, { unit: u, amount: n }, { pauses: [...pauses].reverse() })).toBe(forwards);
        expect(due(c, from, { unit: u, amount: n }, { pauses: [...pauses, ...pauses] })).toBe(forwards);
        expect(forwards).toBeGreaterThanOrEqual(due(c, from, { unit: u, amount: n }));
        expect(pauses.some((p) => p.from.getTime() < forwards && forwards <= p.until.getTime())).toBe(false);
      },
    ),
    runs,
  );
});

test('one more day off never makes a deadline earlier, one more Saturday worked never later', () => {
  fc.assert(
    fc.property(instant, unit, days, fc.nat(60), options, fc.nat(9000), (from, u, n, ahead, o, gap) => {
      const date = addDays(localDateOf(from), ahead);
      fc.pre(!DAYS.some((one) => one.date === date));
      const start = new Date(from.getTime() + gap * MINUTE);
      const pauses = gap % 2 ? [{ from: start, until: new Date(start.getTime() + gap * MINUTE) }] : [];
      const limit = { unit: u, amount: n };
      const off = makeCalendar({ days: [...DAYS, entry(date, 'off')] });
      expect(due(off, from, limit, { ...o, pauses })).toBeGreaterThanOrEqual(
        due(known, from, limit, { ...o, pauses }),
      );
      const worked = makeCalendar({ days: [...DAYS, entry(date, 'worked')] });
      expect(due(worked, from, limit, o)).toBeLessThanOrEqual(due(known, from, limit, o));
    }),
    runs,
  );
});

test('stepping over working days and back returns, and agrees with the time between', () => {
  fc.assert(
    fc.property(calendars, day, days, (c, date, n) => {
      const start = isWorkingDay(c, date) ? date : workingDayAfter(c, date, 1);
      const end = workingDayAfter(c, start, n);
      expect(workingDayBefore(c, closingTime(c, end)!, n)).toBe(start);
      const span = workingTimeBetween(c, startOfDay(start), startOfDay(end));
      expect(span.days).toBe(n);
      const back = workingTimeBetween(c, startOfDay(end), startOfDay(start));
      expect(back).toEqual({ days: -n, millis: -span.millis });
    }),
    runs,
  );
});

test('time between adds up, and the next opening is the first open minute', () => {
  fc.assert(
    fc.property(calendars, instant, fc.nat(20_000), fc.nat(20_000), (c, a, one, two) => {
      const b = new Date(a.getTime() + one * MINUTE);
      const d = new Date(b.getTime() + two * MINUTE);
      const parts = workingTimeBetween(c, a, b).millis + workingTimeBetween(c, b, d).millis;
      expect(workingTimeBetween(c, a, d).millis).toBe(parts);
      const opening = nextOpening(c, a);
      expect(isOpen(c, opening)).toBe(true);
      expect(workingTimeBetween(c, a, opening).millis).toBe(0);
      expect(opening.getTime() === a.getTime()).toBe(isOpen(c, a));
    }),
    runs,
  );
});

test('a working day opens before it closes; other days do neither', () => {
  fc.assert(
    fc.property(calendars, day, (c, date: LocalDate) => {
      const [open, close] = [openingTime(c, date), closingTime(c, date)];
      expect(open !== undefined && close !== undefined).toBe(isWorkingDay(c, date));
      if (open && close) expect(open < close).toBe(true);
    }),
    runs,
  );
});
