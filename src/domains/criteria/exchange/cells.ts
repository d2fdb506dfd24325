/** Single cells of a spreadsheet: what they say, and the mistake with its cell where they say nothing that can be read. Pure. */
import { cleanText } from '#kernel/text';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { COLUMNS, type Column, type RowLevel } from './columns.ts';

export type Cell = string | number | boolean | null | Date | undefined;
export type CellFault = { cell: string; code: string; said: string };

/** One row with its columns found; every mistake is collected with its cell. */
export type Row = {
  number: number;
  level: RowLevel;
  said: (column: Column) => string;
  cell: (column: Column) => Cell;
  fault: (column: Column, code: string) => undefined;
};

/** The name of a cell as a spreadsheet shows it: column 0, row 1 is A1. */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** What a cell says as text; dates as `YYYY-MM-DD`. */
export function textOf(cell: Cell): string {
  if (cell instanceof Date) return localDateOf(cell);
  return cell === null || cell === undefined ? '' : cleanText(String(cell));
}

/** The cells of a row by column. @param at the columns' places @param faults takes in what is wrong */
export function rowOf(
  cells: readonly Cell[],
  number: number,
  level: RowLevel,
  at: ReadonlyMap<Column, number>,
  faults: CellFault[],
): Row {
  const cell = (column: Column) => cells[at.get(column) ?? -1];
  const said = (column: Column) => textOf(cell(column));
  const fault = (column: Column, code: string): undefined => {
    const place = cellName(at.get(column) ?? at.get('code') ?? 0, number);
    faults.push({ cell: place, code, said: said(column).slice(0, 80) });
  };
  return { number, level, said, cell, fault };
}

/** What stands in columns that rows of this level do not have. */
export function refuseForeignCells(row: Row, present: Iterable<Column>): void {
  for (const column of present) {
    const levels: readonly RowLevel[] = COLUMNS[column].for;
    if (!levels.includes(row.level) && row.said(column) !== '') row.fault(column, 'criteria.sheet.not_here');
  }
}

/** A number as people write it: 80, "80,5", "80 %", "50.000.000"; undefined where the cell is empty or no number. */
export function numberIn(row: Row, column: Column): number | undefined {
  const cell = row.cell(column);
  if (typeof cell === 'number') return cell;
  const text = row.said(column).replace(/\s*%$/, '');
  if (text === '') return undefined;
  const whole = /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(text) ? text.replaceAll('.', '') : text;
  if (/^-?\d+(?:[.,]\d+)?$/.test(whole)) return Number(whole.replace(',', '.'));
  return row.fault(column, 'criteria.set.bad_threshold');
}

/** A day: a date of the spreadsheet, `05/06/2023` or `2023-06-05`; null where the cell is empty. */
export function dayIn(row: Row, column: Column): string | null | undefined {
  const text = row.said(column);
  if (text === '') return null;
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = local ? `${local[3]}-${local[2]!.padStart(2, '0')}-${local[1]!.padStart(2, '0')}` : text;
  return parseLocalDate(iso) ?? row.fault(column, 'input.bad_date');
}

/** A Vietnamese text with its English one; the Vietnamese for both where the other is not there. */
export function textIn(row: Row, vi: Column, en: Column): { vi: string; en: string } | undefined {
  const text = row.said(vi);
  if (text === '') return row.fault(vi, 'input.missing');
  return { vi: text, en: row.said(en) || text };
}
