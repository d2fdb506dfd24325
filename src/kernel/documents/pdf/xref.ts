import { PdfParser } from './parse.ts';
import { dictOf, itemsOf, PdfFault } from './values.ts';
import type { PdfDict, PdfStream } from './values.ts';
import { unpackStream } from './unpack.ts';

/** Where an object stands: at a byte, or inside an object stream. */
export type Place =
  | { readonly kind: 'at'; readonly offset: number }
  | { readonly kind: 'in'; readonly stream: number }
  | { readonly kind: 'free' };

export interface CrossReferences {
  readonly places: ReadonlyMap<number, Place>;
  /** Of the newest section. */
  readonly trailer: PdfDict;
  /** Whether any section of the file, however old, speaks of encryption. */
  readonly encrypted: boolean;
  /** Byte at which the newest section begins. */
  readonly start: number;
  /** How the newest section is written; an update is written likewise. */
  readonly style: 'table' | 'stream';
}

interface Section {
  readonly trailer: PdfDict;
  readonly places: ReadonlyMap<number, Place>;
  readonly style: 'table' | 'stream';
}

const MAX_SECTIONS = 500;
const MAX_OBJECTS = 2_000_000;

/** Reads all cross-reference sections, newest first (ISO 32000-1, 7.5.4 to 7.5.8). @throws PdfFault */
export function readCrossReferences(bytes: Uint8Array): CrossReferences {
  const start = newestSection(bytes);
  const places = new Map<number, Place>();
  const seen = new Set<number>();
  let newest: Section | undefined;
  let encrypted = false;
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (seen.has(at) || seen.size > MAX_SECTIONS) throw new PdfFault('cross-references in a circle');
    seen.add(at);
    const section = readHybrid(bytes, at);
    newest ??= section;
    for (const [number, place] of section.places) if (!places.has(number)) places.set(number, place);
    encrypted ||= section.trailer.entries.has('Encrypt');
    const older = section.trailer.entries.get('Prev');
    if (typeof older === 'number') queue.push(older);
  }
  if (!newest) throw new PdfFault('no cross-references');
  return { places, trailer: newest.trailer, encrypted, start, style: newest.style };
}

function newestSection(bytes: Uint8Array): number {
  const from = Math.max(0, bytes.length - 2048);
  const tail = Buffer.from(bytes.subarray(from)).toString('latin1');
  const at = tail.lastIndexOf('startxref');
  if (at < 0 || !tail.slice(at).includes('%%EOF')) throw new PdfFault('the file has no end');
  return new PdfParser(bytes, from + at + 9).integer();
}

/** A section, and where it is a table with a stream for newer readers, both: the stream knows what the table hides as free. */
function readHybrid(bytes: Uint8Array, at: number): Section {
  const table = readSection(bytes, at);
  const hidden = table.trailer.entries.get('XRefStm');
  if (table.style !== 'table' || typeof hidden !== 'number') return table;
  const places = new Map([...table.places, ...readSection(bytes, hidden).places]);
  for (const [number, place] of table.places) if (place.kind !== 'free') places.set(number, place);
  return { ...table, places };
}

function readSection(bytes: Uint8Array, at: number): Section {
  if (!Number.isInteger(at) || at < 0 || at >= bytes.length) throw new PdfFault('a section outside the file');
  const parser = new PdfParser(bytes, at);
  parser.skipSpace();
  return parser.looksAt('xref') ? readTable(parser) : readStream(parser);
}

function readTable(parser: PdfParser): Section {
  parser.keyword('xref');
  const places = new Map<number, Place>();
  for (;;) {
    parser.skipSpace();
    if (parser.looksAt('trailer')) break;
    const first = parser.integer();
    const count = parser.integer();
    if (first + count > MAX_OBJECTS) throw new PdfFault('too many objects');
    for (let index = 0; index < count; index++) {
      const offset = parser.integer();
      parser.integer();
      parser.skipSpace();
      const used = parser.looksAt('n');
      if (!used && !parser.looksAt('f')) throw new PdfFault('a bad table line');
      parser.at++;
      places.set(first + index, used ? { kind: 'at', offset } : { kind: 'free' });
    }
  }
  parser.keyword('trailer');
  const trailer = dictOf(parser.value());
  if (!trailer) throw new PdfFault('no trailer');
  return { trailer, places, style: 'table' };
}

function readStream(parser: PdfParser): Section {
  const { value } = parser.indirect();
  if (typeof value !== 'object' || value?.kind !== 'stream') throw new PdfFault('no cross-reference stream');
  const { entries } = value.dict;
  const widths = itemsOf(entries.get('W')) ?? [];
  const [type, second, third] = widths.map((width) => (typeof width === 'number' ? width : -1));
  if (
    type === undefined ||
    second === undefined ||
    third === undefined ||
    [type, second, third].some((width) => width < 0 || width > 8)
  ) {
    throw new PdfFault('bad field widths');
  }
  const index = itemsOf(entries.get('Index')) ?? [0, entries.get('Size') ?? 0];
  const data = packedEntries(parser.bytes, value);
  const places = new Map<number, Place>();
  let at = 0;
  const field = (width: number): number => {
    let number = 0;
    for (let count = 0; count < width; count++) number = number * 256 + (data[at++] ?? 0);
    return number;
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first, count] = [Number(index[pair]), Number(index[pair + 1])];
    if (!(first >= 0 && count >= 0 && first + count <= MAX_OBJECTS)) throw new PdfFault('too many objects');
    for (let number = first; number < first + count && at < data.length; number++) {
      const kind = type === 0 ? 1 : field(type);
      const [a] = [field(second), field(third)];
      places.set(
        number,
        kind === 1 ? { kind: 'at', offset: a } : kind === 2 ? { kind: 'in', stream: a } : { kind: 'free' },
      );
    }
  }
  return { trailer: value.dict, places, style: 'stream' };
}

/** The data of a cross-reference stream, which may not refer to anything: nothing can be looked up yet. */
function packedEntries(bytes: Uint8Array, { dict, start }: PdfStream): Uint8Array {
  const length = dict.entries.get('Length');
  if (typeof length !== 'number' || length < 0) throw new PdfFault('a stream without a true length');
  return unpackStream(bytes.subarray(start, start + length), dict, (value) => value ?? null);
}
