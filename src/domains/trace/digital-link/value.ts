/** Whether a value is one that its application identifier allows: characters, lengths, checks of content. */
import { checkPair, hasCheckDigit } from './check-digit.ts';
import { COUNTRIES, COUNTRY_LETTERS, CURRENCIES, PACKAGES } from './codes.ts';
import { isCoupon, isOffer } from './coupon.ts';
import { isDay, isDayOrMonth, isFullDate } from './dates.ts';
import type { Identifier, Part } from './identifiers.ts';

/** What is wrong with a value, and at which of its characters. */
export type ValueFault = { code: string; at: number };

const SETS: Readonly<Record<Part['set'], RegExp>> = {
  n: /[^0-9]/,
  x: /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/,
  y: /[^#\-/0-9A-Z]/,
  z: /[^\-0-9=A-Z_a-z]/,
};

/** Names of checks → what they ask of their part of the value. */
const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  check: hasCheckDigit,
  check2: (text) => text.length > 2 && checkPair(text.slice(0, -2)) === text.slice(-2),
  // A company prefix has four digits at least; nothing is looked up.
  prefix: (text) => /^\d{4}/.test(text),
  prefix2: (text) => /^\d{5}/.test(text),
  day: isDay,
  day0: isDayOrMonth,
  date: isFullDate,
  time: (text) => /^(?:[01]\d|2[0-3])[0-5]\d$/.test(text),
  hour: (text) => /^(?:[01]\d|2[0-3])$/.test(text),
  minute: (text) => /^[0-5]\d$/.test(text),
  second: (text) => /^[0-5]\d$/.test(text),
  country: (text) => COUNTRIES.has(text),
  country999: (text) => text === '999' || COUNTRIES.has(text),
  country2: (text) => COUNTRY_LETTERS.has(text),
  currency: (text) => CURRENCIES.has(text),
  package: (text) => PACKAGES.has(text),
  percent: (text) => !/%(?![0-9A-Fa-f]{2})/.test(text),
  yesno: (text) => text === '0' || text === '1',
  hyphen: (text) => text === '-',
  zero: (text) => text === '0',
  nonzero: (text) => /[1-9]/.test(text),
  nolead: (text) => text === '0' || !text.startsWith('0'),
  letter: (text) => /\D/.test(text),
  winding: (text) => /^[019]$/.test(text),
  sex: (text) => /^[0129]$/.test(text),
  medium: (text) => /^(?:0[1-9]|10|[89]\d)$/.test(text),
  importer: (text) => /^[-_0-9A-Za-z]$/.test(text),
  latitude: (text) => text <= '1800000000',
  longitude: (text) => text <= '3600000000',
  piece: (text) => {
    const [piece, total] = [text.slice(0, 2), text.slice(2)];
    return piece !== '00' && total !== '00' && piece <= total;
  },
  order: (text) => /^([1-9])\/([1-9])$/.test(text) && text[0]! <= text[2]!,
  iban: isIban,
  coupon: isCoupon,
  offer: isOffer,
};

/** @returns the first fault of the value, or nothing when the identifier allows it */
export function valueFault({ parts, required }: Identifier, value: string): ValueFault | null {
  let at = 0;
  for (const [number, part] of parts.entries()) {
    const rest = value.length - at;
    if (rest === 0 && number >= required) return null;
    if (rest < part.least) return { code: 'too_short', at: value.length };
    const text = value.slice(at, at + part.most);
    const wrong = text.search(SETS[part.set]);
    if (wrong >= 0) return { code: 'character', at: at + wrong };
    const failed = part.checks.find((name) => !CHECKS[name]!(text));
    if (failed) return { code: failed, at };
    at += text.length;
  }
  return at < value.length ? { code: 'too_long', at } : null;
}

/** ISO 13616: the number modulo 97, letters counted from ten. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(text)) return false;
  let rest = 0;
  for (const sign of text.slice(4) + text.slice(0, 4)) {
    const number = Number.parseInt(sign, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}
