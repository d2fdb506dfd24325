/**
 * Boundaries of hamlets as GeoJSON polygons (RFC 7946: WGS 84, longitude first). Checked before they are kept: closed,
 * not crossing themselves, inside the commune's rectangle; coordinates the wrong way round are named. Pure.
 */
import { AppError } from '#kernel/errors';
import type { Box } from '../unit-catalogue.ts';

/** Longitude, latitude in degrees. */
export type Point = readonly [longitude: number, latitude: number];
/** Outer ring and holes of each polygon. */
export type Shape = Point[][][];

/** One boundary of a file: the name of the hamlet it is for, as written there. */
export type Boundary = { name: string; shape: Shape };

const MOST_POINTS = 20_000;
/** Around the whole country: what is outside is no boundary of a hamlet of ours. */
const COUNTRY: Box = { south: 8, west: 102, north: 24, east: 110 };
/** A commune's rectangle comes from a geocoder: so far may a hamlet stand out of it, in degrees (about 1 km). */
const SLACK = 0.01;

type Fault = { code: string; params?: Record<string, string> };

/** @throws AppError `commune.boundary.*` (422), with the name of the hamlet at fault */
export function readBoundaries(text: string, box: Box | null): Boundary[] {
  const features = featuresOf(parsed(text));
  const boundaries = features.map(boundaryOf);
  const points = boundaries.reduce((sum, { shape }) => sum + shape.flat(2).length, 0);
  if (points > MOST_POINTS) refuse({ code: 'too_many_points', params: { most: String(MOST_POINTS) } });
  for (const { name, shape } of boundaries) {
    const fault = faultOf(shape, box);
    if (fault) refuse({ code: fault.code, params: { ...fault.params, name } });
  }
  return boundaries;
}

function refuse({ code, params = {} }: Fault): never {
  const full = `commune.boundary.${code}`;
  throw new AppError(full, 422, params, { file: full });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse({ code: 'not_json' });
  }
}

function featuresOf(data: unknown): Record<string, unknown>[] {
  const { type, features, crs } = (data ?? {}) as Record<string, unknown>;
  const system = (crs as { properties?: { name?: unknown } } | undefined)?.properties?.name;
  if (typeof system === 'string' && !/CRS84|EPSG:{1,2}4326$/i.test(system))
    refuse({ code: 'other_system', params: { system: system.slice(0, 60) } });
  if (type === 'Feature') return [data as Record<string, unknown>];
  if (type !== 'FeatureCollection' || !Array.isArray(features) || features.length === 0)
    return refuse({ code: 'not_geojson' });
  return features as Record<string, unknown>[];
}

function boundaryOf(feature: Record<string, unknown>): Boundary {
  const { properties, geometry } = (feature ?? {}) as {
    properties?: Record<string, unknown>;
    geometry?: { type?: string; coordinates?: unknown };
  };
  const name = properties?.name ?? properties?.ten ?? properties?.Name ?? properties?.TEN;
  if (typeof name !== 'string' || name.trim() === '') return refuse({ code: 'no_name' });
  const params = { name: name.trim().slice(0, 80) };
  const { type, coordinates } = geometry ?? {};
  if (type !== 'Polygon' && type !== 'MultiPolygon') return refuse({ code: 'not_a_polygon', params });
  const shape = (type === 'Polygon' ? [coordinates] : coordinates) as unknown;
  if (!isShape(shape)) return refuse({ code: 'not_a_polygon', params });
  const flat = shape.map((rings) => rings.map((ring) => ring.map(([x, y]): Point => [x, y])));
  return { name: params.name, shape: flat };
}

function isShape(value: unknown): value is Shape {
  const list = (inner: (one: unknown) => boolean, least: number) => (one: unknown) =>
    Array.isArray(one) && one.length >= least && one.every(inner);
  const point = (one: unknown) =>
    Array.isArray(one) && one.length >= 2 && one.every((number) => Number.isFinite(number));
  return list(list(list(point, 1), 1), 1)(value);
}

