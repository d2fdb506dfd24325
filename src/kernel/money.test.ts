import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from './format.ts';
import { addMoney, moneyInWords, parseMoney } from './money.ts';

test('amounts are read as people write them', () => {
  for (const text of ['350000', '350.000', '350,000', '350 000', ' 350.000 đ', '350.000đ', '350.000 VNĐ']) {
    expect(parseMoney(text), text).toBe(350_000n);
  }
  expect(parseMoney('350.000 đồng')).toBe(350_000n);
  expect(parseMoney('350.000 đồng'.normalize('NFD'))).toBe(350_000n);
  expect(parseMoney('350\u00A0000\u00A0₫')).toBe(350_000n);
  expect(parseMoney('0')).toBe(0n);
});

test('doubtful amounts are refused', () => {
  for (const text of ['', 'đ', '-5', '350.00', '350,5', '1.234,567', '1,234.567', '35.0000', '350k', '1e6']) {
    expect(parseMoney(text), text).toBeUndefined();
  }
  expect(parseMoney('.000')).toBeUndefined();
  expect(parseMoney('1000000000000000')).toBeUndefined();
  expect(parseMoney('9'.repeat(1000))).toBeUndefined();
});

test('what is printed can be read again, in both languages', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 999_999_999_999_999n),
      fc.constantFrom('vi' as const, 'en' as const),
      (dong, locale) => {
        expect(parseMoney(formatMoney(dong, locale))).toBe(dong);
      },
    ),
  );
});

test('sums are exact', () => {
  expect(addMoney()).toBe(0n);
  expect(addMoney(2_000n, 2_000n, 1_000n)).toBe(5_000n);
});

test.each<[bigint, string]>([
  [0n, 'không đồng'],
  [350_000n, 'ba trăm năm mươi nghìn đồng'],
  [8_000n, 'tám nghìn đồng'],
  [10_000n, 'mười nghìn đồng'],
  [15_000n, 'mười lăm nghìn đồng'],
  [21_000n, 'hai mươi mốt nghìn đồng'],
  [24_500n, 'hai mươi tư nghìn năm trăm đồng'],
  [105_000n, 'một trăm linh năm nghìn đồng'],
  [111_011n, 'một trăm mười một nghìn không trăm mười một đồng'],
  [1_005_000n, 'một triệu không trăm linh năm nghìn đồng'],
  [2_000_001n, 'hai triệu không trăm linh một đồng'],
  [12_345_678n, 'mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng'],
  [1_000_000_000n, 'một tỷ đồng'],
  [1_000_000_005n, 'một tỷ không trăm linh năm đồng'],
  [25_040_000_000n, 'hai mươi lăm tỷ không trăm bốn mươi triệu đồng'],
  [1_500_000_000_000n, 'một nghìn năm trăm tỷ đồng'],
])('%s đ in words', (dong, text) => {
  expect(moneyInWords(dong)).toBe(text);
});

/** Reads the words back: a receipt's reader, who knows nothing of how they were made. */
function readWords(text: string): bigint {
  const digit: Record<string, bigint> = {
    không: 0n,
    một: 1n,
    mốt: 1n,
    hai: 2n,
    ba: 3n,
    bốn: 4n,
    tư: 4n,
    năm: 5n,
    lăm: 5n,
    sáu: 6n,
    bảy: 7n,
    tám: 8n,
    chín: 9n,
  };
  let total = 0n;
  let billions = 0n;
  let group = 0n;
  let pending = 0n;
  for (const word of text.replace(/ đồng$/, '').split(' ')) {
    if (word in digit) pending = digit[word]!;
    else if (word === 'mười') group += 10n;
    else if (word === 'linh') continue;
    else if (word === 'mươi') [group, pending] = [group + pending * 10n, 0n];
    else if (word === 'trăm') [group, pending] = [group + pending * 100n, 0n];
    else if (word === 'nghìn') [total, group, pending] = [total + (group + pending) * 1000n, 0n, 0n];
    else if (word === 'triệu') [total, group, pending] = [total + (group + pending) * 1_000_000n, 0n, 0n];
    else if (word === 'tỷ') {
      billions = (billions + total + group + pending) * 1_000_000_000n;
      [total, group, pending] = [0n, 0n, 0n];
    } else throw new Error(`no such word: ${word}`);
  }
  return billions + total + group + pending;
}

test('the words say the amount', () => {
  const amounts = fc.oneof(fc.bigInt(0n, 2_000_000n), fc.bigInt(0n, 10n ** 24n));
  fc.assert(
    fc.property(amounts, (dong) => {
      expect(readWords(moneyInWords(dong))).toBe(dong);
    }),
    { numRuns: 3000 },
  );
  expect(() => moneyInWords(-1n)).toThrow(RangeError);
});
