/** Whether plots lie on each other. Pure. */
import { boxOf, partsOf, pointInside, type Geometry, type Position } from './geometry.ts';
import { insideRing, type Cell } from './rings.ts';

/** Borders that were measured twice differ: so far may one reach into the other, in metres. */
export const BORDER_M = 2;
const METRES_OF_DEGREE = 110_700;
/** Each edge is tried at so many points. */
const STEPS = 8;

/**
 * Whether one plot reaches into another by more than the uncertainty of a border. A common border is no overlap, and
 * points have no extent.
 */
export function overlap(one: Geometry, other: Geometry, border = BORDER_M): boolean {
  if (one.type === 'Point' || other.type === 'Point') return false;
  const [a, b] = [boxOf(one), boxOf(other)];
  if (a.west > b.east || b.west > a.east || a.south > b.north || b.south > a.north) return false;
  const plane = planeAt((a.south + a.north) / 2);
  return reaches(one, other, plane, border) || reaches(other, one, plane, border);
}

type Plane = (position: Position) => Cell;

function planeAt(latitude: number): Plane {
  const shorter = Math.cos((latitude * Math.PI) / 180);
  return ([x, y]) => [x * METRES_OF_DEGREE * shorter, y * METRES_OF_DEGREE];
}

/** Whether a point of one lies deep enough in the other. */
function reaches(one: Geometry, other: Geometry, plane: Plane, border: number): boolean {
  const parts = partsOf(other).map((rings) => rings.map((ring) => ring.map(plane)));
  const deep = (point: Cell) =>
    parts.some(
      ([outer = [], ...holes]) =>
        insideRing(point, outer) > 0 &&
        holes.every((hole) => insideRing(point, hole) < 0) &&
        [outer, ...holes].every((ring) => distanceTo(ring, point) > border),
    );
  return (
    deep(plane(pointInside(one))) ||
    partsOf(one).some((rings) => rings.some((ring) => alongRing(ring.map(plane)).some(deep)))
  );
}

function alongRing(ring: readonly Cell[]): Cell[] {
  return ring.slice(1).flatMap(([x, y], at) => {
    const [fromX, fromY] = ring[at]!;
    return Array.from({ length: STEPS }, (_, step): Cell => [
      fromX + ((x - fromX) * step) / STEPS,
      fromY + ((y - fromY) * step) / STEPS,
    ]);
  });
}

function distanceTo(ring: readonly Cell[], [x, y]: Cell): number {
  let least = Infinity;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [[ax, ay], [bx, by]] = [ring[at]!, ring[at + 1]!];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + along * dx - x, ay + along * dy - y));
  }
  return least;
}
