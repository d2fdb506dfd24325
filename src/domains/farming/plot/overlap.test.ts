import { expect, it } from 'vitest';
import type { Geometry, Position } from './geometry.ts';
import { overlap } from './overlap.ts';

/** A rectangle by its corners in metres from a place. */
function field(west: number, south: number, east: number, north: number): Geometry {
  const at = (x: number, y: number): Position => [105.76 + x / 102_840, 21.72 + y / 110_700];
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)];
  return { type: 'Polygon', coordinates: [ring] };
}

it.each<[string, Geometry, Geometry, boolean]>([
  ['apart', field(0, 0, 50, 50), field(60, 0, 90, 50), false],
  ['with a common border', field(0, 0, 50, 50), field(50, 0, 90, 50), false],
  ['a metre over the border', field(0, 0, 50, 50), field(49, 0, 90, 50), false],
  ['ten metres over it', field(0, 0, 50, 50), field(40, 0, 90, 50), true],
  ['the same', field(0, 0, 50, 50), field(0, 0, 50, 50), true],
  ['one inside the other', field(0, 0, 50, 50), field(10, 10, 40, 40), true],
  ['across each other', field(0, 20, 90, 30), field(40, -30, 50, 80), true],
])('two plots %s', (_, one, other, wanted) => {
  expect([overlap(one, other), overlap(other, one)]).toEqual([wanted, wanted]);
});
