import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TRIES, oneMore, waitAfter, waitLeft } from './tries.ts';

describe('guessing a PIN', () => {
  it('costs nothing four times, then a minute, then twice as long each time, at most a day', () => {
    expect([0, 4, 5, 6, 7].map(waitAfter)).toEqual([0, 0, 60_000, 120_000, 240_000]);
    expect(waitAfter(100)).toBe(86_400_000);
  });

  it('waits no longer than it must, whatever the clock does, and counts on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 40 }), (jumps) => {
        let now = 2e12;
        let tries = NO_TRIES;
        for (const jump of jumps) {
          tries = oneMore(tries, now);
          now += jump;
          const left = waitLeft(tries, now);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(waitAfter(tries.failed));
          if (jump <= 0) expect(left).toBe(waitAfter(tries.failed));
        }
        expect(tries.failed).toBe(jumps.length);
      }),
    );
  });
});
