/** Distances and directions over the few kilometres of a commune. */
import type { Point } from './open-location-code.ts';

const EARTH_RADIUS_M = 6_371_009;
const RADIANS = Math.PI / 180;

/** The eight directions clockwise from north; messages word them. */
export const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Metres to the east and to the north of `from`; true to some millimetres within a few kilometres. */
export function offsetFrom(from: Point, to: Point): { east: number; north: number } {
  const middle = ((from.lat + to.lat) / 2) * RADIANS;
  return {
    east: (to.lng - from.lng) * RADIANS * EARTH_RADIUS_M * Math.cos(middle),
    north: (to.lat - from.lat) * RADIANS * EARTH_RADIUS_M,
  };
}

/** Metres as the crow flies. */
export function distanceBetween(from: Point, to: Point): number {
  const { east, north } = offsetFrom(from, to);
  return Math.hypot(east, north);
}

/** In which of the eight directions one goes. */
export function directionTo(from: Point, to: Point): Direction {
  const { east, north } = offsetFrom(from, to);
  const turns = Math.round((Math.atan2(east, north) / RADIANS / 45 + 8) % 8) % 8;
  return DIRECTIONS[turns]!;
}
