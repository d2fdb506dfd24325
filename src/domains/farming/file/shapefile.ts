/** Shapes of an ESRI shapefile (ESRI Shapefile Technical Description, 1998): outlines and the table beside them. */
import type { Position } from '../plot/geodesic.ts';
import { insideRing, type Cell } from '../plot/rings.ts';
import { readDbf } from './dbf.ts';
import { refuseFile, type RawFeature } from './fault.ts';

export type Layer = {
  /** Without folder and ending. */
  name: string;
  shp: Uint8Array;
  dbf?: Uint8Array | undefined;
  /** What the .cpg file says. */
  encoding?: string | undefined;
};

const HEADER = 100;
/** A point, with height, with measure; polygons likewise. */
const POINTS = [1, 11, 21];
const POLYGONS = [5, 15, 25];
const KINDS: Record<number, string> = {
  3: 'LineString',
  8: 'MultiPoint',
  13: 'LineString',
  18: 'MultiPoint',
  23: 'LineString',
  28: 'MultiPoint',
  31: 'MultiPatch',
};

/** @throws AppError `farming.file.bad_shapefile` with layer, record and byte */
export function readShapefile({ name, shp, dbf, encoding }: Layer): RawFeature[] {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength);
  const broken = (byte: number, record = 0): never =>
    refuseFile('bad_shapefile', { layer: name, record, byte });
  if (view.byteLength < HEADER || view.getInt32(0) !== 9994 || view.getInt32(28, true) !== 1000) broken(0);
  const rows = dbf ? readDbf(dbf, encoding, name) : [];
  const features: RawFeature[] = [];
  for (let at = HEADER; at < view.byteLength;) {
    const record = features.length + 1;
    if (at + 12 > view.byteLength) broken(at, record);
    const length = view.getInt32(at + 4) * 2;
    const [begin, end] = [at + 8, at + 8 + length];
    if (length < 4 || end > view.byteLength) broken(at, record);
    const geometry = readGeometry(new DataView(shp.buffer, shp.byteOffset + begin, length));
    if (geometry === undefined) broken(begin, record);
    features.push({
      row: record,
      attributes: rows[record - 1] ?? {},
      geometry,
      place: { layer: name, byte: begin },
    });
    at = end;
  }
  if (rows.length > 0 && rows.length !== features.length)
    refuseFile('other_count', { layer: name, shapes: features.length, rows: rows.length });
  return features;
}

/** Undefined where the record contradicts itself, null for a shape that is none. */
function readGeometry(view: DataView): unknown {
  const kind = view.getInt32(0, true);
  if (kind === 0) return null;
  if (POINTS.includes(kind))
    return view.byteLength < 20 ? undefined : { type: 'Point', coordinates: position(view, 4) };
  if (!POLYGONS.includes(kind)) return KINDS[kind] ? { type: KINDS[kind] } : undefined;
  if (view.byteLength < 44) return undefined;
  const [parts, points] = [view.getInt32(36, true), view.getInt32(40, true)];
  if (parts < 1 || points < 1 || 44 + parts * 4 + points * 16 > view.byteLength) return undefined;
  const starts = Array.from({ length: parts }, (_, part) => view.getInt32(44 + part * 4, true));
  if (starts[0] !== 0 || starts.some((start, at) => start >= points || (at > 0 && start <= starts[at - 1]!)))
    return undefined;
  const first = 44 + parts * 4;
  const rings = starts.map((start, at) =>
    Array.from({ length: (starts[at + 1] ?? points) - start }, (_, point) =>
      position(view, first + (start + point) * 16),
    ),
  );
  return { type: 'MultiPolygon', coordinates: grouped(rings) };
}

function position(view: DataView, at: number): Position {
  return [view.getFloat64(at, true), view.getFloat64(at + 8, true)];
}

/** Outer rings run clockwise there, holes the other way; a hole belongs to the outer ring around its first corner. */
function grouped(rings: Position[][]): Position[][][] {
  const turned = rings.map((ring) => ({ ring, outer: flatArea(ring) <= 0 }));
  const outers = turned.some(({ outer }) => outer) ? turned.filter(({ outer }) => outer) : turned;
  const parts = outers.map(({ ring }) => [ring]);
  for (const one of turned) {
    if (outers.includes(one)) continue;
    const home = parts.find(
      ([outer]) => one.ring[0] && insideRing(one.ring[0] as Cell, outer! as Cell[]) >= 0,
    );
    (home ?? parts[0]!).push(one.ring);
  }
  return parts;
}

/** Twice the area in whatever units, counter-clockwise positive. */
function flatArea(ring: readonly Position[]): number {
  return ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at]![0] * y - x * ring[at]![1], 0);
}
