import { PdfFault } from './values.ts';
import type { PdfDict, PdfValue } from './values.ts';

/** Nesting that no honest file needs; deeper ones would exhaust the stack. */
const MAX_DEPTH = 60;

const SPACE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)));

/** Reads values from the bytes of a PDF (ISO 32000-1, 7.2 and 7.3), one after the other. */
export class PdfParser {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  /** The next value. @throws PdfFault where there is none */
  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw this.fault('nested too deep');
    this.skipSpace();
    const byte = this.bytes[this.at];
    switch (byte) {
      case undefined:
        throw this.fault('the file ends');
      case 0x2f:
        return { kind: 'name', name: this.name() };
      case 0x28:
        return { kind: 'string', bytes: this.literalString() };
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c
          ? this.dict(depth)
          : { kind: 'string', bytes: this.hexString() };
    }
    if ((byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e) {
      return this.numberOrRef();
    }
    const word = this.word();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    throw this.fault(`unknown word ${word.slice(0, 20)}`);
  }

  /** An object in the file: `12 0 obj … endobj`. @throws PdfFault */
  indirect(): { readonly number: number; readonly generation: number; readonly value: PdfValue } {
    const number = this.integer();
    const generation = this.integer();
    this.keyword('obj');
    const value = this.value();
    if (typeof value !== 'object' || value?.kind !== 'dict') return { number, generation, value };
    const after = this.at;
    this.skipSpace();
    if (!this.looksAt('stream')) {
      this.at = after;
      return { number, generation, value };
    }
    this.at += 6;
    if (this.bytes[this.at] === 0x0d) this.at++;
    if (this.bytes[this.at] === 0x0a) this.at++;
    return { number, generation, value: { kind: 'stream', dict: value, start: this.at } };
  }

  /** A whole number without sign. @throws PdfFault */
  integer(): number {
    this.skipSpace();
    const start = this.at;
    while (this.at - start < 16 && this.isDigit(this.bytes[this.at])) this.at++;
    if (this.at === start) throw this.fault('a number was expected');
    return Number(this.text(start, this.at));
  }

  /** Goes past that word. @throws PdfFault when something else stands there */
  keyword(word: string): void {
    this.skipSpace();
    if (!this.looksAt(word)) throw this.fault(`${word} was expected`);
    this.at += word.length;
  }

  looksAt(word: string): boolean {
    return this.text(this.at, this.at + word.length) === word;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === 0x25) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 0x0a && this.bytes[this.at] !== 0x0d)
          this.at++;
      } else if (byte !== undefined && SPACE.has(byte)) {
        this.at++;
      } else return;
    }
  }

  private dict(depth: number): PdfDict {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.looksAt('>>')) {
        this.at += 2;
        return { kind: 'dict', entries };
      }
      if (this.bytes[this.at] !== 0x2f) throw this.fault('a key was expected');
      entries.set(this.name(), this.value(depth + 1));
    }
  }

  private array(depth: number): PdfValue {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === 0x5d) {
        this.at++;
        return { kind: 'array', items };
      }
      items.push(this.value(depth + 1));
    }
  }

  private name(): string {
    this.at++;
    return this.word().replace(/#([0-9a-f]{2})/gi, (_all, hex: string) =>
      String.fromCharCode(parseInt(hex, 16)),
    );
  }

  private numberOrRef(): PdfValue {
    const word = this.word();
    if (/^\d{1,10}$/.test(word)) {
      const after = this.at;
      this.skipSpace();
      const second = /^(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/.exec(
        this.text(this.at, this.at + 40),
      );
      if (second) {
        this.at += second[0].length;
        return { kind: 'ref', number: Number(word), generation: Number(second[1]) };
      }
      this.at = after;
    }
    const number = Number(word);
    if (word === '' || Number.isNaN(number)) throw this.fault(`not a number: ${word.slice(0, 20)}`);
    return number;
  }

  private word(): string {
    const start = this.at;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || SPACE.has(byte) || DELIMITER.has(byte)) break;
      this.at++;
    }
    if (this.at === start && DELIMITER.has(this.bytes[start] ?? 0) && this.bytes[start] !== 0x2f) {
      // A delimiter where a word should be: an empty name is allowed, nothing else is.
      return '';
    }
    return this.text(start, this.at);
  }

  private hexString(): Uint8Array {
    const end = this.bytes.indexOf(0x3e, this.at);
    if (end < 0) throw this.fault('a string does not end');
    const digits = this.text(this.at + 1, end).replace(/[\0\t\n\f\r ]/g, '');
    if (/[^0-9a-f]/i.test(digits)) throw this.fault('a string of hex digits holds others');
    this.at = end + 1;
    return new Uint8Array(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'));
  }

  private literalString(): Uint8Array {
    const out: number[] = [];
    let open = 0;
    for (this.at++; ; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw this.fault('a string does not end');
      if (byte === 0x5c) out.push(...this.escape());
      else if (byte === 0x29 && open-- === 0) break;
      else {
        if (byte === 0x28) open++;
        out.push(byte);
      }
    }
    this.at++;
    return Uint8Array.from(out);
  }

  /** What a backslash and what follows it mean; stays on the last byte of it. */
  private escape(): number[] {
    const octal = /^[0-7]{1,3}/.exec(this.text(this.at + 1, this.at + 4));
    if (octal) {
      this.at += octal[0].length;
      return [parseInt(octal[0], 8) & 0xff];
    }
    this.at++;
    const byte = this.bytes[this.at];
    if (byte === 0x0d && this.bytes[this.at + 1] === 0x0a) this.at++;
    if (byte === 0x0d || byte === 0x0a || byte === undefined) return [];
    const at = 'nrtbf'.indexOf(String.fromCharCode(byte));
    return at < 0 ? [byte] : [[0x0a, 0x0d, 0x09, 0x08, 0x0c][at]!];
  }

  private isDigit(byte: number | undefined): boolean {
    return byte !== undefined && byte >= 0x30 && byte <= 0x39;
  }

  private text(from: number, to: number): string {
    return this.bytes.toString('latin1', from, to);
  }

  private fault(what: string): PdfFault {
    return new PdfFault(`${what} at byte ${this.at}`);
  }
}
