/** The spreadsheet writer's thread: 20,000 rows take a second of pure computing. */
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { CellObject, Sheet } from 'write-excel-file/node';
import { refuse } from '../errors.ts';
import { isSaneZip, zipDirectory } from '../files/zip.ts';
import { serveThread } from '../threads/answer.ts';
import type { PlainCell, PlainColumn, PlainSheet } from './sheet.ts';

export type XlsxRequest = { readonly write: readonly PlainSheet[] } | { readonly read: Uint8Array };
export type XlsxAnswer = Uint8Array | (PlainCell | Date)[][];

async function work(request: XlsxRequest): Promise<XlsxAnswer> {
  if ('read' in request) return read(request.read);
  const file = await writeXlsxFile(request.write.map(toSheet), {
    fontFamily: 'Times New Roman',
    fontSize: 12,
  });
  return new Uint8Array(await file.toBuffer());
}

async function read(bytes: Uint8Array): Promise<(PlainCell | Date)[][]> {
  if (!isSaneZip(zipDirectory(bytes))) return refuse('kernel.documents.sheet_unreadable', 422);
  try {
    return (await readSheet(Buffer.from(bytes), { trim: false })) as unknown as (PlainCell | Date)[][];
  } catch {
    return refuse('kernel.documents.sheet_unreadable', 422);
  }
}

function toSheet({ name, columns, rows }: PlainSheet): Sheet<never> {
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map(({ width }) => ({ width })),
    data: [
      columns.map(({ label }) => ({ value: label, type: String, ...HEAD })),
      ...rows.map((row) => row.map((cell, index) => toCell(cell, columns[index]!))),
    ],
  };
}

const HEAD = {
  fontWeight: 'bold',
  wrap: true,
  align: 'center',
  alignVertical: 'center',
  backgroundColor: '#E4EDE2',
  borderStyle: 'thin',
} as const;

function toCell(value: PlainCell, { kind, digits }: PlainColumn): CellObject | null {
  if (value === null) return null;
  if (typeof value === 'string')
    return { value, type: String, format: '@', wrap: true, alignVertical: 'top' };
  if (typeof value === 'boolean') return { value, type: Boolean, alignVertical: 'top' };
  if (kind === 'date')
    return { value: new Date(value), type: Date, format: 'dd/mm/yyyy', alignVertical: 'top' };
  if (kind === 'datetime') {
    return { value: new Date(value), type: Date, format: 'dd/mm/yyyy hh:mm', alignVertical: 'top' };
  }
  const format = kind === 'money' || digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return { value, type: Number, format, alignVertical: 'top' };
}

serveThread(work);
