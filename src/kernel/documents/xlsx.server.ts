import { refuse } from '../errors.ts';
import { formatDate } from '../format.ts';
import { runInThread } from '../threads/pool.server.ts';
import type { ThreadKind } from '../threads/pool.server.ts';
import { dayNumber, localDate, OFFSET_MS } from '../time.ts';
import type { CellKind, CellValue, PlainCell, PlainSheet, Sheet, SheetColumn } from './sheet.ts';
import type { XlsxAnswer, XlsxRequest } from './xlsx.thread.ts';

const XLSX: ThreadKind = {
  name: 'xlsx',
  file: 'src/kernel/documents/xlsx.thread.ts',
  maxTasks: 20,
  timeoutMs: 60_000,
  idleMs: 30_000,
  limits: { maxOldGenerationSizeMb: 1024 },
};

/** Cells of one file: 25,000 rows of 20 columns. More is no list that a person reads. */
const MAX_CELLS = 500_000;
/** What a cell can hold (the format's own limit). */
const MAX_TEXT = 32_767;
const MAX_READ_BYTES = 10_000_000;
const WIDTHS: Readonly<Record<CellKind, number>> = {
  text: 28,
  number: 12,
  money: 16,
  date: 12,
  datetime: 18,
  boolean: 10,
};

/**
 * Writes one list as .xlsx: head in bold and frozen, dates and money as such. Text stays text whatever it
 * begins with: `=1+1` is shown, not computed. Times stand in Viet Nam's clock.
 * @throws AppError `kernel.documents.sheet_too_large` (422) above 500,000 cells; `kernel.threads.*` (503)
 */
export function writeSheet<Row>(
  columns: readonly SheetColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  name = 'Danh sách',
): Promise<Uint8Array> {
  return writeSheets([{ name, columns, rows } as Sheet<unknown>]);
}

/** Like {@link writeSheet} with several sheets in one file, as reports have them. @throws like writeSheet */
export async function writeSheets(sheets: readonly Sheet<unknown>[]): Promise<Uint8Array> {
  const plain: PlainSheet[] = [];
  let cells = 0;
  for (const sheet of sheets) {
    const rows: PlainCell[][] = [];
    for await (const row of sheet.rows) {
      cells += sheet.columns.length;
      if (cells > MAX_CELLS) refuse('kernel.documents.sheet_too_large', 422, { cells: MAX_CELLS });
      rows.push(sheet.columns.map((column) => plainCell(column.kind, column.value(row))));
    }
    plain.push({ name: sheetName(sheet.name), columns: sheet.columns.map(plainColumn), rows });
  }
  const answer = await runInThread<XlsxAnswer>(XLSX, { write: plain } satisfies XlsxRequest);
  return answer as Uint8Array;
}

/**
 * Reads the first sheet of an .xlsx file: text, numbers, yes/no, dates as instants in Viet Nam's clock.
 * @throws AppError `kernel.documents.sheet_unreadable` (422) for anything else or above 10 MB
 */
export async function readSheet(bytes: Uint8Array): Promise<(PlainCell | Date)[][]> {
  if (bytes.length > MAX_READ_BYTES) refuse('kernel.documents.sheet_unreadable', 422);
  const answer = await runInThread<XlsxAnswer>(XLSX, { read: bytes } satisfies XlsxRequest);
  const rows = answer as (PlainCell | Date)[][];
  return rows.map((row) =>
    row.map((cell) => (cell instanceof Date ? new Date(cell.getTime() - OFFSET_MS) : cell)),
  );
}

function plainColumn({ label, kind, width, digits }: SheetColumn<unknown>) {
  return {
    label,
    kind,
    width: width ?? Math.max(WIDTHS[kind], Math.min(label.length + 2, 40)),
    digits: digits ?? 0,
  };
}

/** Sheet names are 1 to 31 characters without `[ ] : * ? / \` and quotes at the ends. */
function sheetName(name: string): string {
  return (
    name
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .replace(/\s+/g, ' ')
      .slice(0, 31)
      .trim() || 'Danh sách'
  );
}

function plainCell(kind: CellKind, value: CellValue): PlainCell {
  if (value === null || value === undefined) return null;
  if (kind === 'date' || kind === 'datetime') return dateCell(kind, value);
  if (typeof value === 'bigint') {
    // Beyond 2^53 the format would change digits; as text they stay.
    return kind === 'text' || !Number.isSafeInteger(Number(value)) ? String(value) : Number(value);
  }
  if (value instanceof Date) return textCell(value.toISOString());
  if (kind === 'text' || typeof value === 'string') return textCell(String(value));
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Milliseconds of the local clock; days before 1900, which the format does not know, as text. */
function dateCell(kind: 'date' | 'datetime', value: CellValue): PlainCell {
  if (typeof value === 'string') {
    const date = localDate(value);
    return date < '1900-03-01' ? formatDate(date) : dayNumber(date) * 86_400_000;
  }
  if (!(value instanceof Date)) return textCell(String(value));
  const local = value.getTime() + OFFSET_MS;
  if (local < Date.UTC(1900, 2, 1)) return formatDate(value);
  return kind === 'date' ? Math.floor(local / 86_400_000) * 86_400_000 : Math.round(local / 1000) * 1000;
}

/**
 * The format reads `_x0041_` as A: such a text is escaped so that it stays what it was. The writer keeps texts in
 * a plain object and stumbles over `constructor` and its like; written with an escape they are no such names.
 */
function textCell(text: string): string {
  const whole = text.toWellFormed().replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  if (whole in Object.prototype) return `_x00${whole.charCodeAt(0).toString(16)}_${whole.slice(1)}`;
  return whole.length <= MAX_TEXT ? whole : `${whole.slice(0, MAX_TEXT - 1)}…`;
}
