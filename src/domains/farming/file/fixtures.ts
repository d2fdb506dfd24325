/** Map files for tests, written byte by byte. */
import { strToU8, zipSync } from 'fflate';
import type { Position } from '../plot/geodesic.ts';

export type Sample = { name: string; ring: readonly Position[] };

export function geoJson(samples: readonly Sample[], more: object = {}): Uint8Array {
  const features = samples.map(({ name, ring }) => ({
    type: 'Feature',
    properties: { TEN_THUA: name, so_ho: 12 },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }));
  return strToU8(JSON.stringify({ type: 'FeatureCollection', features, ...more }));
}

export function kml(samples: readonly Sample[]): Uint8Array {
  const marks = samples.map(
    ({ name, ring }) => `<Placemark><name>${name}</name>
<ExtendedData><Data name="so_ho"><value>12</value></Data></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
${ring.map(([x, y]) => `${x},${y},0`).join(' ')}
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`,
  );
  return strToU8(
    `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${marks.join('\n')}</Document></kml>`,
  );
}

export function kmz(samples: readonly Sample[]): Uint8Array {
  return zipSync({ 'doc.kml': kml(samples) });
}

/** A zip of one layer; `prj` as surveyors' programs write it. */
export function shapefile(samples: readonly Sample[], prj: string | null, shp = shpOf(samples)): Uint8Array {
  return zipSync({
    'thua/Thua_che.shp': shp,
    'thua/Thua_che.dbf': dbfOf(samples),
    ...(prj !== null && { 'thua/Thua_che.prj': strToU8(prj) }),
  });
}

export function shpOf(samples: readonly Sample[]): Uint8Array {
  const records = samples.map(({ ring }) => recordOf(ring));
  const size = 100 + records.reduce((sum, one) => sum + one.length + 8, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, size / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, 5, true);
  let at = 100;
  for (const [number, record] of records.entries()) {
    view.setInt32(at, number + 1);
    view.setInt32(at + 4, record.length / 2);
    bytes.set(record, at + 8);
    at += 8 + record.length;
  }
  return bytes;
}

/** Outer rings run clockwise there. */
function recordOf(ring: readonly Position[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(48 + ring.length * 16));
  view.setInt32(0, 5, true);
  view.setInt32(36, 1, true);
  view.setInt32(40, ring.length, true);
  for (const [at, [x, y]] of ring.toReversed().entries()) {
    view.setFloat64(48 + at * 16, x, true);
    view.setFloat64(56 + at * 16, y, true);
  }
  return new Uint8Array(view.buffer);
}

function dbfOf(samples: readonly Sample[]): Uint8Array {
  const [header, width] = [65, 40];
  const bytes = new Uint8Array(header + samples.length * (width + 1)).fill(0x20, header);
  const view = new DataView(bytes.buffer);
  bytes[0] = 3;
  view.setUint32(4, samples.length, true);
  view.setUint16(8, header, true);
  view.setUint16(10, width + 1, true);
  bytes.set(strToU8('TEN_THUA'), 32);
  bytes[43] = 0x43;
  bytes[48] = width;
  bytes[64] = 0x0d;
  for (const [at, { name }] of samples.entries()) bytes.set(strToU8(name), header + at * (width + 1) + 1);
  return bytes;
}
