/**
 * Compares the geometry of plots with PostGIS, by hand: `POSTGIS_URL=postgres://… node test/oracle/postgis.ts` on any
 * database with the extension (Debian: postgresql-15-postgis-3). 10,000 random polygons: areas with ST_Area(geography),
 * soundness with ST_IsValid; points of VN-2000 with ST_Transform. Ends with 1 where they do not agree.
 */
import pg from 'pg';
import { seeded, type Random } from '../../demo/random.ts';
import { grid } from '../../src/domains/farming/file/vn2000.ts';
import { polygonArea, type Position } from '../../src/domains/farming/plot/geodesic.ts';
import { UNITS } from '../../src/domains/farming/plot/rings.ts';
import { faultOf } from '../../src/domains/farming/plot/geometry.ts';

const COUNT = 10_000;
const AREA_TOLERANCE = 0.001;
/** The parameters between the two systems are good to a metre; one set of them is applied on both sides. */
const METRE_IN_DEGREES = 1 / 110_700;
/** VN-2000 / TM-3 106-30, the grid of Thái Nguyên; PROJ knows its parameters from the EPSG register. */
const THAI_NGUYEN = { code: 'EPSG:9213', meridian: 106.5, factor: 0.9999 };

const client = new pg.Client(process.env.POSTGIS_URL);
await client.connect();
await client.query('create extension if not exists postgis');
const version = (await client.query('select postgis_full_version() as words')).rows[0].words as string;
const random = seeded(20_261_123);
const areas = await compareAreas();
const sound = await compareSoundness();
const away = await comparePoints();
await client.end();
console.log(version);
console.log(`areas: ${COUNT} polygons, greatest difference ${(areas * 100).toFixed(6)} %`);
console.log(
  `soundness: ${sound.valid} valid and ${sound.invalid} invalid of ${COUNT}, ${sound.differ} judged otherwise`,
);
console.log(`VN-2000: ${COUNT} points, greatest distance ${(away / METRE_IN_DEGREES).toFixed(3)} m`);
if (areas > AREA_TOLERANCE || sound.differ > 0 || away > METRE_IN_DEGREES) process.exitCode = 1;

/** A closed ring around a place: a star, from some metres to some hundred kilometres wide. */
function star(around: Random): Position[] {
  const center = [102.5 + around.next() * 7, 8.5 + around.next() * 15] as const;
  const [corners, wide] = [around.int(4, 40), 10 ** (around.next() * 4.5 - 4.5)];
  const ring = Array.from({ length: corners }, (_, at): Position => {
    const [angle, radius] = [(at / corners) * 2 * Math.PI, wide * (0.3 + around.next() * 0.7)];
    return [center[0] + Math.cos(angle) * radius, center[1] + Math.sin(angle) * radius];
  });
  return [...ring, ring[0]!];
}

async function compareAreas(): Promise<number> {
  const rings = Array.from({ length: COUNT }, () => star(random));
  const shapes = rings.map((ring) => JSON.stringify({ type: 'Polygon', coordinates: [ring] }));
  const { rows } = await client.query<{ area: number }>(
    `select st_area(st_setsrid(st_geomfromgeojson(shape), 4326)::geography) as area
     from unnest($1::text[]) with ordinality as t (shape, at) order by at`,
    [shapes],
  );
  return Math.max(...rings.map((ring, at) => Math.abs(polygonArea([ring]) / rows[at]!.area - 1)));
}

/** Random corners of a small grid: many cross themselves, touch or fold back; some have a hole. */
async function compareSoundness(): Promise<{ valid: number; invalid: number; differ: number }> {
  const corner = (): Position => [105.76 + random.int(0, 7) / 1000, 21.71 + random.int(0, 7) / 1000];
  const ring = (count: number): Position[] => {
    const open = Array.from({ length: count }, corner).filter(
      ([x, y], at, all) => at === 0 || x !== all[at - 1]![0] || y !== all[at - 1]![1],
    );
    const same = open.length > 1 && open[0]!.join() === open.at(-1)!.join();
    return same ? open : [...open, open[0]!];
  };
  const shapes = Array.from({ length: COUNT }, () => ({
    type: 'Polygon' as const,
    coordinates: [ring(random.int(3, 6)), ...(random.chance(0.3) ? [ring(3)] : [])].filter(
      (one) => one.length > 3,
    ),
  })).filter(({ coordinates }) => coordinates.length > 0);
  const { rows } = await client.query<{ valid: boolean }>(
    `select st_isvalid(st_geomfromgeojson(shape)) as valid
     from unnest($1::text[]) with ordinality as t (shape, at) order by at`,
    [shapes.map((shape) => JSON.stringify(inUnits(shape.coordinates)))],
  );
  const ours = shapes.map((shape) => faultOf(shape, null) === null);
  const valid = rows.filter((row) => row.valid).length;
  return {
    valid,
    invalid: rows.length - valid,
    differ: rows.filter((row, at) => row.valid !== ours[at]).length,
  };
}

/** In the whole units of ours: what is on one line in them is not quite on one in degrees. */
function inUnits(rings: readonly (readonly Position[])[]) {
  const coordinates = rings.map((ring) =>
    ring.map(([x, y]) => [Math.round(x * UNITS), Math.round(y * UNITS)]),
  );
  return { type: 'Polygon', coordinates };
}

async function comparePoints(): Promise<number> {
  const metres = Array.from(
    { length: COUNT },
    () => [380_000 + random.next() * 120_000, 2_350_000 + random.next() * 130_000] as const,
  );
  const { rows } = await client.query<{ x: number; y: number }>(
    `select st_x(p) as x, st_y(p) as y from (
       select st_transform(st_makepoint(e, n), '${THAI_NGUYEN.code}', 'EPSG:4326') as p, at
       from unnest($1::float8[], $2::float8[]) with ordinality as t (e, n, at)) q order by at`,
    [metres.map(([east]) => east), metres.map(([, north]) => north)],
  );
  const convert = grid(THAI_NGUYEN.meridian, THAI_NGUYEN.factor);
  const distances = metres.map(([east, north], at) => {
    const [x, y] = convert(east, north);
    return Math.hypot(x - rows[at]!.x, y - rows[at]!.y);
  });
  return Math.max(...distances);
}
