import { expect, it } from 'vitest';
import { cronItems, inLocalTime } from './clock.ts';

/** The queue's question at an instant. */
const at = (iso: string) => {
  const time = new Date(iso);
  return {
    min: time.getUTCMinutes(),
    hour: time.getUTCHours(),
    date: time.getUTCDate(),
    month: time.getUTCMonth() + 1,
    dow: time.getUTCDay(),
  };
};
const year = new Date().getUTCFullYear();

it('takes patterns in Viet Nam’s time', () => {
  const beforeMidnight = inLocalTime('50 23 * * *');
  expect(beforeMidnight(at(`${year}-11-23T16:50:00Z`))).toBe(true);
  expect(beforeMidnight(at(`${year}-11-23T23:50:00Z`))).toBe(false);
});

it('carries the day, the month and the weekday over', () => {
  const firstOfMarch = inLocalTime('5 0 1 3 *');
  const lastOfFebruary = new Date(Date.UTC(year, 2, 0, 17, 5)).toISOString();
  expect(firstOfMarch(at(lastOfFebruary))).toBe(true);
  const newYear = new Date(Date.UTC(year, 0, 1) - 7 * 3_600_000).toISOString();
  expect(inLocalTime(`0 0 1 1 *`)(at(newYear))).toBe(true);
});

it('can read every schedule there is', () => {
  expect(cronItems().map(({ task }) => task)).toContain('clock:installation.audit_heads');
});
