import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, localDate } from '#kernel/time';
import { forecastOf, type Point } from './trend.ts';

const START = localDate('2024-01-31');
const SHARE = { least: 0, most: 100 };
const line = (from: number, perDay: number, days: readonly number[]): Point[] =>
  days.map((at) => ({ day: addDays(START, at), value: from + perDay * at }));
const to = (points: Point[], inDays: number, threshold = 80) =>
  forecastOf(points, addDays(START, inDays), { operator: '>=', threshold }, SHARE);

describe('a forecast', () => {
  it('goes on along a straight line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 13 }),
        fc.integer({ min: 101, max: 400 }),
        (from, tenths, days, deadline) => {
          const perDay = tenths / 100;
          const found = to(
            line(
              from,
              perDay,
              days.sort((a, b) => a - b),
            ),
            deadline,
          );
          if (found.kind !== 'fit') throw new Error('enough points are known');
          expect(found.value).toBeCloseTo(Math.min(100, from + perDay * deadline), 6);
          expect(found.pace).toBeCloseTo(perDay * 30, 6);
          expect(found.reaches).toBe(found.value >= 80 - 1e-9);
        },
      ),
    );
  });

  it('stays within what a share can be', () => {
    expect(to(line(90, 1, [0, 5, 8, 9]), 365)).toMatchObject({ value: 100, reaches: true });
    expect(to(line(10, -1, [0, 5, 8, 9]), 365)).toMatchObject({ value: 0, reaches: false });
  });

  it('is not given where too little is known, or where nothing ever moved', () => {
    expect(to([], 30)).toEqual({ kind: 'thin', known: 0 });
    expect(to(line(10, 1, [0, 30, 60]), 90)).toEqual({ kind: 'thin', known: 3 });
    expect(to(line(10, 0, [0, 30, 60, 90]), 120)).toEqual({ kind: 'thin', known: 4 });
    const gaps = [...line(10, 1, [0, 30, 60]), { day: addDays(START, 90), value: null }];
    expect(to(gaps, 120)).toEqual({ kind: 'thin', known: 3 });
  });

  it('of a value that has to fall asks whether it falls far enough', () => {
    const target = { operator: '<=', threshold: 5 } as const;
    const falling = line(30, -0.1, [0, 30, 60, 90]);
    const most = { least: 0, most: Number.MAX_SAFE_INTEGER };
    expect(forecastOf(falling, addDays(START, 260), target, most)).toMatchObject({ reaches: true });
    expect(forecastOf(falling, addDays(START, 240), target, most)).toMatchObject({ reaches: false });
  });
});
