/** Check digits and check characters of GS1 keys (General Specifications, 7.9). */

/** The digit that follows `digits`: weights 3 and 1 from the right, up to the next ten. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight)
    sum += (digits.charCodeAt(i) - 48) * weight;
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit is the check digit of those before it. */
export function hasCheckDigit(digits: string): boolean {
  return checkDigit(digits.slice(0, -1)) === digits.at(-1);
}

const SIGNS_82 = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;
const SIGNS_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/** The pair of check characters of a model number (AI 8013, 8014): primes from the right, modulo 1021. */
export function checkPair(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++)
    sum += SIGNS_82.indexOf(text[i]!) * (PRIMES[text.length - 1 - i] ?? 0);
  const rest = sum % 1021;
  return SIGNS_32[rest >> 5]! + SIGNS_32[rest & 31]!;
}
