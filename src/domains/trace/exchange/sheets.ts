/** Everything about a lot as the sheets of one file. Pure. */
import type { Sheet } from '#kernel/documents/sheet';
import type { WholeLot } from './whole.queries.ts';

type Row = Readonly<Record<string, unknown>>;

/** Sheets are named as the JSON's lists are; columns follow from the rows, in the order in which they come. */
export function sheetsOf(whole: WholeLot): Sheet<unknown>[] {
  const { exported_at, lot, minimum, lots, ...lists } = whole;
  const facts = Object.entries({ exported_at, ...lot, ...flat(minimum) });
  const first = facts.map(([what, value]) => ({ what, value }));
  return [
    sheet('lot', first),
    sheet('lots', lots.map(flat)),
    ...Object.entries(lists).map(([name, rows]) => sheet(name, rows)),
  ].map((one) => one as Sheet<unknown>);
}

function sheet(name: string, rows: readonly Row[]): Sheet<Row> {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = (names.length > 0 ? names : ['–']).map((label) => ({
    label,
    kind: 'text' as const,
    value: (row: Row) => textOf(row[label]),
  }));
  return { name, columns, rows };
}

/** Things within things become JSON in one cell. */
function flat(value: object | null): Row {
  return Object.fromEntries(Object.entries(value ?? {}));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
