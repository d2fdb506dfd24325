import type { TEXT_PATTERNS } from './shape.ts';

type TextPattern = (typeof TEXT_PATTERNS)[number];

/** Letters of any people, with the marks that names carry; at least one letter. */
const PATTERNS: Record<TextPattern, RegExp> = {
  person_name: /^[\p{L}\p{M}][\p{L}\p{M}'’. -]*$/u,
  email: /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\].]+(\.[^\s@<>()",;:\\[\].]+)+$/,
  /** Ten digits, a branch's thirteen, or the personal number of twelve that serves as tax code. */
  tax_code: /^(\d{10}(-?\d{3})?|\d{12})$/,
  identity_paper: /^[A-Za-z0-9]{6,20}$/,
  digits: /^\d+$/,
  register_number: /^[\p{L}\p{N}][\p{L}\p{N} ./-]*$/u,
  clock_time: /^([01]?\d|2[0-3])[:hg.][0-5]\d$/,
};

/** Whether a cleaned text has the shape that a definition names. */
export function hasPattern(text: string, pattern: TextPattern): boolean {
  return PATTERNS[pattern].test(text);
}

/**
 * Reads a personal identification number: 12 digits, of which the first three are the province or
 * country of birth registration (001 to 999), the fourth the century and sex (NĐ 137/2015 art. 13).
 * Spaces and dots that people write between the groups are dropped. Only the structure is checked.
 */
export function readNationalId(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s.-]/g, '');
  return /^(?!000)\d{12}$/.test(digits) ? digits : undefined;
}

/**
 * Reads a Vietnamese telephone number in any usual writing and gives it as dialled at home:
 * mobile `03|05|07|08|09` + 8 digits, landline `02` + 9 digits.
 */
export function readPhone(typed: string): string | undefined {
  const bare = typed.replaceAll(/[\s.()-]/g, '');
  const home = bare.replace(/^(?:\+84|0084|84(?=\d{9,10}$))0?/, '0');
  return /^0(?:[35789]\d{8}|2\d{9})$/.test(home) ? home : undefined;
}

/** Reads whole đồng (`1.500.000 đ`, `1500000`) as digits without leading zeros; at most 15 of them. */
export function readMoney(typed: string): string | undefined {
  const bare = typed.replace(/\s*(?:đồng|đ|vnđ|vnd|₫)\.?$/iu, '').trim();
  const plain = /^\d{1,3}([., ]\d{3})(?:[., ]\d{3})*$/.test(bare) ? bare.replaceAll(/[., ]/g, '') : bare;
  if (!/^\d+$/.test(plain)) return undefined;
  const digits = plain.replace(/^0+(?=\d)/, '');
  return digits.length <= 15 ? digits : undefined;
}

/**
 * Reads a number as Vietnamese write it (`1.145,5`) or as a native input sends it (`1145.5`). A point
 * before exactly three digits separates thousands, as on every Vietnamese paper.
 */
export function readNumber(typed: string): number | undefined {
  const bare = typed.replaceAll(/\s/g, '');
  const grouped = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replaceAll('.', '') : bare;
  const plain = grouped.replace(',', '.');
  if (!/^-?\d{1,15}(\.\d{1,10})?$/.test(plain)) return undefined;
  const number = Number(plain);
  return Object.is(number, -0) ? 0 : number;
}
