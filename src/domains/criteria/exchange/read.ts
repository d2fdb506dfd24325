/** A criteria set from a spreadsheet: the tree, or every mistake by its cell. Pure. */
import type { Ctx } from '#kernel/context';
import { formulaFault, SetInput, unitsFor, type SetFile } from '../set.ts';
import { shapeFaults, type Shape } from '../shape.ts';
import { cellName, refuseForeignCells, rowOf, textOf, type Cell, type CellFault, type Row } from './cells.ts';
import { COLUMN_KEYS, COLUMNS, LEVEL_WORDS, NEEDED, plain, wordIn, type Column } from './columns.ts';
import { headingOf, headOf, lineOf, type Heading, type Line } from './lines.ts';

/** Title rows above the heads: so many are looked at. */
const LOOKED_AT = 15;
export const MOST_ROWS = 2000;

export type ReadSet = { set: SetFile; faults: [] } | { set: null; faults: CellFault[] };
type Measures = Ctx['wiring']['measures'];
type Sheet = readonly (readonly Cell[])[];

/** Reads a sheet that `setRows` wrote, or one that people made with the same heads. */
export function readSetSheet(sheet: Sheet, measures: Measures): ReadSet {
  const faults: CellFault[] = [];
  const heads = headsOf(sheet, faults);
  if (!heads) return { set: null, faults };
  const tree = treeOf(rowsOf(sheet, heads, faults), faults);
  if (!tree) return { set: null, faults: inOrder(faults) };
  refuseFormulas(tree, measures);
  const read = SetInput.safeParse(tree.set);
  if (faults.length > 0 || !read.success) return { set: null, faults: inOrder(faults) };
  return { set: read.data, faults: [] };
}

function refuseFormulas({ set, rows }: ReadTree, measures: Measures): void {
  const units = unitsFor(measures, set.level === 'hamlet' ? 'hamlet' : 'commune');
  for (const { code, kind, formula } of set.themes.flatMap(({ objectives }) =>
    objectives.flatMap(({ indicators }) => indicators),
  )) {
    const fault = kind && formula ? formulaFault({ kind, formula }, units) : null;
    if (fault) rows.get(code)?.fault('formula', fault);
  }
}

type Heads = { row: number; at: Map<Column, number> };

function headsOf(sheet: Sheet, faults: CellFault[]): Heads | null {
  const found = sheet.slice(0, LOOKED_AT).map((cells, row) => ({ row, cells, at: headsIn(cells) }));
  const best = found.toSorted((a, b) => b.at.size - a.at.size)[0];
  if (!best || best.at.size < 3) {
    faults.push({ cell: 'A1', code: 'criteria.sheet.no_heads', said: textOf(sheet[0]?.[0]) });
    return null;
  }
  for (const column of NEEDED.filter((one) => !best.at.has(one)))
    faults.push({
      cell: cellName(best.cells.length, best.row + 1),
      code: 'criteria.sheet.no_column',
      said: COLUMNS[column].head,
    });
  for (const [place, cell] of best.cells.entries()) {
    const column = columnOf(cell);
    if (column && best.at.get(column) !== place)
      faults.push({
        cell: cellName(place, best.row + 1),
        code: 'criteria.sheet.column_twice',
        said: textOf(cell),
      });
  }
  return NEEDED.every((one) => best.at.has(one)) ? { row: best.row, at: best.at } : null;
}

function columnOf(cell: Cell): Column | undefined {
  const head = plain(textOf(cell));
  return COLUMN_KEYS.find((one) => plain(COLUMNS[one].head) === head);
}

function headsIn(cells: readonly Cell[]): Map<Column, number> {
  const at = new Map<Column, number>();
  for (const [place, cell] of cells.entries()) {
    const column = columnOf(cell);
    if (column && !at.has(column)) at.set(column, place);
  }
  return at;
}

function rowsOf(sheet: Sheet, { row, at }: Heads, faults: CellFault[]): Row[] {
  const rows: Row[] = [];
  for (const [index, cells] of sheet.entries()) {
    if (index <= row || cells.every((cell) => textOf(cell) === '')) continue;
    if (rows.length >= MOST_ROWS) {
      faults.push({ cell: `A${index + 1}`, code: 'criteria.sheet.too_long', said: String(MOST_ROWS) });
      break;
    }
    const level = wordIn(LEVEL_WORDS, textOf(cells[at.get('level')!]));
    const read = rowOf(cells, index + 1, level ?? 'indicator', at, faults);
    if (!level) {
      read.fault('level', 'criteria.sheet.level');
      continue;
    }
    refuseForeignCells(read, at.keys());
    rows.push(read);
  }
  return rows;
}

type Tree = Heading & {
  objectives: (Heading & { indicators: Line[] })[];
};

type Head = ReturnType<typeof headOf>;
/** The tree as it was read, and the row of each code. */
type ReadTree = { set: Head & { themes: Tree[] }; rows: ReadonlyMap<string, Row> };

/** The rows under each other, each looked at alone; then line against line. Null without a row of the set. */
function treeOf(rows: readonly Row[], faults: CellFault[]): ReadTree | null {
  const known = new Map<string, Row>();
  const places = new Map<string, Row>();
  const themes: Tree[] = [];
  let head = null as Head | null;
  for (const row of rows) {
    const code = row.said('code');
    if (!known.has(code)) known.set(code, row);
    if (row.level === 'set') {
      if (head) row.fault('level', 'criteria.sheet.set_twice');
      else head = headOf(row);
      places.set('', row);
      continue;
    }
    const place = placeFor(row, themes);
    if (!place) row.fault('level', 'criteria.sheet.out_of_order');
    else places.set(place, row);
  }
  if (!head)
    faults.push({ cell: cellName(0, rows[0]?.number ?? 1), code: 'criteria.sheet.no_set', said: '' });
  const shape = { rule: head?.rule, themes } satisfies Shape;
  for (const { path, code } of shapeFaults(shape)) {
    const key = String(path.at(-1));
    places.get(path.slice(0, -1).join('.'))?.fault(key === 'rule' ? 'rule' : 'code', code);
  }
  return head && { set: { ...head, themes }, rows: known };
}

/** Puts a row under the last heading above it; null where there is none. */
function placeFor(row: Row, themes: Tree[]): string | null {
  const theme = themes.at(-1);
  const objective = theme?.objectives.at(-1);
  if (row.level === 'theme') {
    themes.push({ ...headingOf(row), objectives: [] });
    return `themes.${themes.length - 1}`;
  }
  if (!theme) return null;
  const above = `themes.${themes.length - 1}.objectives`;
  if (row.level === 'objective') {
    theme.objectives.push({ ...headingOf(row), indicators: [] });
    return `${above}.${theme.objectives.length - 1}`;
  }
  if (!objective) return null;
  objective.indicators.push(lineOf(row));
  return `${above}.${theme.objectives.length - 1}.indicators.${objective.indicators.length - 1}`;
}

/** By row and column, as one goes through the file; each mistake of a cell once. */
function inOrder(faults: readonly CellFault[]): CellFault[] {
  const place = ({ cell }: CellFault): [number, string] => [Number(/\d+$/.exec(cell)?.[0]), cell];
  const once = faults.filter(
    (one, at) => faults.findIndex(({ cell, code }) => cell === one.cell && code === one.code) === at,
  );
  return once.toSorted((a, b) => {
    const [[rowA, nameA], [rowB, nameB]] = [place(a), place(b)];
    return rowA - rowB || nameA.length - nameB.length || (nameA < nameB ? -1 : 1);
  });
}
