/**
 * How numbers, money and dates look: the one place that decides. Vietnamese first; missing is a dash,
 * never a zero.
 */
import { dayNumberAt, localDateOf, millisOfDay, OFFSET_MS, partsOf, weekday } from './time.ts';
import type { LocalDate } from './time.ts';

/** The languages of the program. */
export type Locale = 'vi' | 'en';

/** What stands where there is no value. */
export const MISSING = '–';

const TAG: Readonly<Record<Locale, string>> = { vi: 'vi-VN', en: 'en-GB' };
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale}${digits}`;
  let format = numberFormats.get(key);
  if (!format) {
    const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    format = new Intl.NumberFormat(TAG[locale], {
      ...fraction,
      roundingMode: 'halfExpand',
      signDisplay: 'negative',
    });
    numberFormats.set(key, format);
  }
  return format;
}

/**
 * `1.145,0` (vi), `1,145.0` (en): grouped, with exactly `digits` decimals (none unless told), rounded half
 * away from zero. Texts such as `'1145.05'` (SQL numeric) are taken exactly. Missing or not finite: a dash.
 */
export function formatNumber(
  value: number | bigint | string | null | undefined,
  { digits = 0, locale = 'vi' }: { digits?: number; locale?: Locale } = {},
): string {
  if (value === null || value === undefined) return MISSING;
  if (typeof value === 'number' && !Number.isFinite(value)) return MISSING;
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) return MISSING;
  return numberFormat(locale, digits).format(value as Intl.StringNumericLiteral);
}

/**
 * A share in tenths of a percent, truncated towards zero by exact whole-number arithmetic: 2169 of 2180 is
 * 994 (99,4 %). `undefined` when the denominator is 0: no share is not a share of nothing.
 * @throws RangeError when a number is not whole
 */
export function percentTenths(numerator: number | bigint, denominator: number | bigint): number | undefined {
  const whole = BigInt(denominator);
  return whole === 0n ? undefined : Number((BigInt(numerator) * 1000n) / whole);
}

/**
 * A share as printed everywhere: truncated, never rounded, to one decimal: `99,4 %` (vi), `99.4%` (en).
 * A dash when the denominator is 0 or a number is missing.
 */
export function formatPercent(
  numerator: number | bigint | null | undefined,
  denominator: number | bigint | null | undefined,
  locale: Locale = 'vi',
): string {
  if (numerator === null || numerator === undefined || denominator === null || denominator === undefined) {
    return MISSING;
  }
  const tenths = percentTenths(numerator, denominator);
  if (tenths === undefined) return MISSING;
  const sign = tenths < 0 ? '-' : '';
  const whole = formatNumber(Math.trunc(Math.abs(tenths) / 10), { locale });
  const tenth = Math.abs(tenths) % 10;
  return locale === 'vi' ? `${sign}${whole},${tenth} %` : `${sign}${whole}.${tenth}%`;
}

/** Money in đồng: `350.000 đ` (vi), `350,000 VND` (en). Missing: a dash. */
export function formatMoney(dong: bigint | null | undefined, locale: Locale = 'vi'): string {
  if (dong === null || dong === undefined) return MISSING;
  return `${formatNumber(dong, { locale })} ${locale === 'vi' ? 'đ' : 'VND'}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function dateOf(when: Date | LocalDate): LocalDate {
  return typeof when === 'string' ? when : localDateOf(when);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `05/06/2023` (vi), `5 Jun 2023` (en: 05/06 means May to half of its readers). Instants in Viet Nam's time. */
export function formatDate(when: Date | LocalDate | null | undefined, locale: Locale = 'vi'): string {
  if (when === null || when === undefined) return MISSING;
  const [year, month, day] = partsOf(dateOf(when));
  return locale === 'vi' ? `${two(day)}/${two(month)}/${year}` : `${day} ${MONTHS[month - 1]} ${year}`;
}

/** `14:30`, 24-hour, in Viet Nam's time. */
export function formatTime(at: Date | null | undefined): string {
  if (at === null || at === undefined) return MISSING;
  const minutes = Math.floor(millisOfDay(at) / 60_000);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `05/06/2023 14:30` (vi), `5 Jun 2023, 14:30` (en), in Viet Nam's time. */
export function formatDateTime(at: Date | null | undefined, locale: Locale = 'vi'): string {
  if (at === null || at === undefined) return MISSING;
  return `${formatDate(at, locale)}${locale === 'vi' ? ' ' : ', '}${formatTime(at)}`;
}

const WEEKDAYS: Readonly<Record<Locale, readonly string[]>> = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** `thứ Hai` (vi), `Monday` (en). */
export function formatWeekday(when: Date | LocalDate, locale: Locale = 'vi'): string {
  return WEEKDAYS[locale][weekday(dateOf(when)) - 1]!;
}

/**
 * The date as official papers write it: `ngày 05 tháng 6 năm 2023`. Days under 10 and the months 1 and 2
 * take a leading zero, so that nobody can write a digit before them (NĐ 30/2020, annex I).
 */
export function formatOfficialDate(when: Date | LocalDate): string {
  const [year, month, day] = partsOf(dateOf(when));
  return `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm ${year}`;
}

/** ISO 8601 with Viet Nam's offset: `2023-06-05T14:30:00+07:00`; milliseconds only where there are any. */
export function formatIso(at: Date): string {
  dayNumberAt(at);
  const local = new Date(at.getTime() + OFFSET_MS).toISOString();
  return `${local.slice(0, 23).replace(/\.000$/, '')}+07:00`;
}
