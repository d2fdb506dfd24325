/**
 * Open Location Codes ("plus codes"): an address of letters for every place on earth, without a register and
 * without a fee. Own code after the public specification (github.com/google/open-location-code, Apache-2.0);
 * whole-number arithmetic, because fractions of degrees lose their last digit in floating point.
 */

/** Twenty signs without vowels and look-alikes. */
const DIGITS = '23456789CFGHJMPQRVWX';
const SEPARATOR = '+';
/** The separator stands behind eight signs. */
const SEPARATOR_AT = 8;
const PADDING = '0';
/** Signs that go in pairs: latitude, longitude, each a twentieth of the one before. */
const PAIRED = 10;
const LONGEST = 15;
const GRID_ROWS = 5;
const GRID_COLUMNS = 4;
/** Cells in one degree at fifteen signs: 20³ pairs below a degree, then five grids. */
const LAT_PER_DEGREE = 8000 * GRID_ROWS ** 5;
const LNG_PER_DEGREE = 8000 * GRID_COLUMNS ** 5;

/** A point in degrees (WGS 84). */
export type Point = { lat: number; lng: number };

/** What a code means: a rectangle, its middle, and how many signs it had. Degrees. */
export type CodeArea = { south: number; west: number; north: number; east: number } & Point & {
    length: number;
  };

/**
 * The code of a point.
 * @param length signs: 2, 4, 6, 8 (padded), 10 (some 14 m × 14 m) to 15
 * @throws RangeError for another length or a point that is no number
 */
export function encodeLocation({ lat, lng }: Point, length = PAIRED): string {
  if (!Number.isInteger(length) || length < 2 || length > LONGEST || (length < PAIRED && length % 2 === 1))
    throw new RangeError(`a location code of ${length} signs`);
  if (!Number.isFinite(lat) || !Number.isFinite(lng)) throw new RangeError('not a point on earth');
  let [row, column] = cellOf(lat, lng);
  let grid = '';
  for (let at = 0; at < LONGEST - PAIRED; at++) {
    grid = DIGITS[(row % GRID_ROWS) * GRID_COLUMNS + (column % GRID_COLUMNS)] + grid;
    row = Math.floor(row / GRID_ROWS);
    column = Math.floor(column / GRID_COLUMNS);
  }
  let pairs = '';
  for (let at = 0; at < PAIRED / 2; at++) {
    pairs = DIGITS[row % 20]! + DIGITS[column % 20]! + pairs;
    row = Math.floor(row / 20);
    column = Math.floor(column / 20);
  }
  const signs = (pairs + grid).slice(0, length).padEnd(SEPARATOR_AT, PADDING);
  return signs.slice(0, SEPARATOR_AT) + SEPARATOR + signs.slice(SEPARATOR_AT);
}

/** The cell of a point at the finest grid, counted from the south pole and the date line. */
function cellOf(lat: number, lng: number): [row: number, column: number] {
  const rows = 180 * LAT_PER_DEGREE;
  const columns = 360 * LNG_PER_DEGREE;
  const row = Math.floor(lat * LAT_PER_DEGREE) + 90 * LAT_PER_DEGREE;
  const column = Math.floor(lng * LNG_PER_DEGREE) + 180 * LNG_PER_DEGREE;
  return [Math.min(Math.max(row, 0), rows - 1), ((column % columns) + columns) % columns];
}

/** A code as it is written: upper case, without the spaces that people type; undefined for what is none. */
export function readCode(typed: string): string | undefined {
  if (typed.length > 60) return undefined;
  const code = typed.normalize('NFKC').toUpperCase().replace(/\s+/g, '');
  const [before = '', after = '', more] = code.split(SEPARATOR);
  if (!code.includes(SEPARATOR) || more !== undefined) return undefined;
  const bare = before.replace(/0+$/, '');
  const padded = bare.length < before.length;
  if (before + after === '' || before.length > SEPARATOR_AT || before.length % 2 === 1) return undefined;
  if (padded && (after !== '' || bare.length % 2 === 1 || bare === '' || before.length < SEPARATOR_AT))
    return undefined;
  if (after.length === 1 || (bare + after).length > LONGEST) return undefined;
  for (const sign of bare + after) if (!DIGITS.includes(sign)) return undefined;
  return code;
}

