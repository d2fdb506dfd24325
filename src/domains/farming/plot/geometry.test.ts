import fc from 'fast-check';
import { Geodesic } from 'geographiclib-geodesic';
import { describe, expect, it } from 'vitest';
import { polygonArea, ringArea, type Position } from './geodesic.ts';
import { areaOf, faultOf, pointInside, tidied, type Geometry } from './geometry.ts';
import { insideRing, ringFault, UNITS, type Cell } from './rings.ts';

/** Karney's algorithm, by its author: an implementation of other origin than ours. */
function karney(ring: readonly Position[]): number {
  const polygon = Geodesic.WGS84.Polygon(false);
  for (const [lng, lat] of ring.slice(0, -1)) polygon.AddPoint(lat, lng);
  return polygon.Compute(false, true).area ?? Number.NaN;
}

/** A star-shaped ring around a place, up to so many degrees wide; counter-clockwise. */
function star(center: Position, radii: readonly number[], wide: number): Position[] {
  const ring = radii.map((radius, at): Position => {
    const angle = (at / radii.length) * 2 * Math.PI;
    return [center[0] + Math.cos(angle) * radius * wide, center[1] + Math.sin(angle) * radius * wide];
  });
  return [...ring, ring[0]!];
}

const radius = fc.double({ min: 0.3, max: 1, noNaN: true });
const radii = fc.array(radius, { minLength: 5, maxLength: 24 });
const inVietNam = fc.tuple(
  fc.double({ min: 103, max: 109, noNaN: true }),
  fc.double({ min: 9, max: 23, noNaN: true }),
);

