/** Which column of a commune's list is what: by the heads people write, in any order, under title rows. Pure. */
import { foldText } from '#kernel/text';
import { localDateOf } from '#kernel/time';

export const FIELDS = [
  'hamlet',
  'household',
  'full_name',
  'relation',
  'birth_date',
  'sex',
  'national_id',
  'phone',
  'address',
] as const;
export type Field = (typeof FIELDS)[number];

/** A cell as it lies in the staging table: text, number, yes/no, or a day as `YYYY-MM-DD` under `day`. */
export type Cell = string | number | boolean | null | { day: string };

/** A sheet's rows as they are staged: days of the commune's calendar instead of instants. */
export function cellsOf(rows: readonly (readonly (string | number | boolean | null | Date)[])[]): Cell[][] {
  return rows.map((row) => row.map((cell) => (cell instanceof Date ? { day: localDateOf(cell) } : cell)));
}

/** Column (from 0) → what it holds. */
export type Columns = Record<number, Field>;

/** Heads as they are written, folded; the longer one wins. */
const HEADS: Record<Field, readonly string[]> = {
  hamlet: ['xom', 'thon', 'ban', 'thon xom', 'xom thon', 'thon ban', 'dia ban', 'to dan pho', 'ten xom'],
  household: [
    'so ho',
    'ma ho',
    'ho so',
    'stt ho',
    'tt ho',
    'so so ho khau',
    'so shk',
    'ma so ho',
    'so thu tu ho',
    'ho gia dinh so',
  ],
  full_name: [
    'ho ten',
    'ho va ten',
    'ho va ten khai sinh',
    'ho chu dem va ten',
    'ho chu dem va ten khai sinh',
    'ho dem va ten',
    'ten thanh vien',
    'ho ten thanh vien',
    'ho va ten thanh vien',
    'ho ten nhan khau',
    'ten nhan khau',
  ],
  relation: [
    'quan he',
    'qh',
    'quan he voi chu ho',
    'qh voi chu ho',
    'quan he chu ho',
    'moi quan he voi chu ho',
    'quan he voi ch',
  ],
  birth_date: [
    'ngay sinh',
    'nam sinh',
    'sinh ngay',
    'ngay thang nam sinh',
    'ngay thang nam',
    'ngay thang sinh',
    'ngaysinh',
  ],
  sex: ['gioi tinh', 'gt', 'nam nu', 'gioi', 'phai'],
  national_id: [
    'so dinh danh',
    'so dinh danh ca nhan',
    'ma dinh danh',
    'so ddcn',
    'cccd',
    'so cccd',
    'can cuoc',
    'so can cuoc',
    'so the can cuoc',
    'can cuoc cong dan',
    'so can cuoc cong dan',
    'cmnd cccd',
    'cccd cmnd',
    'so cmnd cccd',
    'so cccd cmnd',
    'so cccd ddcn',
  ],
  phone: ['dien thoai', 'so dien thoai', 'sdt', 'so dt', 'dt', 'dien thoai lien he', 'lien he'],
  address: [
    'dia chi',
    'so nha',
    'noi o',
    'noi o hien nay',
    'cho o',
    'cho o hien nay',
    'dia chi thuong tru',
    'noi thuong tru',
  ],
};

/** A head without accents, signs and what stands in brackets. */
function foldHead(text: string): string {
  return foldText(text.replace(/\([^)]*\)/g, ' '))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** What a head means; undefined for columns that the register does not take (STT, remarks …). */
export function fieldOfHead(cell: Cell | undefined): Field | undefined {
  if (typeof cell !== 'string') return undefined;
  const head = foldHead(cell);
  if (head === '' || head.length > 60) return undefined;
  const exact = FIELDS.find((field) => HEADS[field].includes(head));
  if (exact) return exact;
  const begun = FIELDS.flatMap((field) =>
    HEADS[field].filter((one) => one.length > 4 && head.startsWith(`${one} `)).map((one) => ({ field, one })),
  ).toSorted((a, b) => b.one.length - a.one.length)[0];
  return begun?.field;
}

/** Title rows and heads are looked for among this many rows. */
const LOOKED_AT = 30;

/**
 * The row of the heads and what its columns hold.
 * @returns undefined where no row names at least a name and one thing more
 */
export function findHeads(rows: readonly (readonly Cell[])[]): { row: number; columns: Columns } | undefined {
  let best: { row: number; columns: Columns; found: number } | undefined;
  for (const [row, cells] of rows.slice(0, LOOKED_AT).entries()) {
    const columns: Columns = {};
    const taken = new Set<Field>();
    for (const [at, cell] of cells.entries()) {
      const field = fieldOfHead(cell);
      // The first column of two that are called alike is taken; a person can change it.
      if (field === undefined || taken.has(field)) continue;
      taken.add(field);
      columns[at] = field;
    }
    if (taken.has('full_name') && taken.size >= 2 && taken.size > (best?.found ?? 0))
      best = { row, columns, found: taken.size };
  }
  return best && { row: best.row, columns: best.columns };
}

/** `0` → A, `27` → AB: as the spreadsheet calls its columns. */
export function columnLetter(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}
