/** What a PDF is made of (ISO 32000-1, 7.3), as far as checking and signing need it. */

export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly number: number;
  readonly generation: number;
}

export interface PdfArray {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

/** A stream's dictionary and where its data begins; the end depends on /Length. */
export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  readonly start: number;
}

export type PdfValue =
  null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream;

/** The file is not a PDF that we understand; `message` says where, for the log. */
export class PdfFault extends Error {
  override name = 'PdfFault';
}

/** The dictionary of a dictionary or a stream. */
export function dictOf(value: PdfValue | undefined): PdfDict | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return value.kind === 'dict' ? value : value.kind === 'stream' ? value.dict : undefined;
}

/** The text of a name. */
export function nameOf(value: PdfValue | undefined): string | undefined {
  return typeof value === 'object' && value?.kind === 'name' ? value.name : undefined;
}

/** The items of an array. */
export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] | undefined {
  return typeof value === 'object' && value?.kind === 'array' ? value.items : undefined;
}

/** The bytes of a string. */
export function bytesOf(value: PdfValue | undefined): Uint8Array | undefined {
  return typeof value === 'object' && value?.kind === 'string' ? value.bytes : undefined;
}

/** A reference. */
export function refOf(value: PdfValue | undefined): PdfRef | undefined {
  return typeof value === 'object' && value?.kind === 'ref' ? value : undefined;
}
