/** Shapes of a GeoJSON file (RFC 7946). */
import { attributeText, refuseFile, textOf, type RawFeature } from './fault.ts';

/** @returns its features, and the system its `crs` names (older files have one) @throws AppError `farming.file.*` */
export function readGeoJson(bytes: Uint8Array): { features: RawFeature[]; system: string | null } {
  const data = parsed(textOf(bytes).replace(/^\uFEFF/, ''));
  return { features: featuresOf(data).map(featureOf), system: systemOf(data) };
}

function parsed(text: string): unknown {
  if (faultPosition(text) === null) return JSON.parse(text);
  // What is wrong with a long text is told without its place: the shortest beginning that is wrong has it at its end.
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if ((faultPosition(text.slice(0, middle)) ?? middle) >= middle) good = middle;
    else bad = middle;
  }
  const before = text.slice(0, good).split('\n');
  return refuseFile('not_json', { line: before.length, column: before.at(-1)!.length + 1 });
}

/** Null for a text that can be read; its length where only its end is missing. */
function faultPosition(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch (thrown) {
    const words = String(thrown);
    if (/Unexpected end of JSON input|Unterminated string/.test(words)) return text.length;
    return Number(/position (\d+)/.exec(words)?.[1] ?? 0);
  }
}

type Loose = Record<string, unknown>;

function object(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

const GEOMETRIES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

function featuresOf(data: unknown): unknown[] {
  const { type, features } = object(data);
  if (type === 'FeatureCollection' && Array.isArray(features)) return features as unknown[];
  if (type === 'Feature') return [data];
  if (GEOMETRIES.includes(String(type))) return [{ type: 'Feature', properties: {}, geometry: data }];
  return refuseFile('not_geojson', { found: attributeText(type) || '–' });
}

function featureOf(feature: unknown, at: number): RawFeature {
  const { properties, geometry, id } = object(feature);
  const attributes = Object.entries({ ...(id === undefined ? {} : { id }), ...object(properties) })
    .slice(0, 100)
    .map(([key, value]) => [key.slice(0, 60), attributeText(value)]);
  return {
    row: at + 1,
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    geometry,
    place: {},
  };
}

function systemOf(data: unknown): string | null {
  const name = object(object(object(data)['crs'])['properties'])['name'];
  return typeof name === 'string' ? name.slice(0, 100) : null;
}
