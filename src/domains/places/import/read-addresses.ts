/** A list of houses from a spreadsheet: which column is what, and what each row says. Pure. */
import { AppError } from '#kernel/errors';
import { cleanLine, foldText } from '#kernel/text';

export type SheetCell = string | number | boolean | null | Date | undefined;

/** One house as the list has it. Texts as written; the verb says what is wrong with them. */
export type ListedHouse = { row: number; hamlet: string; number: string; place: string; shown: boolean };

/** Heads without accents and signs; the list that is downloaded from the register can come back. */
const HEADS = {
  hamlet: ['xom', 'thon', 'ban', 'ten xom', 'thon xom', 'xom thon', 'hamlet'],
  number: ['so nha', 'nha so', 'so', 'house number', 'number'],
  place: ['vi tri', 'toa do', 'ma vi tri', 'place', 'location', 'coordinates', 'location code', 'plus code'],
  lat: ['vi do', 'lat', 'latitude'],
  lng: ['kinh do', 'lng', 'lon', 'longitude'],
  shown: ['hien vi tri', 'dong y hien vi tri', 'place shown', 'shown'],
} as const;
type Field = keyof typeof HEADS;
const FIELDS = Object.keys(HEADS) as Field[];

/** Title rows above the heads: so many are looked at. */
const LOOKED_AT = 15;
export const MOST_ROWS = 5000;

/**
 * The houses of a list; empty rows are left out.
 * @throws AppError `places.import.columns` where hamlet, number or place have no column, `places.import.empty`,
 * `places.import.too_many`
 */
export function readAddressList(rows: readonly (readonly SheetCell[])[]): ListedHouse[] {
  const { at, columns } = headsOf(rows);
  const houses = rows
    .map((cells, index) => ({ row: index + 1, cells }))
    .slice(at + 1)
    .filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''))
    .map(({ row, cells }) => houseOf(row, (field) => cells[columns[field] ?? -1]));
  if (houses.length === 0) refuse('empty');
  if (houses.length > MOST_ROWS) refuse('too_many', { limit: MOST_ROWS });
  return houses;
}

type Columns = Partial<Record<Field, number>>;

function headsOf(rows: readonly (readonly SheetCell[])[]): { at: number; columns: Columns } {
  const read = rows.slice(0, LOOKED_AT).map((cells, at) => ({ at, columns: columnsOf(cells) }));
  const best = read.toSorted((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0];
  const columns = best?.columns ?? {};
  const { hamlet, number, place, lat, lng } = columns;
  const missing = [
    ...(hamlet === undefined ? ['Xóm'] : []),
    ...(number === undefined ? ['Số nhà'] : []),
    ...(place === undefined && (lat === undefined || lng === undefined) ? ['Vị trí'] : []),
  ];
  if (!best || rows.length === 0) refuse('empty');
  if (missing.length > 0) refuse('columns', { columns: missing.join(', ') });
  return best;
}

function columnsOf(cells: readonly SheetCell[]): Columns {
  const columns: Columns = {};
  for (const [at, cell] of cells.entries()) {
    const head = foldText(textOf(cell).replace(/\([^)]*\)/g, ' '))
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
    const field = FIELDS.find((one) => (HEADS[one] as readonly string[]).includes(head));
    if (field) columns[field] ??= at;
  }
  return columns;
}

function houseOf(row: number, cell: (field: Field) => SheetCell): ListedHouse {
  const [lat, lng] = [textOf(cell('lat')), textOf(cell('lng'))];
  return {
    row,
    hamlet: textOf(cell('hamlet')),
    number: numberOf(cell('number')),
    // Figures say more than the code of the square they lie in.
    place: lat !== '' && lng !== '' ? `${lat} ; ${lng}` : textOf(cell('place')),
    shown: isYes(cell('shown')),
  };
}

/** Excel makes a day of `12/3`: then nobody knows any more what was typed, and the verb says so. */
export const MADE_A_DAY = '\u{1F4C5}';

function numberOf(cell: SheetCell): string {
  return cell instanceof Date ? MADE_A_DAY : textOf(cell);
}

function textOf(cell: SheetCell): string {
  if (cell === null || cell === undefined || cell instanceof Date) return '';
  // A computed 21.722300000000002 is 21.7223: a hundred millionth of a degree is a millimetre.
  const text = typeof cell === 'number' ? String(Number(cell.toFixed(8))) : String(cell);
  return cleanLine(text).slice(0, 200);
}

function isYes(cell: SheetCell): boolean {
  return cell === true || ['co', 'x', 'yes', 'true', '1', 'dong y'].includes(foldText(textOf(cell)).trim());
}

function refuse(code: string, params: Record<string, string | number> = {}): never {
  const full = `places.import.${code}`;
  throw new AppError(full, 422, params, { list: full });
}
