/** Money: whole đồng as bigint, everywhere. Printed by `formatMoney` of the kernel's format. */

/** A hundred times what a commune ever turns over; a larger number is a slip of the finger. */
const LIMIT = 999_999_999_999_999n;

/**
 * Reads an amount as people write it: `350000`, `350.000`, `350,000`, `350 000 đ`, `350.000 VNĐ`.
 * Groups must be whole (`350.00` is refused: there are no xu), one kind of separator, no sign, at most
 * fifteen digits. `undefined` for everything else.
 */
export function parseMoney(text: string): bigint | undefined {
  if (text.length > 60) return undefined;
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/\s*(?:đồng|đ|₫|vnđ|vnd)\.?$/i, '')
    .replace(/\s+/g, ' ');
  if (!/^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)$/.test(plain)) return undefined;
  const amount = BigInt(plain.replace(/[., ]/g, ''));
  return amount <= LIMIT ? amount : undefined;
}

/** The sum of amounts; nothing adds up to 0 đ. */
export function addMoney(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const BILLION = 1_000_000_000n;

/**
 * An amount in words for receipts: `ba trăm năm mươi nghìn đồng`. Small letters; the form capitalises.
 * @throws RangeError for negative amounts
 */
export function moneyInWords(dong: bigint): string {
  if (dong < 0n) throw new RangeError('no words for a negative amount');
  return `${dong === 0n ? 'không' : inWords(dong).join(' ')} đồng`;
}

/** Words of a number above 0: billions are counted like a number of their own (`một nghìn tỷ`). */
function inWords(value: bigint): string[] {
  if (value < BILLION) return belowBillion(Number(value), false);
  const rest = Number(value % BILLION);
  return [...inWords(value / BILLION), 'tỷ', ...belowBillion(rest, true)];
}

/** Groups of three with their names; after a larger group empty hundreds are said (`không trăm`). */
function belowBillion(value: number, after: boolean): string[] {
  const groups: [number, string][] = [
    [Math.floor(value / 1_000_000), 'triệu'],
    [Math.floor(value / 1000) % 1000, 'nghìn'],
    [value % 1000, ''],
  ];
  const said: string[] = [];
  for (const [group, name] of groups) {
    if (group === 0) continue;
    said.push(...belowThousand(group, after || said.length > 0));
    if (name) said.push(name);
  }
  return said;
}

/** `một trăm linh năm`, `hai mươi mốt`, `ba mươi tư`, `mười lăm`. */
function belowThousand(value: number, full: boolean): string[] {
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor(value / 10) % 10;
  const ones = value % 10;
  const said: string[] = [];
  if (hundreds > 0 || full) said.push(DIGITS[hundreds]!, 'trăm');
  if (tens === 0 && ones > 0 && said.length > 0) said.push('linh');
  if (tens === 1) said.push('mười');
  if (tens > 1) said.push(DIGITS[tens]!, 'mươi');
  if (ones > 0) said.push(onesAfter(tens, ones));
  return said;
}

function onesAfter(tens: number, ones: number): string {
  if (tens > 1 && ones === 1) return 'mốt';
  if (tens > 1 && ones === 4) return 'tư';
  if (tens > 0 && ones === 5) return 'lăm';
  return DIGITS[ones]!;
}
