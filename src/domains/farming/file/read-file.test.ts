import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/errors';
import type { Position } from '../plot/geodesic.ts';
import { columnOf } from './columns.ts';
import { geoJson, kml, kmz, shapefile, shpOf, type Sample } from './fixtures.ts';
import { readPlotFile } from './read-file.ts';
import vi from '../messages/vi.json' with { type: 'json' };

const BOX = { south: 21.69, west: 105.73, north: 21.76, east: 105.82 };
const at = (x: number, y: number, size = 0.001): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const SAMPLES: Sample[] = [
  { name: 'Đồi Cao', ring: at(105.75, 21.71) },
  { name: 'Bãi Trước', ring: at(105.76, 21.72) },
];
/** The same corner near Khe Cốc in metres of VN-2000, meridian 106°30′; computed by PROJ 9.1.1 (EPSG:9213 → 4326). */
const METRES: Sample[] = [{ name: 'Đồi Cao', ring: at(423_000, 2_403_000, 100) }];
const PRJ =
  'PROJCS["VN-2000_Thai_Nguyen",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",106.5],PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]';
const WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]]]';

const read = (bytes: Uint8Array, system = 'auto') => readPlotFile(bytes, system, BOX);

/** What a refusal says. */
function refusal(bytes: Uint8Array, system = 'auto') {
  try {
    read(bytes, system);
  } catch (thrown) {
    if (isAppError(thrown)) return { code: thrown.code, ...thrown.params };
    throw thrown;
  }
  return null;
}