/** What is wrong with a shape; the first fault found. */
export function faultOf(shape: Shape, box: Box | null): Fault | null {
  const points = shape.flat(2);
  if (!points.every((point) => isInside(point, COUNTRY, 0))) {
    const swapped = points.every(([x, y]) => isInside([y, x], COUNTRY, 0));
    return { code: swapped ? 'swapped' : 'outside_country' };
  }
  for (const ring of shape.flat()) {
    if (ring.length < 4) return { code: 'too_few_points' };
    if (!same(ring[0]!, ring.at(-1)!)) return { code: 'not_closed' };
    if (crossesItself(ring)) return { code: 'crosses_itself' };
  }
  if (box && !points.every((point) => isInside(point, box, SLACK))) return { code: 'outside_commune' };
  return null;
}

function isInside([x, y]: Point, box: Box, slack: number): boolean {
  return x >= box.west - slack && x <= box.east + slack && y >= box.south - slack && y <= box.north + slack;
}

function same(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Whether two edges that are not neighbours touch, or two neighbours lie on each other. */
export function crossesItself(ring: readonly Point[]): boolean {
  const edges = ring.length - 1;
  for (let at = 0; at < edges; at += 1) {
    const [a, b] = [ring[at]!, ring[at + 1]!];
    if (same(a, b)) return true;
    for (let other = at + 1; other < edges; other += 1) {
      const [c, d] = [ring[other]!, ring[other + 1]!];
      // A box test first: rings of thousands of points are compared edge by edge.
      if (Math.max(c[0], d[0]) < Math.min(a[0], b[0]) || Math.min(c[0], d[0]) > Math.max(a[0], b[0]))
        continue;
      const neighbours = other === at + 1 || (at === 0 && other === edges - 1);
      if (neighbours ? foldsBack(a, b, c, d) : touch(a, b, c, d)) return true;
    }
  }
  return false;
}

/** Twice the area of a triangle; its sign tells on which side of a–b the point lies. */
function side(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function touch(a: Point, b: Point, c: Point, d: Point): boolean {
  const [first, second] = [side(a, b, c) * side(a, b, d), side(c, d, a) * side(c, d, b)];
  if (first > 0 || second > 0) return false;
  const apart = (i: 0 | 1) =>
    Math.max(a[i], b[i]) < Math.min(c[i], d[i]) || Math.max(c[i], d[i]) < Math.min(a[i], b[i]);
  return !apart(0) && !apart(1);
}

/** Two edges with a common end that lie on each other. */
function foldsBack(a: Point, b: Point, c: Point, d: Point): boolean {
  const shared = same(b, c) ? b : a;
  const [one, two] = [same(shared, a) ? b : a, same(shared, c) ? d : c];
  const along = (one[0] - shared[0]) * (two[0] - shared[0]) + (one[1] - shared[1]) * (two[1] - shared[1]);
  return side(shared, one, two) === 0 && along > 0;
}

export type MapPiece = { id: string; name: string; path: string; x: number; y: number };

/** Shapes as paths of an SVG of a given width; longitudes are shortened as at the middle latitude. */
export function drawMap(
  hamlets: readonly { id: string; name: string; shape: Shape }[],
  width: number,
): { width: number; height: number; pieces: MapPiece[] } | null {
  const points = hamlets.flatMap(({ shape }) => shape.flat(2));
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, north, south] = [least(xs), most(ys), least(ys)];
  const shorten = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const scale = width / ((most(xs) - west) * shorten);
  const at = ([x, y]: Point) => [(x - west) * shorten * scale, (north - y) * scale] as const;
  const pieces = hamlets.map(({ id, name, shape }) => {
    const outer = shape[0]![0]!.slice(1).map(at);
    const middle = (i: 0 | 1) => outer.reduce((sum, point) => sum + point[i], 0) / outer.length;
    return { id, name, path: pathOf(shape, at), x: Math.round(middle(0)), y: Math.round(middle(1)) };
  });
  return { width, height: Math.ceil((north - south) * scale), pieces };
}

function pathOf(shape: Shape, at: (point: Point) => readonly [number, number]): string {
  const ring = (points: Point[]) =>
    `M${points
      .slice(0, -1)
      .map((point) =>
        at(point)
          .map((one) => one.toFixed(1))
          .join(' '),
      )
      .join('L')}Z`;
  return shape.flat().map(ring).join('');
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b));
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b));
}
