/**
 * Plots of a map file: GeoJSON, KML, KMZ, or shapefiles in a zip; WGS 84 or VN-2000. A file that is broken is refused
 * with what is wrong and where; shapes that cannot be used are told one by one. Pure.
 */
import { areaOf, faultOf, tidied, type Box, type Geometry, type Position } from '../plot/geometry.ts';
import { toGeometry } from '../plot/geometry-form.ts';
import { openArchive, type Archive } from './archive.ts';
import { nameOf } from './columns.ts';
import { refuseFile, textOf, type FeatureFault, type RawFeature } from './fault.ts';
import { readGeoJson } from './geojson.ts';
import { readKml } from './kml.ts';
import { systemChosen, systemOfCrs, systemOfPrj, type Found, type System } from './projection.ts';
import { readShapefile } from './shapefile.ts';

export type ReadFeature = {
  /** Which shape of the file, from 1. */
  row: number;
  name: string | null;
  attributes: Record<string, string>;
  geometry: Geometry;
  /** Square metres; 0 for a point. */
  areaM2: number;
};

export type ReadFile = {
  format: 'geojson' | 'kml' | 'kmz' | 'shapefile';
  /** In which system the coordinates were. */
  system: string;
  features: ReadFeature[];
  faults: FeatureFault[];
};

const MOST_BYTES = 20_000_000;
const MOST_SHAPES = 5_000;
const MOST_CORNERS = 200_000;

type Raw = { format: ReadFile['format']; groups: { features: RawFeature[]; found: Found | null }[] };

/**
 * Reads a file of plots.
 * @param system what the reader chose; see {@link System}
 * @param box the commune's rectangle, where it is known
 * @throws AppError `farming.file.*` (422)
 */
export function readPlotFile(bytes: Uint8Array, system: System, box: Box | null): ReadFile {
  if (bytes.length > MOST_BYTES) refuseFile('too_large', { most: MOST_BYTES / 1_000_000 });
  const { format, groups } = rawOf(bytes);
  const count = groups.reduce((sum, { features }) => sum + features.length, 0);
  if (count === 0) refuseFile('empty');
  if (count > MOST_SHAPES) refuseFile('too_many', { most: MOST_SHAPES });
  const features: ReadFeature[] = [];
  const faults: FeatureFault[] = [];
  let [before, corners, named] = [0, 0, ''];
  for (const group of groups) {
    const first = group.features.map(({ geometry }) => toGeometry(geometry)).find((one) => one !== undefined);
    const found = group.found ?? systemChosen(system, first && firstOf(first));
    named = found.system;
    for (const raw of group.features) {
      const read = featureOf({ ...raw, row: before + raw.row }, found, box);
      if ('code' in read) faults.push(read);
      else features.push(read);
      corners += 'code' in read ? 0 : countOf(read.geometry);
      if (corners > MOST_CORNERS) refuseFile('too_many_corners', { most: MOST_CORNERS });
    }
    before += group.features.length;
  }
  return { format, system: named, features, faults };
}

function rawOf(bytes: Uint8Array): Raw {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return fromArchive(openArchive(bytes));
  const begins = bytes.findIndex(
    (byte) => ![0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x20, 0x09, 0x0a, 0x0d, 0].includes(byte),
  );
  if (bytes[begins] === 0x3c)
    return { format: 'kml', groups: [{ features: readKml(bytes), found: degrees() }] };
  if (bytes[begins] === 0x7b || bytes[begins] === 0x5b) return fromGeoJson(bytes);
  return refuseFile(bytes[2] === 0x27 && bytes[3] === 0x0a ? 'shp_alone' : 'unknown_kind');
}

/** KML is in WGS 84 by its standard. */
function degrees(): Found {
  return { convert: null, system: 'WGS 84' };
}

function fromGeoJson(bytes: Uint8Array): Raw {
  const { features, system } = readGeoJson(bytes);
  return { format: 'geojson', groups: [{ features, found: system === null ? null : systemOfCrs(system) }] };
}

function fromArchive(archive: Archive): Raw {
  const ending = (end: string) => archive.names.filter((name) => name.toLowerCase().endsWith(end));
  const layers = ending('.shp');
  if (layers.length > 0) return { format: 'shapefile', groups: layers.map((name) => layerOf(archive, name)) };
  const [kml] = [...ending('doc.kml'), ...ending('.kml')];
  if (kml !== undefined)
    return { format: 'kmz', groups: [{ features: readKml(archive.open(kml)), found: degrees() }] };
  const [json] = [...ending('.geojson'), ...ending('.json')];
  return json === undefined ? refuseFile('nothing_inside') : fromGeoJson(archive.open(json));
}

function layerOf(archive: Archive, name: string): Raw['groups'][number] {
  const stem = name.slice(0, -'.shp'.length);
  const beside = (end: string) => {
    const found = archive.names.find((one) => one.toLowerCase() === (stem + end).toLowerCase());
    return found === undefined ? undefined : archive.open(found);
  };
  const [cpg, prj] = [beside('.cpg'), beside('.prj')];
  const layer = {
    name: stem.slice(stem.lastIndexOf('/') + 1).slice(0, 80),
    shp: archive.open(name),
    dbf: beside('.dbf'),
    encoding: cpg && textOf(cpg),
  };
  return { features: readShapefile(layer), found: prj ? systemOfPrj(textOf(prj)) : null };
}

function featureOf(raw: RawFeature, { convert }: Found, box: Box | null): ReadFeature | FeatureFault {
  const { row, attributes, place } = raw;
  const name = nameOf(attributes);
  const fault = (code: string, params: FeatureFault['params'] = {}): FeatureFault => ({
    row,
    name,
    code,
    params: { ...place, ...params },
  });
  const geometry = toGeometry(raw.geometry);
  if (!geometry) {
    const { type } = (raw.geometry ?? {}) as { type?: unknown };
    if (typeof place['bad'] === 'string') return fault('farming.file.bad_pair', { bad: place['bad'] });
    const usable = type === 'Polygon' || type === 'MultiPolygon' || type === 'Point';
    const found = typeof type === 'string' ? type.slice(0, 40) : '–';
    return usable ? fault('farming.geometry.not_a_geometry') : fault('farming.file.no_area', { found });
  }
  const placed = convert ? converted(geometry, convert) : geometry;
  const wrong = faultOf(placed, box) ?? faultOf(tidied(placed), box);
  if (wrong) return fault(`farming.geometry.${wrong.code}`, wrong.params);
  return { row, name, attributes, geometry: tidied(placed), areaM2: areaOf(placed) };
}

function converted(geometry: Geometry, convert: NonNullable<Found['convert']>): Geometry {
  const point = ([x, y]: Position) => convert(x, y);
  const rings = (part: readonly (readonly Position[])[]) => part.map((ring) => ring.map(point));
  if (geometry.type === 'Point') return { type: 'Point', coordinates: point(geometry.coordinates) };
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: rings(geometry.coordinates) };
  return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(rings) };
}

function firstOf(geometry: Geometry): Position | undefined {
  if (geometry.type === 'Point') return geometry.coordinates;
  return geometry.type === 'Polygon' ? geometry.coordinates[0]?.[0] : geometry.coordinates[0]?.[0]?.[0];
}

function countOf(geometry: Geometry): number {
  return geometry.type === 'Point' ? 1 : geometry.coordinates.flat(2).length;
}
