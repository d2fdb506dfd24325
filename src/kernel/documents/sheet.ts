/** A spreadsheet before it is written: columns with their kinds, rows as plain values. */

/** What a column holds; it decides how the cells look and that they can be computed with. */
export type CellKind = 'text' | 'number' | 'money' | 'date' | 'datetime' | 'boolean';

/** Money is bigint đồng; dates are instants or `YYYY-MM-DD`; whatever is missing is null, never 0. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined;

export interface SheetColumn<Row> {
  readonly label: string;
  readonly kind: CellKind;
  readonly value: (row: Row) => CellValue;
  /** In characters; by default what the kind needs. */
  readonly width?: number;
  /** Decimals of a number; none unless told. */
  readonly digits?: number;
}

export interface Sheet<Row> {
  readonly name: string;
  readonly columns: readonly SheetColumn<Row>[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
}

/** One cell as it travels to the thread that writes it: text, number, yes/no, or a date as milliseconds. */
export type PlainCell = string | number | boolean | null;

export interface PlainColumn {
  readonly label: string;
  readonly kind: CellKind;
  readonly width: number;
  readonly digits: number;
}

export interface PlainSheet {
  readonly name: string;
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly (readonly PlainCell[])[];
}
