/** Reading a geometry of unknown form, and refusing one with faults in it. */
import { z } from 'zod';
import { AppError } from '#kernel/errors';
import { faultOf, tidied, type Box, type Geometry, type GeometryFault, type Position } from './geometry.ts';

/** A GeoJSON geometry of a plot, heights left out; undefined where it is none. */
export function toGeometry(value: unknown): Geometry | undefined {
  const { type, coordinates } = (value ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type === 'Point') {
    const point = toPosition(coordinates);
    return point && { type, coordinates: point };
  }
  if (type === 'Polygon') {
    const rings = listOf(coordinates, toRing);
    return rings && { type, coordinates: rings };
  }
  if (type !== 'MultiPolygon') return undefined;
  const parts = listOf(coordinates, (part) => listOf(part, toRing));
  return parts && { type, coordinates: parts };
}

function toRing(value: unknown): Position[] | undefined {
  return listOf(value, toPosition);
}

function toPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [x, y] = value as unknown[];
  return Number.isFinite(x) && Number.isFinite(y) ? [x as number, y as number] : undefined;
}

function listOf<T>(value: unknown, read: (one: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list: T[] = [];
  for (const one of value as unknown[]) {
    const found = read(one);
    if (found === undefined) return undefined;
    list.push(found);
  }
  return list;
}

/** For the input of verbs. */
export const GeometryInput = z.unknown().transform((value, context): Geometry => {
  const geometry = toGeometry(value);
  if (geometry) return geometry;
  context.addIssue({ code: 'custom', message: 'farming.geometry.not_a_geometry' });
  return z.NEVER;
});

/** The geometry as it is kept. @throws AppError `farming.geometry.*` (422) with part, ring, corner and place */
export function soundGeometry(geometry: Geometry, box: Box | null): Geometry {
  const kept = tidied(geometry);
  const fault = faultOf(geometry, box) ?? faultOf(kept, box);
  if (fault) refuseGeometry(fault);
  return kept;
}

function refuseGeometry({ code, params }: GeometryFault): never {
  const full = `farming.geometry.${code}`;
  throw new AppError(full, 422, params, { geometry: full }, { geometry: params });
}