describe('areas on the ellipsoid', () => {
  it('of 10,000 plots and communes agree with Karney’s to two millionths', () => {
    const width = fc.double({ min: -4, max: -1, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(inVietNam, radii, width, (center, around, wide) => {
        const ring = star(center, around, wide);
        const theirs = karney(ring);
        expect(Math.abs(ringArea(ring) / theirs - 1)).toBeLessThan(2e-6);
      }),
      { numRuns: 10_000 },
    );
  });

  it('of shapes as large as the country agree to a thousandth, anywhere on Earth', () => {
    const anywhere = fc.tuple(
      fc.double({ min: -170, max: 170, noNaN: true }),
      fc.double({ min: -75, max: 75, noNaN: true }),
    );
    fc.assert(
      fc.property(anywhere, radii, fc.double({ min: 0.1, max: 5, noNaN: true }), (center, around, wide) => {
        const ring = star(center, around, wide);
        expect(Math.abs(ringArea(ring) / karney(ring) - 1)).toBeLessThan(1e-3);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of holes are taken off, however they run', () => {
    const outer = star([105.77, 21.72], [1, 1, 1, 1], 0.001);
    const hole = star([105.77, 21.72], [0.5, 0.5, 0.5, 0.5], 0.001);
    for (const inner of [hole, hole.toReversed()])
      expect(polygonArea([outer, inner]) / polygonArea([outer])).toBeCloseTo(0.75, 6);
  });
});

/** Every pair of edges: a common point where none may be, by plain algebra on the small grid. */
function crossesSomewhere(ring: readonly Cell[]): boolean {
  const edges = ring.slice(1).map((b, at) => [ring[at]!, b] as const);
  return edges.some(([a, b], one) =>
    edges.some(([c, d], other) => {
      if (other <= one) return false;
      const shared = [a, b].filter((p) => [c, d].some((q) => p[0] === q[0] && p[1] === q[1]));
      const next = other === one + 1 || (one === 0 && other === edges.length - 1);
      const common = meetingPoints(a, b, c, d);
      return next ? common > shared.length : common > 0;
    }),
  );
}

/** How many points two edges have in common: none, one, or (of one line) many, counted as 2. */
function meetingPoints(a: Cell, b: Cell, c: Cell, d: Cell): number {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const [wx, wy] = [c[0] - a[0], c[1] - a[1]];
  const bottom = ux * vy - uy * vx;
  if (bottom !== 0) {
    const [s, t] = [(wx * vy - wy * vx) / bottom, (wx * uy - wy * ux) / bottom];
    const within = (share: number) => share >= -1e-9 && share <= 1 + 1e-9;
    return within(s) && within(t) ? 1 : 0;
  }
  if (wx * uy - wy * ux !== 0) return 0;
  const along = (p: Cell) => (p[0] - a[0]) * ux + (p[1] - a[1]) * uy;
  const [low, high] = [Math.min(along(c), along(d)), Math.max(along(c), along(d))];
  const length = along(b);
  if (high < 0 || low > length) return 0;
  return high === 0 || low === length ? 1 : 2;
}

const polygon = (...rings: Position[][]): Geometry => ({ type: 'Polygon', coordinates: rings });
const [X, Y] = [105.76, 21.71];
const ring = (...steps: [number, number][]): Position[] =>
  steps.map(([x, y]) => [X + x / 1000, Y + y / 1000]);
const SQUARE: [number, number][] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const moved = (by: number, size = 1): Position[] =>
  ring(...SQUARE.map(([x, y]): [number, number] => [by + x * size, by + y * size]));
const BOX = { south: 21.69, west: 105.73, north: 21.76, east: 105.82 };

describe('what is wrong with a shape, and where', () => {
  it.each<[string, Geometry, string, Record<string, unknown>]>([
    ['unclosed', polygon(moved(0).slice(0, -1)), 'unclosed', { corner: 4 }],
    ['two corners', polygon(ring([0, 0], [1, 1], [0, 0])), 'too_few_points', { ring: 1 }],
    [
      'a corner twice',
      polygon(ring([0, 0], [4, 0], [4, 0], [4, 4], [0, 0])),
      'duplicate_point',
      { corner: 3 },
    ],
    ['a bow tie', polygon(ring([0, 0], [4, 4], [4, 0], [0, 4], [0, 0])), 'crosses_itself', { corner: 3 }],
    ['a spike', polygon(ring([0, 0], [4, 0], [6, 0], [4, 0], [4, 4], [0, 0])), 'crosses_itself', {}],
    [
      'touching itself',
      polygon(ring([0, 0], [4, 0], [2, 2], [4, 4], [0, 4], [2, 2], [0, 0])),
      'crosses_itself',
      {},
    ],
    ['a hole outside', polygon(moved(0), moved(5)), 'hole_outside', { ring: 2, corner: 1 }],
    ['a hole across the edge', polygon(moved(0), moved(2)), 'hole_outside', { ring: 2 }],
    ['holes one in the other', polygon(moved(0), moved(1, 0.5), moved(1.5, 0.2)), 'rings_cross', { ring: 3 }],
    [
      'swapped',
      polygon(moved(0).map(([x, y]): Position => [y, x])),
      'swapped',
      { at: '105.760000, 21.710000' },
    ],
    ['abroad', polygon(moved(0).map(([x, y]): Position => [x + 10, y])), 'outside_country', { corner: 1 }],
    [
      'beyond the commune',
      polygon(moved(0).map(([x, y]): Position => [x, y + 0.06])),
      'outside_commune',
      { corner: 3 },
    ],
    ['tiny', polygon(moved(0, 0.000_5)), 'too_small', {}],
    [
      'a hole from edge to edge',
      polygon(moved(0), ring([0, 2], [2, 1], [4, 2], [2, 3], [0, 2])),
      'cut_in_two',
      {},
    ],
    [
      'overlapping parts',
      { type: 'MultiPolygon', coordinates: [[moved(0)], [moved(2)]] },
      'parts_overlap',
      { part: 2 },
    ],
  ])('%s', (_, geometry, code, params) => {
    expect(faultOf(geometry, BOX)).toMatchObject({ code, params });
  });

  it.each<[string, Geometry]>([
    ['a square', polygon(moved(0))],
    ['a square with a hole', polygon(moved(0), moved(1, 0.5))],
    ['a hole that touches the edge in a point', polygon(moved(0), ring([0, 2], [2, 1], [2, 3], [0, 2]))],
    ['parts that touch in a corner', { type: 'MultiPolygon', coordinates: [[moved(0)], [moved(4)]] }],
    [
      'a part in the hole of another',
      { type: 'MultiPolygon', coordinates: [[moved(0), moved(1, 0.5)], [moved(1.2, 0.2)]] },
    ],
    ['a point', { type: 'Point', coordinates: [X, Y] }],
  ])('nothing with %s', (_, geometry) => {
    expect(faultOf(geometry, BOX)).toBeNull();
  });

  it('stars are sound whichever way they run', () => {
    fc.assert(
      fc.property(radii, fc.boolean(), (around, back) => {
        const sound = star([105.77, 21.72], around, 0.002);
        expect(faultOf(polygon(back ? sound.toReversed() : sound), BOX)).toBeNull();
      }),
    );
  });

  it('is found where comparing every edge with every other finds it', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }));
    const open = fc.uniqueArray(cell, { minLength: 3, maxLength: 8, selector: String });
    let sound = 0;
    fc.assert(
      fc.property(open, (corners) => {
        const closed = [...corners, corners[0]!];
        expect(ringFault(closed) !== null).toBe(crossesSomewhere(closed));
        sound += ringFault(closed) === null ? 1 : 0;
      }),
      { numRuns: 3_000 },
    );
    expect(sound).toBeGreaterThan(100);
  });

  it('keeps area and place when it is tidied, and finds a point inside for the label', () => {
    fc.assert(
      fc.property(radii, fc.boolean(), (around, back) => {
        const sound = star([105.77, 21.72], around, 0.002);
        const geometry = polygon(back ? sound.toReversed() : sound);
        const kept = tidied(geometry);
        expect(Math.abs(areaOf(kept) - areaOf(geometry))).toBeLessThanOrEqual(1);
        expect(ringArea((kept.coordinates as Position[][])[0]!)).toBeGreaterThan(0);
        const cells = sound.map(([x, y]): [number, number] => [x * UNITS, y * UNITS]);
        const [x, y] = pointInside(geometry);
        expect(insideRing([x * UNITS, y * UNITS], cells)).toBe(1);
      }),
    );
  });
});
