import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barLengths, lineGeometry, segments, spreadIndexes } from './geometry.ts';

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 });

describe('bars', () => {
  test('the longest fills the box and the others keep their proportion', () => {
    expect(barLengths([2169, 11, 0])).toEqual([100, 0.51, 0]);
  });
  test('a known whole sets the scale', () => {
    expect(barLengths([99.4], 100)).toEqual([99.4]);
  });
  test('nothing at all is drawn as nothing', () => {
    expect(barLengths([0, 0])).toEqual([0, 0]);
  });
});

describe('parts of a whole', () => {
  test('they follow each other without gap and end at the whole', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        fc.pre(values.some((value) => value > 0));
        const parts = segments(values);
        const ends = parts.map((part) => part.start + part.length);
        for (const [index, end] of ends.entries()) expect(end).toBeCloseTo(parts[index + 1]?.start ?? 100, 1);
      }),
    );
  });
  test('a whole of nothing has parts of nothing', () => {
    expect(segments([0, 0])).toEqual([
      { start: 0, length: 0 },
      { start: 0, length: 0 },
    ]);
  });
});

describe('lines', () => {
  test('every point lies in the box, zero is on the axis, larger stands higher', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const { points, ticks } = lineGeometry([values]);
        expect(ticks.find((tick) => tick.value === 0)?.y).toBe(100);
        const row = points[0] ?? [];
        for (const point of row) {
          expect(point?.y).toBeGreaterThanOrEqual(0);
          expect(point?.y).toBeLessThanOrEqual(100);
        }
        const highest = values.indexOf(Math.max(...values));
        for (const point of row) expect(row[highest]?.y ?? 0).toBeLessThanOrEqual(point?.y ?? 0);
      }),
    );
  });
  test('a missing value breaks the line instead of bridging it', () => {
    const { paths } = lineGeometry([[1, 2, null, 3, 4]]);
    expect(paths[0]?.match(/M/g)).toHaveLength(2);
  });
  test('a single value stands in the middle', () => {
    expect(lineGeometry([[5]]).points[0]?.[0]?.x).toBe(50);
  });
});

describe('labels of an axis', () => {
  test('never more than wanted, first and last always, none twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 12 }), (count, most) => {
        const shown = spreadIndexes(count, most);
        expect(shown.length).toBe(Math.min(count, most));
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown[0]).toBe(0);
        expect(shown.at(-1)).toBe(count - 1);
      }),
    );
  });
});
