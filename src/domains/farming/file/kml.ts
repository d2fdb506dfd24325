/** Shapes of a KML file (OGC 12-007r2): placemarks with points and polygons; names of folders stand before theirs. */
import { SaxesParser, type SaxesTag } from 'saxes';
import type { Position } from '../plot/geodesic.ts';
import { attributeText, refuseFile, textOf, type RawFeature } from './fault.ts';

const DEEPEST = 100;

type Mark = {
  line: number;
  attributes: Record<string, string>;
  /** Outlines of each polygon, the outer one first. */
  polygons: Position[][][];
  points: Position[];
  /** The first pair of coordinates that could not be read. */
  bad: string | null;
  others: string[];
};

/** @throws AppError `farming.file.not_xml` with line and column, `farming.file.not_kml` */
export function readKml(bytes: Uint8Array): RawFeature[] {
  const reader = new KmlReader();
  const parser = new SaxesParser({ position: true });
  parser.on('error', (error) => {
    const found = /^(?:[^:]*:)?(\d+):(\d+): (.*)$/s.exec(error.message);
    refuseFile('not_xml', {
      line: Number(found?.[1] ?? parser.line),
      column: Number(found?.[2] ?? parser.column) + 1,
    });
  });
  // Entities of one's own are how small files become large ones; KML has no use for them.
  parser.on('doctype', () => refuseFile('not_kml', { found: 'DOCTYPE', line: parser.line }));
  parser.on('opentag', (tag) => reader.open(tag, parser.line));
  parser.on('text', (text) => reader.add(text));
  parser.on('cdata', (text) => reader.add(text));
  parser.on('closetag', (tag) => reader.close(bare(tag.name)));
  parser.write(textOf(bytes)).close();
  return reader.features();
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

class KmlReader {
  private readonly path: string[] = [];
  private readonly marks: Mark[] = [];
  private mark: Mark | null = null;
  private text = '';
  private column = '';

  open(tag: SaxesTag, line: number): void {
    const name = bare(tag.name);
    if (this.path.length === 0 && name !== 'kml') refuseFile('not_kml', { found: name.slice(0, 40), line });
    if (this.path.length > DEEPEST) refuseFile('not_kml', { found: name.slice(0, 40), line });
    this.path.push(name);
    this.text = '';
    if (name === 'Placemark') this.begin(line);
    if (name === 'Data' || name === 'SimpleData')
      this.column = String(tag.attributes['name'] ?? '').slice(0, 60);
    if (name === 'Polygon') this.mark?.polygons.push([]);
    if (['LineString', 'LinearRing', 'Model', 'Track'].includes(name) && !this.path.includes('Polygon'))
      this.mark?.others.push(name);
  }

  private begin(line: number): void {
    this.mark = { line, attributes: {}, polygons: [], points: [], bad: null, others: [] };
    this.marks.push(this.mark);
  }

  add(text: string): void {
    this.text += text;
  }

  close(name: string): void {
    this.path.pop();
    const parent = this.path.at(-1);
    const { mark } = this;
    if (mark && name === 'name' && parent === 'Placemark') mark.attributes['name'] = attributeText(this.text);
    if (mark && ((name === 'value' && parent === 'Data') || name === 'SimpleData'))
      mark.attributes[this.column] = attributeText(this.text);
    if (mark && name === 'coordinates') this.coordinates(mark);
    if (name === 'Placemark') this.mark = null;
  }

  private coordinates(mark: Mark): void {
    const read = this.text
      .trim()
      .split(/\s+/)
      .filter((pair) => pair !== '')
      .map((pair): Position | null => {
        const [x = Number.NaN, y = Number.NaN] = pair
          .split(',')
          .map((part) => (part === '' ? Number.NaN : Number(part)));
        if (Number.isFinite(x) && Number.isFinite(y)) return [x, y];
        mark.bad ??= pair.slice(0, 40);
        return null;
      });
    const positions = read.filter((one) => one !== null);
    if (this.path.includes('Polygon')) {
      const rings = mark.polygons.at(-1)!;
      if (this.path.includes('outerBoundaryIs')) rings.unshift(positions);
      else rings.push(positions);
    } else if (this.path.at(-1) === 'Point') mark.points.push(...positions);
  }

  features(): RawFeature[] {
    return this.marks.map((mark, at) => ({
      row: at + 1,
      attributes: mark.attributes,
      geometry: geometryOf(mark),
      place: { line: mark.line, ...(mark.bad !== null && { bad: mark.bad }) },
    }));
  }
}

/** One polygon, several, or a point; what else a placemark holds is named by its kind. */
function geometryOf({ polygons, points, bad, others }: Mark): unknown {
  if (bad !== null) return { type: 'unreadable' };
  if (polygons.length === 1) return { type: 'Polygon', coordinates: polygons[0] };
  if (polygons.length > 1) return { type: 'MultiPolygon', coordinates: polygons };
  if (points.length > 0)
    return { type: points.length === 1 ? 'Point' : 'MultiPoint', coordinates: points[0] };
  return others.length > 0 ? { type: others[0] } : null;
}