describe('a map file', () => {
  it.each<[string, string, Uint8Array]>([
    ['GeoJSON', 'geojson', geoJson(SAMPLES)],
    ['KML', 'kml', kml(SAMPLES)],
    ['KMZ', 'kmz', kmz(SAMPLES)],
    ['shapefile', 'shapefile', shapefile(SAMPLES, WGS84)],
    ['shapefile without .prj', 'shapefile', shapefile(SAMPLES, null)],
    ['GeoJSON in a zip', 'geojson', zipSync({ 'a.geojson': geoJson(SAMPLES) })],
  ])('%s gives its plots with their names', (_, format, bytes) => {
    const file = read(bytes);
    expect(file).toMatchObject({ format, faults: [] });
    expect(file.features.map(({ row, name }) => [row, name])).toEqual([
      [1, 'Đồi Cao'],
      [2, 'Bãi Trước'],
    ]);
    const [first] = file.features;
    expect(first!.areaM2).toBeGreaterThan(11_000);
    expect(first!.areaM2).toBeLessThan(11_800);
    expect((first!.geometry.coordinates as Position[][])[0]).toContainEqual([105.751, 21.711]);
    if (format !== 'shapefile') expect(columnOf(first!.attributes, 'household')).toBe('12');
  });

  it.each<[string, Uint8Array, string]>([
    ['by its .prj', shapefile(METRES, PRJ), 'auto'],
    ['by the province, where it says nothing', shapefile(METRES, null), 'auto'],
    ['as chosen', geoJson(METRES), 'tm3_106_30'],
    ['by its crs', geoJson(METRES, { crs: { properties: { name: 'urn:ogc:def:crs:EPSG::9213' } } }), 'auto'],
  ])('in VN-2000 is carried to WGS 84, %s', (_, bytes, system) => {
    const { features, faults } = read(bytes, system);
    expect(faults).toEqual([]);
    const [x, y] = (features[0]!.geometry.coordinates as Position[][])[0]![0]!;
    expect(Math.abs(x - 105.757_597_8)).toBeLessThan(0.000_01);
    expect(Math.abs(y - 21.721_354_2)).toBeLessThan(0.000_01);
    expect(Math.abs(features[0]!.areaM2 - 10_000)).toBeLessThan(5);
  });

  it.each<[string, Uint8Array, Record<string, unknown>]>([
    [
      'JSON',
      strToU8('{"type": "FeatureCollection",\n "features": [,]}'),
      { code: 'farming.file.not_json', line: 2, column: 15 },
    ],
    ['cut JSON', geoJson(SAMPLES).slice(0, 90), { code: 'farming.file.not_json', line: 1 }],
    ['other JSON', strToU8('{"a": 1}'), { code: 'farming.file.not_geojson' }],
    ['XML', strToU8('<kml>\n<Document>\n</kml>'), { code: 'farming.file.not_xml', line: 3 }],
    ['other XML', strToU8('<gpx></gpx>'), { code: 'farming.file.not_kml', found: 'gpx', line: 1 }],
    [
      'XML with entities of its own',
      strToU8('<!DOCTYPE kml [<!ENTITY a "b">]><kml></kml>'),
      { code: 'farming.file.not_kml' },
    ],
    ['letters', new Uint8Array([0x7b, 0x22, 0xe1, 0x28]), { code: 'farming.file.not_text', byte: 4 }],
    ['zip', kmz(SAMPLES).slice(0, 100), { code: 'farming.file.bad_zip' }],
    ['zip without a map', zipSync({ 'a.txt': strToU8('x') }), { code: 'farming.file.nothing_inside' }],
    [
      'shapefile',
      shapefile(SAMPLES, WGS84, shpOf(SAMPLES).slice(0, 250)),
      { code: 'farming.file.bad_shapefile', record: 2, layer: 'Thua_che' },
    ],
    [
      'count of shapes',
      shapefile(SAMPLES, WGS84, shpOf(METRES)),
      { code: 'farming.file.other_count', shapes: 1, rows: 2 },
    ],
    ['lone .shp', shpOf(SAMPLES), { code: 'farming.file.shp_alone' }],
    [
      'system',
      shapefile(SAMPLES, 'PROJCS["Hanoi 1972 / GK 18"]'),
      { code: 'farming.file.other_system', system: 'Hanoi 1972 / GK 18' },
    ],
    ['nothing', new Uint8Array(), { code: 'farming.file.unknown_kind' }],
    ['no shapes', geoJson([]), { code: 'farming.file.empty' }],
  ])('that is broken is refused with what and where: %s', (_, bytes, wanted) => {
    expect(refusal(bytes)).toMatchObject(wanted);
  });

  it('tells every shape that cannot be used, with its number, name and place', () => {
    const crossing: Position[] = [
      [105.75, 21.71],
      [105.76, 21.72],
      [105.76, 21.71],
      [105.75, 21.72],
      [105.75, 21.71],
    ];
    const swapped = at(105.75, 21.71).map(([x, y]): Position => [y, x]);
    const samples = [...SAMPLES, { name: 'Chéo', ring: crossing }, { name: 'Ngược', ring: swapped }];
    const { features, faults } = read(kml(samples));
    expect(features).toHaveLength(2);
    expect(faults).toMatchObject([
      { row: 3, name: 'Chéo', code: 'farming.geometry.crosses_itself', params: { line: 12, corner: 3 } },
      { row: 4, name: 'Ngược', code: 'farming.geometry.swapped', params: { line: 17 } },
    ]);
    const line = {
      type: 'FeatureCollection',
      features: [{ geometry: { type: 'LineString', coordinates: [] } }],
    };
    expect(read(strToU8(JSON.stringify(line))).faults).toMatchObject([
      { row: 1, code: 'farming.file.no_area', params: { found: 'LineString' } },
    ]);
    const pair = strToU8(new TextDecoder().decode(kml(SAMPLES)).replace('105.751,21.71', '105.751;21.71'));
    expect(read(pair).faults).toMatchObject([
      { row: 1, code: 'farming.file.bad_pair', params: { bad: '105.751;21.71,0' } },
    ]);
  });

  it('whatever bytes it has, is read or refused in words that we have, and never crashes', () => {
    const whole = [geoJson(SAMPLES), kml(SAMPLES), kmz(SAMPLES), shapefile(METRES, PRJ), shpOf(SAMPLES)];
    const damaged = fc
      .tuple(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.nat(),
        fc.boolean(),
      )
      .map(([bytes, changes, length, cut]) => {
        const copy = bytes.slice(0, cut ? length % (bytes.length + 1) : bytes.length);
        for (const [place, value] of changes) if (copy.length > 0) copy[place % copy.length] = value;
        return copy;
      });
    const codes = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const refused = refusal(bytes);
        if (refused) codes.add(refused.code);
        else for (const { code } of read(bytes).faults) codes.add(code);
      }),
      { numRuns: 4_000 },
    );
    for (const code of codes) expect(Object.keys(vi)).toContain(`error_${code.replaceAll('.', '_')}`);
    expect(codes.size).toBeGreaterThan(6);
  });

  it('damaged inside a zip is read or refused as well', () => {
    const shp = shpOf(SAMPLES);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const copy = shp.slice();
          for (const [place, value] of changes) copy[place % copy.length] = value;
          refusal(shapefile(SAMPLES, WGS84, copy));
        },
      ),
      { numRuns: 500 },
    );
  });
});
