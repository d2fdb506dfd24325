/**
 * Rings in whole units of 10⁻⁸ degree (about a millimetre): within a commune the products below stay under 2⁵³, so
 * that every answer is exact. Pure.
 */
export const UNITS = 1e8;
export type Cell = readonly [x: number, y: number];
export type RingFault = {
  code: 'unclosed' | 'too_few_points' | 'duplicate_point' | 'crosses_itself';
  /** Which corner, from 0. */
  corner: number;
};

/** What is wrong with one ring by itself; null where nothing is. */
export function ringFault(ring: readonly Cell[]): RingFault | null {
  if (ring.length < 3) return { code: 'too_few_points', corner: 0 };
  if (!same(ring[0]!, ring.at(-1)!)) return { code: 'unclosed', corner: ring.length - 1 };
  if (ring.length < 4) return { code: 'too_few_points', corner: 0 };
  const twice = ring.findIndex((cell, at) => at > 0 && same(cell, ring[at - 1]!));
  if (twice >= 0) return { code: 'duplicate_point', corner: twice };
  const crossed = touchesItself(ring);
  return crossed < 0 ? null : { code: 'crosses_itself', corner: crossed };
}

type Edge = { at: number; a: Cell; b: Cell; west: number; east: number; south: number; north: number };

function edgesOf(ring: readonly Cell[]): Edge[] {
  return ring.slice(1).map((b, at) => {
    const a = ring[at]!;
    const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]];
    const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
    return { at, a, b, west, east, south, north };
  });
}

/** Where the ring crosses or touches itself: the corner at which the later of the two edges begins; -1 for nowhere. */
function touchesItself(ring: readonly Cell[]): number {
  const edges = edgesOf(ring);
  let found = -1;
  forNear(edges, edges, (one, other) => {
    if (one.at >= other.at) return false;
    const next = other.at === one.at + 1;
    const around = one.at === 0 && other.at === edges.length - 1;
    const wrong = next
      ? foldsBack(one.a, one.b, other.b)
      : around
        ? foldsBack(other.a, one.a, one.b)
        : touch(one, other);
    if (wrong) found = other.at;
    return wrong;
  });
  return found;
}

/** At which corner of `ring` an edge begins that crosses an edge of the other, or lies on it; -1 for none. */
export function crossing(ring: readonly Cell[], other: readonly Cell[]): number {
  let found = -1;
  forNear(edgesOf(ring), edgesOf(other), (one, two) => {
    if (!cross(one, two)) return false;
    found = one.at;
    return true;
  });
  return found;
}

/** Goes over the pairs whose rectangles touch, until `stop` says so. */
function forNear(some: Edge[], others: Edge[], stop: (one: Edge, other: Edge) => boolean): void {
  const sorted = others.toSorted((a, b) => a.west - b.west);
  for (const one of some)
    for (const other of sorted) {
      if (other.west > one.east) break;
      if (other.east < one.west || other.south > one.north || other.north < one.south) continue;
      if (stop(one, other)) return;
    }
}

function same(a: Cell, b: Cell): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** On which side of the line a–b a point lies: 1 left, -1 right, 0 on it. */
function side(a: Cell, b: Cell, c: Cell): number {
  return Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
}

/** Whether two edges whose rectangles touch have a point in common. */
function touch({ a, b }: Edge, { a: c, b: d }: Edge): boolean {
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

/** Whether two edges cross inside both, or share a stretch: a common point alone is none. */
function cross(one: Edge, other: Edge): boolean {
  const [first, second] = [side(one.a, one.b, other.a), side(one.a, one.b, other.b)];
  if (first === 0 && second === 0) return stretch(one, other);
  return first * second < 0 && side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < 0;
}

/** Whether two edges of one line share more than a point. */
function stretch(one: Edge, other: Edge): boolean {
  const across = Math.min(one.east, other.east) - Math.max(one.west, other.west);
  const along = Math.min(one.north, other.north) - Math.max(one.south, other.south);
  return across > 0 || along > 0;
}

/** Whether the edge after `b` goes back over the one before it. */
function foldsBack(a: Cell, b: Cell, c: Cell): boolean {
  const back = (a[0] - b[0]) * (c[0] - b[0]) + (a[1] - b[1]) * (c[1] - b[1]) > 0;
  return side(a, b, c) === 0 && back;
}

/** 1 for a point inside a ring, 0 for one on it, -1 for one outside. */
export function insideRing(point: Cell, ring: readonly Cell[]): -1 | 0 | 1 {
  let inside = false;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at]!, ring[at + 1]!];
    const where = side(a, b, point);
    if (where === 0 && between(a, b, point)) return 0;
    if (a[1] > point[1] !== b[1] > point[1] && where > 0 === b[1] > a[1]) inside = !inside;
  }
  return inside ? 1 : -1;
}

function between(a: Cell, b: Cell, [x, y]: Cell): boolean {
  return (
    Math.min(a[0], b[0]) <= x &&
    x <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= y &&
    y <= Math.max(a[1], b[1])
  );
}
