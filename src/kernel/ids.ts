/**
 * Names for things: ids that sort by time, codes that can be read over the phone, tokens that nobody guesses.
 * Uses the web's own randomness, so the same file works on the server and on a phone without network.
 */

/**
 * Sixteen signs, four bits each: `randomCode(8)` holds 32 bits, `randomCode(12)` 48.
 * - no 0 O 1 I L U V, no B/8, S/5, Z/2, G/6, Q/9: they are misread on paper;
 * - no P, N, C, G, D, which sound like others when spelled in Vietnamese (bê/pê/tê, em/en, xê/ca, dê/giê);
 * - no vowel, no W, no D: a Vietnamese keyboard (Telex, VNI) would turn them into ă, ư, đ while typing,
 *   and no word, good or bad, can come out by chance.
 */
const ALPHABET = '23456789FHJKMRTX';
/** Signs outside the alphabet that can only be a misreading of one inside it. */
const MISREAD: Readonly<Record<string, string>> = { B: '8', S: '5', Z: '2', G: '6', Q: '9' };

const last = { asked: -1, millis: 0, counter: 0 };

/**
 * A new uuidv7 (RFC 9562): 48 bits of time, a 12-bit counter that keeps ids of the same millisecond in
 * order, 62 random bits. The id tells when it was made: what must not be guessed takes {@link randomToken}.
 * @param now the time to write into it (`ctx.now`); the machine's clock when left out.
 */
export function newId(now: Date = new Date()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const millis = stamp(now.getTime(), ((bytes[6]! & 0x03) << 8) | bytes[7]!);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(millis / 2 ** (40 - 8 * i)) & 0xff;
  bytes[6] = 0x70 | (last.counter >> 8);
  bytes[7] = last.counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Moves the counter on; when a millisecond has used up its 4096 numbers it borrows from the next one. */
function stamp(asked: number, seed: number): number {
  if (!Number.isInteger(asked) || asked < 0 || asked >= 2 ** 48) throw new RangeError('not a time for an id');
  if (asked !== last.asked) {
    last.asked = last.millis = asked;
    last.counter = seed;
  } else if (last.counter < 0xfff) {
    last.counter++;
  } else {
    last.millis++;
    last.counter = 0;
  }
  return last.millis;
}

/** True for a uuid in its usual lower-case form: check what comes from an address before asking the database. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}

/** A random code of `length` signs, four bits each, that can be read over the phone. Print it grouped. */
export function randomCode(length: number): string {
  if (!Number.isInteger(length) || length < 1 || length > 64) throw new RangeError('length from 1 to 64');
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET[byte & 15]).join('');
}

/** A code as it is printed and read out: `XXXX-XXXX`. */
export function groupCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? '';
}

/**
 * What a person typed, as the code that was printed: upper case, without spaces, hyphens and dots, misread
 * letters put right (B → 8, S → 5 …). `undefined` when it cannot be a code (of that length, where given).
 */
export function normalizeCode(typed: string, length?: number): string | undefined {
  if (typed.length > 200) return undefined;
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}._·]+/gu, '')
    .replace(/[BSZGQ]/g, (sign) => MISREAD[sign]!);
  if (signs === '' || (length !== undefined && signs.length !== length)) return undefined;
  for (const sign of signs) if (!ALPHABET.includes(sign)) return undefined;
  return signs;
}

/** A random token for addresses and QR codes: `bytes` × 8 bits, as base64url without padding. */
export function randomToken(bytes = 24): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * Compares two secrets in a time that depends on the length of `given` alone, never on where they differ.
 * An empty expected secret is equal to nothing.
 * @param expected what is stored @param given what somebody sent
 */
export function sameSecret(expected: string, given: string): boolean {
  const a = new TextEncoder().encode(expected);
  const b = new TextEncoder().encode(given);
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a[i % (a.length || 1)] ?? 0) ^ b[i]!;
  return difference === 0 && a.length > 0;
}
