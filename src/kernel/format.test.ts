import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatIso,
  formatMoney,
  formatNumber,
  formatOfficialDate,
  formatPercent,
  formatTime,
  formatWeekday,
  percentTenths,
} from './format.ts';
import { localDate } from './time.ts';

test('numbers', () => {
  expect(formatNumber(1145, { digits: 1 })).toBe('1.145,0');
  expect(formatNumber(1145, { digits: 1, locale: 'en' })).toBe('1,145.0');
  expect(formatNumber(2180)).toBe('2.180');
  expect(formatNumber(-1234.5)).toBe('-1.235');
  expect(formatNumber(-0.2)).toBe('0');
  expect(formatNumber('1145.05', { digits: 1 })).toBe('1.145,1');
  expect(formatNumber(9_007_199_254_740_993n)).toBe('9.007.199.254.740.993');
  for (const missing of [null, undefined, NaN, Infinity, '', 'abc']) expect(formatNumber(missing)).toBe('–');
});

test('percentages are truncated, never rounded', () => {
  expect(formatPercent(2169, 2180)).toBe('99,4 %');
  expect(formatPercent(2169, 2180, 'en')).toBe('99.4%');
  expect(formatPercent(1, 1)).toBe('100,0 %');
  expect(formatPercent(0, 5)).toBe('0,0 %');
  expect(formatPercent(15, 1)).toBe('1.500,0 %');
  expect(formatPercent(0, 0)).toBe('–');
  expect(formatPercent(null, 3)).toBe('–');
  expect(formatPercent(-1, 3)).toBe('-33,3 %');
  expect(formatPercent(2n ** 70n - 1n, 2n ** 70n)).toBe('99,9 %');
  expect(() => formatPercent(1.5, 2)).toThrow(RangeError);
});

test('a truncated share is the largest tenth that does not exceed it', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 18n), fc.bigInt(1n, 10n ** 18n), (a, b) => {
      fc.pre(a <= b);
      const tenths = BigInt(percentTenths(a, b)!);
      expect(tenths * b <= a * 1000n && a * 1000n < (tenths + 1n) * b).toBe(true);
      expect(tenths === 1000n).toBe(a === b);
    }),
  );
});

test('money', () => {
  expect(formatMoney(350_000n)).toBe('350.000 đ');
  expect(formatMoney(350_000n, 'en')).toBe('350,000 VND');
  expect(formatMoney(null)).toBe('–');
});

test('dates and times in Viet Nam, whatever the machine says', () => {
  const at = new Date('2023-06-05T07:30:00Z');
  expect(formatDate(at)).toBe('05/06/2023');
  expect(formatDate(localDate('2023-06-05'))).toBe('05/06/2023');
  expect(formatDate(at, 'en')).toBe('5 Jun 2023');
  expect(formatDateTime(at)).toBe('05/06/2023 14:30');
  expect(formatDateTime(at, 'en')).toBe('5 Jun 2023, 14:30');
  expect(formatTime(new Date('2023-06-05T17:05:59.999Z'))).toBe('00:05');
  expect(formatWeekday(at)).toBe('thứ Hai');
  expect(formatWeekday(localDate('2023-06-04'), 'en')).toBe('Sunday');
  expect(formatOfficialDate(at)).toBe('ngày 05 tháng 6 năm 2023');
  expect(formatOfficialDate(localDate('2024-02-29'))).toBe('ngày 29 tháng 02 năm 2024');
  expect(formatDate(null)).toBe('–');
});

test('ISO with offset reads back as the same instant', () => {
  expect(formatIso(new Date('2023-06-05T07:30:00Z'))).toBe('2023-06-05T14:30:00+07:00');
  expect(formatIso(new Date('2023-06-05T16:59:59.999Z'))).toBe('2023-06-05T23:59:59.999+07:00');
  const range = { min: new Date('1976-01-01'), max: new Date('2199-01-01'), noInvalidDate: true };
  fc.assert(fc.property(fc.date(range), (at) => new Date(formatIso(at)).getTime() === at.getTime()));
});
