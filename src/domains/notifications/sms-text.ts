/**
 * Texts as a phone network counts them. A message of GSM-7 letters (3GPP TS 23.038) holds 160 signs, and 153
 * in each part of a longer one; any other letter, such as ư, turns the whole message into UCS-2: 70 and 67.
 */

const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** These take two signs each. */
const GSM_EXTENDED = new Set('^{}\\[~]|€');
const PLAIN: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '×': 'x',
  '·': '.',
  '•': '-',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  '₫': 'd',
  // Plain signs that GSM-7 lacks, or counts as two.
  '`': "'",
  '^': '.',
  '~': '-',
  '|': '/',
  '\\': '/',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
};

/** What a message costs: signs in the network's sense, and how many parts it is sent in. */
export type SmsLength = { encoding: 'gsm7' | 'ucs2'; units: number; parts: number };

/** Counts a text as the network will. */
export function smsLength(text: string): SmsLength {
  let units = 0;
  for (const sign of text) {
    if (GSM_BASIC.has(sign)) units += 1;
    else if (GSM_EXTENDED.has(sign)) units += 2;
    else return ucs2(text);
  }
  return { encoding: 'gsm7', units, parts: units <= 160 ? 1 : Math.ceil(units / 153) };
}

function ucs2(text: string): SmsLength {
  const units = text.length;
  return { encoding: 'ucs2', units, parts: units <= 70 ? 1 : Math.ceil(units / 67) };
}

/**
 * Vietnamese without accents, other signs by their nearest plain one, and one line: `Đặng Thị Ư` → `Dang Thi U`.
 * Every sign of the result takes one place in a message.
 */
export function plainAscii(text: string): string {
  return [...text.normalize('NFD').replace(/\p{M}+/gu, '')]
    .map((sign) => PLAIN[sign] ?? sign)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7E]/g, '?')
    .trim();
}
