import { PdfParser } from './parse.ts';
import { readCrossReferences } from './xref.ts';
import type { CrossReferences } from './xref.ts';
import { packedObjects, unpackStream } from './unpack.ts';
import { dictOf, itemsOf, nameOf, PdfFault } from './values.ts';
import type { PdfDict, PdfStream, PdfValue } from './values.ts';

const MAX_PAGES = 20_000;

/** A PDF opened by its cross-reference tables, strictly: a file that needs repair is not opened. */
export class PdfFile {
  readonly bytes: Uint8Array;
  readonly references: CrossReferences;
  private readonly cache = new Map<number, PdfValue>();
  private readonly unpacked = new Map<number, Map<number, PdfValue>>();

  /** @throws PdfFault for anything that is not a sound PDF */
  constructor(bytes: Uint8Array) {
    const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
    if (!head.includes('%PDF-')) throw new PdfFault('no header');
    this.bytes = bytes;
    this.references = readCrossReferences(bytes);
  }

  get trailer(): PdfDict {
    return this.references.trailer;
  }

  get encrypted(): boolean {
    return this.references.encrypted;
  }

  /** A value with references followed; what is not there is null, as the format says. @throws PdfFault */
  resolve(value: PdfValue | undefined): PdfValue {
    let found = value ?? null;
    for (let hops = 0; typeof found === 'object' && found?.kind === 'ref'; hops++) {
      if (hops > 20) throw new PdfFault('references in a circle');
      found = this.object(found.number);
    }
    return found;
  }

  /** What a dictionary holds under a key, references followed. @throws PdfFault */
  get(dict: PdfDict | undefined, key: string): PdfValue {
    return this.resolve(dict?.entries.get(key));
  }

  /** The document's root. @throws PdfFault when there is none */
  get catalog(): PdfDict {
    const catalog = dictOf(this.get(this.trailer, 'Root'));
    if (!catalog) throw new PdfFault('no catalog');
    return catalog;
  }

  /** The pages in order, as object numbers. @throws PdfFault for a broken tree, one in circles, or a file without pages */
  pages(): number[] {
    const pages: number[] = [];
    const seen = new Set<number>();
    const walk = (value: PdfValue | undefined, depth: number): void => {
      if (depth > 60) throw new PdfFault('the page tree is too deep');
      if (typeof value !== 'object' || value?.kind !== 'ref')
        throw new PdfFault('a page is no object of its own');
      if (seen.has(value.number)) throw new PdfFault('the page tree runs in circles');
      seen.add(value.number);
      const node = dictOf(this.resolve(value));
      if (!node) throw new PdfFault('a page is missing');
      const kids = itemsOf(this.get(node, 'Kids'));
      if (kids && nameOf(this.get(node, 'Type')) !== 'Page')
        return kids.forEach((kid) => walk(kid, depth + 1));
      if (pages.push(value.number) > MAX_PAGES) throw new PdfFault('too many pages');
    };
    walk(this.catalog.entries.get('Pages'), 0);
    if (pages.length === 0) throw new PdfFault('no pages');
    return pages;
  }

  /** The data of a stream, unpacked where it is deflated. @throws PdfFault for other filters or data too large */
  unpack(stream: PdfStream): Uint8Array {
    const raw = this.bytes.subarray(stream.start, stream.start + this.lengthOf(stream));
    return unpackStream(raw, stream.dict, (value) => this.resolve(value));
  }

  /** The object with that number in the newest state of the file. @throws PdfFault */
  object(number: number): PdfValue {
    const known = this.cache.get(number);
    if (known !== undefined) return known;
    const place = this.references.places.get(number);
    let value: PdfValue = null;
    if (place?.kind === 'at') {
      const found = new PdfParser(this.bytes, place.offset).indirect();
      if (found.number !== number) throw new PdfFault(`object ${number} is not where the table says`);
      value = found.value;
    } else if (place?.kind === 'in') {
      value = this.packed(place.stream).get(number) ?? null;
    }
    this.cache.set(number, value);
    return value;
  }

  private packed(number: number): Map<number, PdfValue> {
    const known = this.unpacked.get(number);
    if (known) return known;
    if (this.references.places.get(number)?.kind !== 'at')
      throw new PdfFault('a packed object inside a packed object');
    const stream = this.object(number);
    if (typeof stream !== 'object' || stream?.kind !== 'stream') throw new PdfFault('no object stream');
    const objects = packedObjects(this.unpack(stream), stream.dict);
    this.unpacked.set(number, objects);
    return objects;
  }

  private lengthOf({ dict, start }: PdfStream): number {
    const length = this.get(dict, 'Length');
    if (
      typeof length !== 'number' ||
      !Number.isInteger(length) ||
      length < 0 ||
      start + length > this.bytes.length
    ) {
      throw new PdfFault('a stream without a true length');
    }
    return length;
  }
}
