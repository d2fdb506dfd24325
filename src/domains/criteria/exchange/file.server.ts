/** A set as a file: a spreadsheet or JSON, out and in. */
import { readSheet, writeSheet } from '#kernel/documents/xlsx.server';
import type { Ctx } from '#kernel/context';
import { faultsOf } from '#kernel/input';
import { formulaFaults, SetInput, type SetFile } from '../set.ts';
import type { CellFault } from './cells.ts';
import { readSetSheet, type ReadSet } from './read.ts';
import { SET_COLUMNS, setRows } from './write.ts';

type Measures = Ctx['wiring']['measures'];
const ZIP = [0x50, 0x4b];
const INDENT = 2;

/** The set as one sheet, a row for each line. */
export function setXlsx(set: SetFile): Promise<Uint8Array> {
  return writeSheet(SET_COLUMNS, setRows(set), set.code);
}

/** The set as one file of text, as it is kept. */
export function setJson(set: SetFile): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(set, null, INDENT)}\n`);
}

/**
 * Reads either; mistakes by cell, or by place in the text.
 * @throws AppError `kernel.documents.sheet_unreadable` (422) for a broken spreadsheet
 */
export async function readSetFile(bytes: Uint8Array, measures: Measures): Promise<ReadSet> {
  if (ZIP.every((byte, at) => bytes[at] === byte)) return readSetSheet(await readSheet(bytes), measures);
  const read = SetInput.safeParse(parsed(bytes), { reportInput: true });
  const faults = read.success ? formulaFaults(read.data, measures) : faultsOf(read.error);
  const told = Object.entries(faults).map(([cell, code]): CellFault => ({ cell, code, said: '' }));
  return read.success && told.length === 0 ? { set: read.data, faults: [] } : { set: null, faults: told };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
