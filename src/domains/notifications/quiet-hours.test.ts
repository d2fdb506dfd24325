import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextLoudInstant, type QuietHours } from './quiet-hours.ts';

const at = (time: string) => new Date(`2026-03-10T${time}:00+07:00`);

it.each([
  ['20:59', '2026-03-10T20:59:00+07:00'],
  ['21:00', '2026-03-11T07:00:00+07:00'],
  ['23:59', '2026-03-11T07:00:00+07:00'],
  ['00:00', '2026-03-10T07:00:00+07:00'],
  ['06:59', '2026-03-10T07:00:00+07:00'],
  ['07:00', '2026-03-10T07:00:00+07:00'],
])('from 21:00 to 07:00, %s waits until %s', (time, until) => {
  expect(nextLoudInstant(at(time), { from: '21:00', to: '07:00' })).toEqual(new Date(until));
});

it('never goes back, never waits a day, and is loud when it is over', () => {
  const minutes = fc
    .integer({ min: 0, max: 1439 })
    .map((n) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
  const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instants, minutes, minutes, (when, from, to) => {
      const quiet: QuietHours = { from, to };
      const loud = nextLoudInstant(when, quiet);
      const waits = loud.getTime() - when.getTime();
      expect(waits).toBeGreaterThanOrEqual(0);
      expect(waits).toBeLessThan(86_400_000);
      expect(nextLoudInstant(loud, quiet)).toEqual(loud);
      if (from === to) expect(waits).toBe(0);
    }),
  );
});
