/**
 * Where a plot is: a point, a polygon or several, as GeoJSON geometries (RFC 7946: WGS 84, longitude first). Checked
 * before it is kept; every fault says at which corner. Pure.
 */
import { polygonArea, ringArea, type Position } from './geodesic.ts';
import { crossing, insideRing, ringFault, UNITS, type Cell } from './rings.ts';
import { cutsInTwo } from './touching.ts';

export type { Position };
/** Outer ring and holes; each ring ends with its first point. */
export type Rings = readonly (readonly Position[])[];
export type Geometry =
  | { type: 'Point'; coordinates: Position }
  | { type: 'Polygon'; coordinates: Rings }
  | { type: 'MultiPolygon'; coordinates: readonly Rings[] };
export type Box = { south: number; west: number; north: number; east: number };

/** What is wrong, and where: part, ring and corner count from 1; `at` is latitude, longitude. */
export type GeometryFault = { code: FaultCode; params: Record<string, string | number> };
export type FaultCode =
  | 'not_a_geometry'
  | 'too_many_points'
  | 'swapped'
  | 'outside_country'
  | 'outside_commune'
  | 'unclosed'
  | 'too_few_points'
  | 'duplicate_point'
  | 'crosses_itself'
  | 'hole_outside'
  | 'rings_cross'
  | 'cut_in_two'
  | 'parts_overlap'
  | 'too_small';

export const MOST_POINTS = 2_000;
/** Around the whole country: what is outside is no plot of ours. */
const COUNTRY: Box = { south: 8, west: 102, north: 24, east: 110 };
/** A commune's rectangle comes from a geocoder: so far may a plot stand out of it, in degrees (about 1 km). */
const SLACK = 0.01;
const LEAST_M2 = 1;

