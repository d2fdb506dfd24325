import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { needsOf, ranked, sorted, SORTS, type Sort } from './compare.ts';
import { middleOf, placedIn } from './map.ts';
import type { PublishedBody, PublishedValue } from './published.ts';

const value = (code: string, more: Partial<PublishedValue> = {}): PublishedValue => ({
  code,
  status: 'not_reached',
  judged: 'not_reached',
  value: 50,
  hidden: null,
  threshold: 80,
  gap: 30,
  from: 'live',
  of: 100,
  ...more,
});
const board = (commune: string, group: number, values: PublishedValue[]): PublishedBody => {
  const reached = values.filter(({ status }) => status === 'reached').length;
  const total = { reached, all: values.length };
  return {
    format: 'xa-so-criteria-values/1',
    commune,
    set: 'smart-commune',
    version: 1,
    group,
    asOf: localDate('2024-03-31'),
    at: null,
    totals: { themes: total, objectives: total, indicators: total },
    values,
  };
};
const boards = fc.array(
  fc
    .record({
      name: fc.constantFrom('An', 'Bình', 'Châu', 'Đông', 'Hà'),
      group: fc.integer({ min: 1, max: 3 }),
      states: fc.array(fc.constantFrom('reached', 'not_reached', 'unknown', 'not_applicable'), {
        minLength: 4,
        maxLength: 4,
      }),
      of: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ name, group, states, of }) =>
      board(
        name,
        group,
        states.map((status, at) => value(`1.1.${at}`, { status, of })),
      ),
    ),
  { maxLength: 12 },
);

describe('places', () => {
  it('are given within a group: the first is nobody’s second, and who has more stands before', () => {
    fc.assert(
      fc.property(boards, (all) => {
        const found = ranked(all);
        expect(found.length).toBe(all.length);
        for (const one of found)
          for (const other of found.filter(({ group }) => group === one.group)) {
            expect(other.ofGroup).toBe(one.ofGroup);
            const [mine, theirs] = [one.totals.indicators.reached, other.totals.indicators.reached];
            expect(Math.sign(one.place - other.place)).toBe(Math.sign(theirs - mine));
          }
      }),
    );
  });

  it('no order loses or doubles a commune', () => {
    fc.assert(
      fc.property(boards, fc.constantFrom<Sort>(...SORTS), (all, sort) => {
        const found = ranked(all);
        expect(new Set(sorted(found, sort))).toEqual(new Set(found));
      }),
    );
  });
});

describe('who needs help with what', () => {
  it('counts every commune to which an indicator applies, once', () => {
    fc.assert(
      fc.property(boards, (all) => {
        for (const { code, communes, short, furthest } of needsOf(all)) {
          const states = all.map(({ values }) => values.find((one) => one.code === code)!.status);
          expect(communes).toBe(states.filter((status) => status !== 'not_applicable').length);
          expect(short).toBe(
            states.filter((status) => status === 'not_reached' || status === 'unknown').length,
          );
          expect(furthest.length).toBeLessThanOrEqual(Math.min(5, short));
        }
      }),
    );
  });

  it('names the furthest first, with small numbers marked', () => {
    const far = board('Xa', 2, [value('1.1.1', { value: 10, gap: 70, of: 12 })]);
    const near = board('Gần', 2, [value('1.1.1', { value: 75, gap: 5 })]);
    const unknown = board('Chưa rõ', 2, [value('1.1.1', { status: 'unknown', value: null, gap: null })]);
    expect(needsOf([near, unknown, far])).toEqual([
      {
        code: '1.1.1',
        communes: 3,
        short: 3,
        furthest: [
          { commune: 'Xa', value: 10, small: true },
          { commune: 'Gần', value: 75, small: false },
        ],
      },
    ]);
    expect(ranked([far])[0]).toMatchObject({ small: 1, place: 1, ofGroup: 1 });
  });
});

describe('the map', () => {
  it('holds every point inside its box, north above south', () => {
    const coordinate = fc.tuple(
      fc.double({ min: 102, max: 110, noNaN: true }),
      fc.double({ min: 8, max: 24, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 1, maxLength: 20 }), (points) => {
        const placed = placedIn(points);
        for (const [at, { x, y }] of placed.entries()) {
          expect(x >= 0 && x <= 100 && y >= 0 && y <= 100).toBe(true);
          for (const [other, place] of placed.entries())
            if (points[at]![1] > points[other]![1]) expect(y).toBeLessThanOrEqual(place.y + 1e-9);
        }
      }),
    );
  });

  it('a commune lies in the middle of its hamlets', () => {
    expect(middleOf([])).toBeNull();
    const square = (west: number, south: number) => [
      [
        [
          [west, south],
          [west + 1, south],
          [west + 1, south + 1],
          [west, south],
        ] as [number, number][],
      ],
    ];
    expect(middleOf([square(105, 21), square(107, 21)])).toEqual([106.5, 21.5]);
  });
});
