/** Coordinates of VN-2000 in metres, as surveyors have them, and those of WGS 84. The parameters are data. */
import proj4 from 'proj4';
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import type { Position } from '../plot/geodesic.ts';
import catalogue from '../catalog/vn2000.json' with { type: 'json' };

const Shift = z.strictObject({
  x: z.number(),
  y: z.number(),
  z: z.number(),
  rotationX: z.number(),
  rotationY: z.number(),
  rotationZ: z.number(),
  scale: z.number(),
});
const Catalogue = z.strictObject({
  source: z.string().min(1),
  verified: z.boolean(),
  meridianSource: z.string().min(1),
  /** Metres, arc seconds (rotation of the frame) and parts per million. */
  shift: Shift,
  systems: z
    .array(
      z.strictObject({
        code: z.string(),
        name: Bilingual,
        meridian: z.number().min(102).max(111),
        factor: z.number().min(0.99).max(1),
      }),
    )
    .min(1),
});

const { shift, systems } = Catalogue.parse(catalogue);

/** The grids in which files of VN-2000 come; the province's own first. */
export const VN2000_SYSTEMS = systems;

/** PROJ turns the vector and not the frame: the rotations change their signs. */
const TO_WGS84 = [
  shift.x,
  shift.y,
  shift.z,
  -shift.rotationX,
  -shift.rotationY,
  -shift.rotationZ,
  shift.scale,
];
const ON_ELLIPSOID = `+ellps=WGS84 +towgs84=${TO_WGS84.join(',')} +no_defs`;

export type ToWgs84 = (east: number, north: number) => Position;

/** From metres of a grid of VN-2000; undefined for a code that there is not. */
export function fromVn2000(code: string): ToWgs84 | undefined {
  const system = systems.find((one) => one.code === code);
  return system && grid(system.meridian, system.factor);
}

/** From metres of a transverse grid of VN-2000 with its own meridian and factor. */
export function grid(meridian: number, factor: number): ToWgs84 {
  const from = `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=${factor} +x_0=500000 +y_0=0 ${ON_ELLIPSOID} +units=m`;
  const { forward } = proj4(from, '+proj=longlat +datum=WGS84 +no_defs');
  return (east, north) => forward([east, north]) as [number, number];
}

/** From metres of a transverse grid of WGS 84, such as UTM. */
export function wgs84Grid(meridian: number, factor: number): ToWgs84 {
  const from = `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=${factor} +x_0=500000 +y_0=0 +datum=WGS84 +units=m +no_defs`;
  const { forward } = proj4(from, '+proj=longlat +datum=WGS84 +no_defs');
  return (east, north) => forward([east, north]) as [number, number];
}

/** From degrees of VN-2000. */
export function fromVn2000Degrees(): ToWgs84 {
  const { forward } = proj4(`+proj=longlat ${ON_ELLIPSOID}`, '+proj=longlat +datum=WGS84 +no_defs');
  return (x, y) => forward([x, y]) as [number, number];
}

/** Whether a pair can only be metres of a grid: east of the zone's edge, north of the country's south. */
export function areMetres([x, y]: Position): boolean {
  return x > 100_000 && x < 900_000 && y > 800_000 && y < 2_700_000;
}
