/** What is wrong with a file, and where. */
import { AppError, type ErrorParams } from '#kernel/errors';

/** @throws AppError `farming.file.<code>` (422) at the field `file` */
export function refuseFile(code: string, params: ErrorParams = {}): never {
  const full = `farming.file.${code}`;
  throw new AppError(full, 422, params, { file: full }, { file: params });
}

/** A shape of a file that cannot be used: which one (from 1), its name, what is wrong and where. */
export type FeatureFault = { row: number; name: string | null; code: string; params: ErrorParams };

/** A shape of a file as it was read; `geometry` is not yet known to be one. */
export type RawFeature = {
  row: number;
  /** What the file says of it, by column. */
  attributes: Record<string, string>;
  geometry: unknown;
  /** Line of a text file, or byte of another. */
  place: ErrorParams;
};

/** Longest text of one attribute that is kept. */
const LONGEST = 200;

/** A value of a file as text; empty for what is none. */
export function attributeText(value: unknown): string {
  if (typeof value === 'string') return value.trim().slice(0, LONGEST);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Bytes as text. @throws AppError `farming.file.not_text` with the first bad byte */
export function textOf(bytes: Uint8Array): string {
  const marked = (first: number, second: number) => bytes[0] === first && bytes[1] === second;
  const encoding = marked(0xff, 0xfe) ? 'utf-16le' : marked(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuseFile('not_text', { byte: badByte(bytes, encoding) });
  }
}

/** By halves: the shortest beginning that cannot be read, a sequence cut at its end not counted. */
function badByte(bytes: Uint8Array, encoding: string): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return bad;
}
