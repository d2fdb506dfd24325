/** Codes of lots and tickets: ASCII, at most 20 signs, legal in AI (10), readable over the phone. Pure. */
import { randomCode } from '#kernel/ids';
import type { LocalDate } from '#kernel/time';
import type { LotKind } from './lot.ts';

/** What a code begins with: fresh leaf (tươi), batch under way (mẻ), dry tea (khô), packed (gói), ticket (phiếu). */
const LETTERS: Readonly<Record<LotKind | 'ticket', string>> = {
  leaf: 'T',
  process: 'M',
  dry: 'K',
  pack: 'G',
  ticket: 'P',
};
/** 24 bits: two lots of one kind and day meet once in millions; the database refuses a second one all the same. */
const RANDOM_SIGNS = 6;
const CODE = /^[TMKGP]\d{6}-[23456789FHJKMRTX]{6}$/;

/** A new code such as `K261123-7H4M2X`: kind, day, chance. */
export function newCode(kind: LotKind | 'ticket', day: LocalDate): string {
  return `${LETTERS[kind]}${day.slice(2).replaceAll('-', '')}-${randomCode(RANDOM_SIGNS)}`;
}

/** What somebody typed or read out, as a code; undefined where it can be none of ours. */
export function readCode(typed: string): string | undefined {
  if (typed.length > 60) return undefined;
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}._·]+/gu, '');
  const code = `${signs.slice(0, 7)}-${signs.slice(7)}`;
  return CODE.test(code) ? code : undefined;
}
