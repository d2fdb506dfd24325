/** An official of the commune or of a hamlet, for one term of office. */
import { homePhone } from '#kernel/phone';
import { words } from '#kernel/text';
import type { LocalDate } from '#kernel/time';

/** Parts of the commune in the order of the directory; `registry_unit_<code>` has their names. */
export const OFFICIAL_UNITS = [
  'leaders',
  'one_stop',
  'office',
  'justice',
  'land',
  'finance',
  'culture',
  'police',
  'military',
  'hamlet',
  'digital_team',
] as const;
export type OfficialUnit = (typeof OFFICIAL_UNITS)[number];

export type Official = {
  id: string;
  /** The sign-in, if any. */
  userId: string | null;
  fullName: string;
  post: string;
  postEn: string | null;
  unit: OfficialUnit;
  /** In +84 form. */
  phone: string | null;
  /** The number under which Zalo finds the official, where there is one. */
  zalo: string | null;
  email: string | null;
  /** For officials of a hamlet. */
  hamletId: string | null;
  termFrom: LocalDate;
  /** The last day in office; null while open-ended. */
  termTo: LocalDate | null;
  /** Stands in the public directory (NĐ 61/2018/NĐ-CP art. 9.7). */
  public: boolean;
  position: number;
  demo: boolean;
};

/** Whether the term covers that day. */
export function inOffice(official: Pick<Official, 'termFrom' | 'termTo'>, day: LocalDate): boolean {
  return official.termFrom <= day && day <= (official.termTo ?? day);
}

/** Opens a conversation in Zalo, in the app or on the web. */
export function zaloLink(phone: string): string {
  return `https://zalo.me/${homePhone(phone)}`;
}

/** Opens the telephone. */
export function telLink(phone: string): string {
  return `tel:${phone}`;
}

/** Whether every word typed begins a word of the texts; accents and order do not matter. */
export function hasWords(texts: readonly (string | null | undefined)[], typed: string): boolean {
  const have = texts.flatMap((text) => words(text ?? ''));
  return words(typed).every((asked) => have.some((word) => word.startsWith(asked)));
}