/** Whether it is a whole code, one that needs no place nearby to be understood. */
export function isFullCode(code: string): boolean {
  const read = readCode(code);
  if (read === undefined || read.indexOf(SEPARATOR) !== SEPARATOR_AT) return false;
  return DIGITS.indexOf(read[0]!) * 20 < 180 && (read[1] === PADDING || DIGITS.indexOf(read[1]!) * 20 < 360);
}

/** The rectangle of a whole code. @throws RangeError for anything else */
export function decodeLocation(code: string): CodeArea {
  if (!isFullCode(code)) throw new RangeError('not a whole location code');
  const signs = readCode(code)!.replace(SEPARATOR, '').replace(/0+$/, '');
  const pairs = signs.slice(0, PAIRED);
  let south = 0;
  let west = 0;
  let rows = 20 ** 4 * GRID_ROWS ** 5 * 20;
  let columns = 20 ** 4 * GRID_COLUMNS ** 5 * 20;
  for (let at = 0; at < pairs.length; at += 2) {
    rows /= 20;
    columns /= 20;
    south += DIGITS.indexOf(pairs[at]!) * rows;
    west += DIGITS.indexOf(pairs[at + 1]!) * columns;
  }
  for (const sign of signs.slice(PAIRED)) {
    rows /= GRID_ROWS;
    columns /= GRID_COLUMNS;
    south += Math.floor(DIGITS.indexOf(sign) / GRID_COLUMNS) * rows;
    west += (DIGITS.indexOf(sign) % GRID_COLUMNS) * columns;
  }
  return areaOf({ south, west, rows, columns, length: signs.length });
}

/** From cells to degrees. */
function areaOf(cells: {
  south: number;
  west: number;
  rows: number;
  columns: number;
  length: number;
}): CodeArea {
  const lat = (cell: number) => cell / LAT_PER_DEGREE - 90;
  const lng = (cell: number) => cell / LNG_PER_DEGREE - 180;
  const { south, west, rows, columns, length } = cells;
  return {
    south: lat(south),
    west: lng(west),
    north: lat(south + rows),
    east: lng(west + columns),
    lat: lat(south + rows / 2),
    lng: lng(west + columns / 2),
    length,
  };
}

/**
 * The code without its first signs, as short as it still means the same near `from` (a village, a commune):
 * `7PH7PQCC+W4` near Tức Tranh is `PQCC+W4`. The whole code where the point is too far away.
 * @throws RangeError for a code that is not whole or is padded
 */
export function shortenCode(code: string, from: Point): string {
  const read = readCode(code);
  if (read === undefined || read.includes(PADDING)) throw new RangeError('not a code to shorten');
  const area = decodeLocation(read);
  const range = Math.max(Math.abs(area.lat - from.lat), Math.abs(area.lng - normalLng(from.lng)));
  // Removed signs leave cells of 20⁰, 20⁻¹, 20⁻² degrees; a third of the cell keeps well within its half.
  for (const [removed, cell] of [
    [8, 0.0025],
    [6, 0.05],
    [4, 1],
  ] as const)
    if (range < cell * 0.3) return read.slice(removed);
  return read;
}

/**
 * The whole code that a shortened one means near `near`; a whole one stays as it is.
 * @returns undefined for what is no code
 */
export function recoverCode(typed: string, near: Point): string | undefined {
  const code = readCode(typed);
  if (code === undefined) return undefined;
  const missing = SEPARATOR_AT - code.indexOf(SEPARATOR);
  if (missing === 0) return isFullCode(code) ? code : undefined;
  const cell = 20 ** (2 - missing / 2);
  const area = decodeLocation(encodeLocation(near).slice(0, missing) + code);
  const lat = nearest(area.lat, near.lat, cell, (value) => value >= -90 && value <= 90);
  const lng = nearest(area.lng, normalLng(near.lng), cell, () => true);
  return encodeLocation({ lat, lng }, area.length);
}

/** From -180 up to (not including) 180 degrees. */
function normalLng(lng: number): number {
  return ((((lng + 180) % 360) + 360) % 360) - 180;
}

/** Moves by one cell towards the reference where that is nearer. */
function nearest(value: number, to: number, cell: number, exists: (value: number) => boolean): number {
  if (to + cell / 2 < value && exists(value - cell)) return value - cell;
  if (to - cell / 2 > value && exists(value + cell)) return value + cell;
  return value;
}
