import type { PdfFile } from './file.ts';
import type { PdfDict, PdfRef, PdfValue } from './values.ts';

/** Words put into a file as they are, such as room for a signature. */
export interface PdfRaw {
  readonly kind: 'raw';
  readonly text: string;
}

/** A dictionary from plain entries. */
export function dict(entries: Record<string, PdfValue | PdfRaw>): PdfDict {
  return { kind: 'dict', entries: new Map(Object.entries(entries)) as ReadonlyMap<string, PdfValue> };
}

/** A dictionary with some entries changed. */
export function withEntries(old: PdfDict, entries: Record<string, PdfValue | PdfRaw>): PdfDict {
  const changed = Object.entries(entries) as [string, PdfValue][];
  return { kind: 'dict', entries: new Map([...old.entries, ...changed]) };
}

export function name(text: string): PdfValue {
  return { kind: 'name', name: text };
}

export function array(items: readonly (PdfValue | PdfRaw)[]): PdfValue {
  return { kind: 'array', items: items as readonly PdfValue[] };
}

export function ref(number: number, generation = 0): PdfRef {
  return { kind: 'ref', number, generation };
}

/** A text string as UTF-16 with its mark (ISO 32000-1, 7.9.2.2). */
export function text(words: string): PdfValue {
  const bytes = Buffer.from(`\uFEFF${words}`, 'utf16le').swap16();
  return { kind: 'string', bytes: new Uint8Array(bytes) };
}

/** A date of Viet Nam's clock: `D:20260904160200+07'00'`. */
export function date(at: Date): PdfValue {
  const local = new Date(at.getTime() + 7 * 3_600_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return { kind: 'string', bytes: new Uint8Array(Buffer.from(`D:${local}+07'00'`)) };
}

/** A value in the file's syntax. Strings are written as hex digits: nothing in them can be mistaken for syntax. */
export function serialize(value: PdfValue | PdfRaw): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : value.toFixed(5).replace(/0+$/, '');
  switch (value.kind) {
    case 'raw':
      return value.text;
    case 'name':
      return `/${value.name.replace(/[^!$&'*+,\-.0-9:;=?@A-Z^_`a-z|~]/g, (sign) => `#${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
    case 'string':
      return `<${Buffer.from(value.bytes).toString('hex')}>`;
    case 'ref':
      return `${value.number} ${value.generation} R`;
    case 'array':
      return `[${value.items.map(serialize).join(' ')}]`;
    case 'dict':
      return `<< ${[...value.entries].map(([key, entry]) => `${serialize(name(key))} ${serialize(entry)}`).join(' ')} >>`;
    case 'stream':
      throw new Error('streams are not rewritten');
  }
}

/** Room for new objects: the lowest number that the file does not use. */
export function nextObjectNumber(file: PdfFile): number {
  const size = file.trailer.entries.get('Size');
  let next = typeof size === 'number' ? size : 0;
  for (const number of file.references.places.keys()) next = Math.max(next, number + 1);
  return next;
}

/**
 * The file with changed and new objects appended (ISO 32000-1, 7.5.6): not a byte of what stands is touched, so
 * earlier signatures stay valid. The cross-references are written in the file's own style.
 */
export function appendObjects(file: PdfFile, objects: ReadonlyMap<number, PdfDict>, id: Uint8Array): Buffer {
  const parts: Buffer[] = [Buffer.from(file.bytes)];
  let length = file.bytes.length;
  const add = (words: string): void => {
    const part = Buffer.from(words, 'latin1');
    parts.push(part);
    length += part.length;
  };
  if (file.bytes[length - 1] !== 0x0a) add('\n');
  const offsets = new Map<number, number>();
  for (const [number, value] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.set(number, length);
    add(`${number} 0 obj\n${serialize(value)}\nendobj\n`);
  }
  const start = length;
  const size = Math.max(nextObjectNumber(file), ...[...objects.keys()].map((number) => number + 1));
  add(
    file.references.style === 'table'
      ? table(file, offsets, size, id)
      : stream(file, offsets, size, start, id),
  );
  add(`startxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

function trailerEntries(file: PdfFile, size: number, id: Uint8Array): Record<string, PdfValue | PdfRaw> {
  const old = file.trailer.entries;
  const own: PdfValue = { kind: 'string', bytes: id };
  const ids = file.get(file.trailer, 'ID');
  const first = typeof ids === 'object' && ids?.kind === 'array' ? (ids.items[0] ?? own) : own;
  const kept = ['Root', 'Info'].filter((key) => old.has(key)).map((key) => [key, old.get(key)!] as const);
  return { Size: size, Prev: file.references.start, ...Object.fromEntries(kept), ID: array([first, own]) };
}

/** Runs of consecutive numbers. */
function runs(offsets: ReadonlyMap<number, number>): [first: number, offsets: number[]][] {
  const out: [number, number[]][] = [];
  for (const [number, offset] of offsets) {
    const last = out.at(-1);
    if (last && last[0] + last[1].length === number) last[1].push(offset);
    else out.push([number, [offset]]);
  }
  return out;
}

function table(file: PdfFile, offsets: ReadonlyMap<number, number>, size: number, id: Uint8Array): string {
  const sections = runs(offsets).map(
    ([first, places]) =>
      `${first} ${places.length}\n${places.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`,
  );
  return `xref\n${sections.join('')}trailer\n${serialize(dict(trailerEntries(file, size, id)))}\n`;
}

function stream(
  file: PdfFile,
  offsets: ReadonlyMap<number, number>,
  size: number,
  start: number,
  id: Uint8Array,
): string {
  const all = new Map([...offsets, [size, start]]);
  const sections = runs(all);
  const rows = sections.flatMap(([, places]) =>
    places.map((offset) => `01${offset.toString(16).padStart(8, '0')}00`),
  );
  const head = dict({
    Type: name('XRef'),
    ...trailerEntries(file, size + 1, id),
    W: array([1, 4, 1]),
    Index: array(sections.flatMap(([first, places]) => [first, places.length])),
    Length: rows.length * 6,
  });
  const data = Buffer.from(rows.join(''), 'hex').toString('latin1');
  return `${size} 0 obj\n${serialize(head)}\nstream\n${data}\nendstream\nendobj\n`;
}
