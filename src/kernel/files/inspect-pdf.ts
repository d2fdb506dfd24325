import { PdfFile } from '../documents/pdf/file.ts';
import { PdfParser } from '../documents/pdf/parse.ts';
import { packedObjects, unpackStream } from '../documents/pdf/unpack.ts';
import { nameOf, PdfFault } from '../documents/pdf/values.ts';
import type { PdfStream, PdfValue } from '../documents/pdf/values.ts';
import { refuse } from '../errors.ts';

/** Keys under which a PDF holds something that acts or carries other files. */
const ACTIVE_KEYS = new Set([
  'JS',
  'JavaScript',
  'EmbeddedFiles',
  'EmbeddedFile',
  'XFA',
  'RichMediaContent',
  'RichMediaSettings',
]);
/** Kinds of actions, annotations and streams that act or carry other files. Links to the web (URI) and places are none. */
const ACTIVE_NAMES = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToE',
  'Rendition',
  'RichMedia',
  'RichMediaExecute',
  'Movie',
  'Sound',
  'Screen',
  '3D',
  'FileAttachment',
  'EmbeddedFile',
]);
/** Keys whose name says what kind of thing it is. */
const KIND_KEYS = ['S', 'Type', 'Subtype'];
const MAX_OBJECTS = 300_000;

/**
 * Opens a PDF of a stranger and counts its pages.
 * @throws AppError `kernel.files.pdf_unreadable`, `pdf_encrypted`, `pdf_active_content`, `pdf_too_many_pages` (422)
 */
export function inspectPdf(bytes: Uint8Array, maxPages: number): number {
  const { encrypted, pages } = open(bytes);
  if (encrypted) refuse('kernel.files.pdf_encrypted', 422);
  if (hasActiveContent(bytes)) refuse('kernel.files.pdf_active_content', 422);
  if (pages > maxPages) refuse('kernel.files.pdf_too_many_pages', 422, { pages, limit: maxPages });
  return pages;
}

function open(bytes: Uint8Array): { encrypted: boolean; pages: number } {
  try {
    const file = new PdfFile(bytes);
    return file.encrypted ? { encrypted: true, pages: 0 } : { encrypted: false, pages: file.pages().length };
  } catch {
    return refuse('kernel.files.pdf_unreadable', 422);
  }
}

/**
 * Whether anything in the file acts. Every place that looks like an object is read, whether the tables name it
 * or not: what one reader skips another may open. Packed objects are unpacked; those that cannot be are refused.
 */
function hasActiveContent(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let objects = 0;
  for (const found of text.matchAll(
    /(?<!\d)\d{1,10}[\0\t\n\f\r ]{1,20}\d{1,5}[\0\t\n\f\r ]{1,20}obj(?![a-zA-Z0-9])/g,
  )) {
    if (++objects > MAX_OBJECTS) return refuse('kernel.files.pdf_unreadable', 422);
    const value = read(bytes, found.index);
    if (value !== undefined && acts(value)) return true;
    if (isObjectStream(value) && packed(bytes, value).some(acts)) return true;
  }
  return false;
}

/** The object at that byte; undefined where the bytes only looked like one. */
function read(bytes: Uint8Array, at: number): PdfValue | undefined {
  try {
    return new PdfParser(bytes, at).indirect().value;
  } catch (error) {
    if (error instanceof PdfFault) return undefined;
    throw error;
  }
}

function isObjectStream(value: PdfValue | undefined): value is PdfStream {
  return (
    typeof value === 'object' &&
    value?.kind === 'stream' &&
    nameOf(value.dict.entries.get('Type')) === 'ObjStm'
  );
}

function packed(bytes: Uint8Array, { dict, start }: PdfStream): PdfValue[] {
  try {
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('endstream', start);
    const length = dict.entries.get('Length');
    const raw = bytes.subarray(start, typeof length === 'number' ? start + length : end);
    return [
      ...packedObjects(
        unpackStream(raw, dict, (value) => value ?? null),
        dict,
      ).values(),
    ];
  } catch {
    return refuse('kernel.files.pdf_unreadable', 422);
  }
}

function acts(value: PdfValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value.kind === 'array') return value.items.some(acts);
  if (value.kind === 'stream') return acts(value.dict);
  if (value.kind !== 'dict') return false;
  for (const [key, entry] of value.entries) {
    if (ACTIVE_KEYS.has(key)) return true;
    if (KIND_KEYS.includes(key) && ACTIVE_NAMES.has(nameOf(entry) ?? '')) return true;
    if (acts(entry)) return true;
  }
  return false;
}