/** Outer rings and holes of every part; none of a point. */
export function partsOf(geometry: Geometry): readonly Rings[] {
  if (geometry.type === 'Point') return [];
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** Every corner, the closing ones too. */
export function positionsOf(geometry: Geometry): Position[] {
  return geometry.type === 'Point' ? [geometry.coordinates] : partsOf(geometry).flat(2);
}

/** Whole square metres on the ellipsoid; 0 for a point. */
export function areaOf(geometry: Geometry): number {
  return Math.round(partsOf(geometry).reduce((sum, rings) => sum + polygonArea(rings), 0));
}

/** The rectangle around it. */
export function boxOf(geometry: Geometry): Box {
  const box = { south: Infinity, west: Infinity, north: -Infinity, east: -Infinity };
  for (const [x, y] of positionsOf(geometry)) {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  }
  return box;
}

/** What is wrong with a geometry that has the right form; the first fault found, null where there is none. */
export function faultOf(geometry: Geometry, box: Box | null): GeometryFault | null {
  const points = positionsOf(geometry);
  if (points.length > MOST_POINTS) return { code: 'too_many_points', params: { most: MOST_POINTS } };
  return placeFault(geometry, box) ?? shapeFault(geometry);
}

function placeFault(geometry: Geometry, box: Box | null): GeometryFault | null {
  const points = positionsOf(geometry);
  const abroad = points.findIndex((point) => !isInside(point, COUNTRY, 0));
  if (abroad >= 0) {
    const swapped = points.every(([x, y]) => isInside([y, x], COUNTRY, 0));
    return { code: swapped ? 'swapped' : 'outside_country', params: whereIs(geometry, abroad) };
  }
  const away = box === null ? -1 : points.findIndex((point) => !isInside(point, box, SLACK));
  return away < 0 ? null : { code: 'outside_commune', params: whereIs(geometry, away) };
}

function shapeFault(geometry: Geometry): GeometryFault | null {
  const parts = partsOf(geometry).map((rings) => rings.map((ring) => ring.map(cellOf)));
  for (const [part, rings] of parts.entries()) {
    for (const [ring, cells] of rings.entries()) {
      const fault = ringFault(cells);
      if (fault) return { code: fault.code, params: spot(part, ring, fault.corner, cells) };
    }
    const [outer = [], ...holes] = rings;
    for (const [at, hole] of holes.entries()) {
      const out = outsideAt(hole, outer);
      if (out >= 0) return { code: 'hole_outside', params: spot(part, at + 1, out, hole) };
      const other = holes.slice(0, at).find((before) => meets(hole, before));
      if (other) return { code: 'rings_cross', params: spot(part, at + 1, 0, hole) };
    }
    const cut = holes.length > 0 ? cutsInTwo(rings) : null;
    if (cut) return { code: 'cut_in_two', params: spot(part, 0, 0, [cut]) };
    const before = parts.slice(0, part).findIndex((other) => overlaps(rings, other));
    if (before >= 0) return { code: 'parts_overlap', params: spot(part, 0, 0, outer) };
  }
  if (parts.length > 0 && areaOf(geometry) < LEAST_M2)
    return { code: 'too_small', params: spot(0, 0, 0, parts[0]![0]!) };
  return null;
}

/** Which corner of a hole lies outside its outer ring, or where the two cross; -1 where it lies inside. */
function outsideAt(hole: readonly Cell[], outer: readonly Cell[]): number {
  const out = hole.findIndex((cell) => insideRing(cell, outer) < 0);
  return out >= 0 ? out : crossing(hole, outer);
}

/** Whether two rings cross, or one has a corner or the middle of an edge in the other. */
function meets(a: readonly Cell[], b: readonly Cell[]): boolean {
  const reaches = (one: readonly Cell[], other: readonly Cell[]) =>
    one.some((cell, at) => {
      const next = one[at + 1] ?? cell;
      const middle: Cell = [(cell[0] + next[0]) / 2, (cell[1] + next[1]) / 2];
      return insideRing(cell, other) > 0 || insideRing(middle, other) > 0;
    });
  return crossing(a, b) >= 0 || reaches(a, b) || reaches(b, a);
}

/** Whether two parts have land in common: a part may lie in the hole of another one. */
function overlaps(one: readonly (readonly Cell[])[], other: readonly (readonly Cell[])[]): boolean {
  const [[a = []], [b = []]] = [one, other];
  if (!meets(a, b)) return false;
  const inHole = (ring: readonly Cell[], holes: readonly (readonly Cell[])[]) =>
    holes.some((hole) => outsideAt(ring, hole) < 0);
  return !inHole(a, other.slice(1)) && !inHole(b, one.slice(1));
}

function isInside([x, y]: Position, box: Box, slack: number): boolean {
  return x >= box.west - slack && x <= box.east + slack && y >= box.south - slack && y <= box.north + slack;
}

/** Exact whole units of about a millimetre. */
function cellOf([x, y]: Position): Cell {
  return [Math.round(x * UNITS), Math.round(y * UNITS)];
}

function spot(part: number, ring: number, corner: number, cells: readonly Cell[]): GeometryFault['params'] {
  const [x, y] = cells[corner] ?? cells[0] ?? [0, 0];
  return { part: part + 1, ring: ring + 1, corner: corner + 1, at: written([x / UNITS, y / UNITS]) };
}

/** Part, ring and corner of the point with that number among all. */
function whereIs(geometry: Geometry, at: number): GeometryFault['params'] {
  const words = { at: written(positionsOf(geometry)[at]!) };
  let left = at;
  for (const [part, rings] of partsOf(geometry).entries()) {
    for (const [ring, { length }] of rings.entries()) {
      if (left < length) return { part: part + 1, ring: ring + 1, corner: left + 1, ...words };
      left -= length;
    }
  }
  return { part: 1, ring: 1, corner: 1, ...words };
}

/** Latitude before longitude, as people write it. */
function written([x, y]: Position): string {
  return `${y.toFixed(6)}, ${x.toFixed(6)}`;
}

/** As it is kept: eight decimals, outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6). */
export function tidied(geometry: Geometry): Geometry {
  const point = ([x, y]: Position): Position => [
    Math.round(x * UNITS) / UNITS,
    Math.round(y * UNITS) / UNITS,
  ];
  if (geometry.type === 'Point') return { type: 'Point', coordinates: point(geometry.coordinates) };
  const parts = partsOf(geometry).map((rings) =>
    rings.map((ring, at) => {
      const rounded = ring.map(point);
      return ringArea(rounded) > 0 === (at === 0) ? rounded : rounded.toReversed();
    }),
  );
  return parts.length === 1
    ? { type: 'Polygon', coordinates: parts[0]! }
    : { type: 'MultiPolygon', coordinates: parts };
}

/** A point inside, for a label: the middle of the widest stretch at the height of the middle of the largest part. */
export function pointInside(geometry: Geometry): Position {
  if (geometry.type === 'Point') return geometry.coordinates;
  const [rings] = partsOf(geometry).toSorted((a, b) => polygonArea(b) - polygonArea(a)) as [Rings];
  const heights = rings[0]!.map(([, y]) => y);
  const y = (Math.min(...heights) + Math.max(...heights)) / 2;
  const cuts = rings.flatMap((ring) => ring.slice(1).flatMap((end, at) => cutAt(ring[at]!, end, y)));
  cuts.sort((a, b) => a - b);
  let [best, widest] = [rings[0]![0]![0], -1];
  for (let at = 0; at + 1 < cuts.length; at += 2) {
    const width = cuts[at + 1]! - cuts[at]!;
    if (width > widest) [best, widest] = [(cuts[at]! + cuts[at + 1]!) / 2, width];
  }
  return [best, y];
}

/** Where an edge passes a height; its upper end belongs to it, the lower one does not. */
function cutAt([x1, y1]: Position, [x2, y2]: Position, y: number): number[] {
  return y1 < y !== y2 < y ? [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)] : [];
}
