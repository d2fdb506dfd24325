/** Numbers and moments in the one form in which they are hashed and compared. */

/** Milliseconds since 1970 of an RFC 3339 moment; the third decimal is rounded up when the fourth is 5 to 9. */
export function momentOf(text: string): number {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (!found) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = found;
  const millis =
    Number(fraction.slice(0, 3).padEnd(3, '0')) + (fraction[3] !== undefined && fraction[3] >= '5' ? 1 : 0);
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute), Number(second), millis);
  return moment.getTime() - offsetOf(zone) * 60_000;
}

const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether the database can keep a moment: years 1 to 9999. */
export function isKeptMoment(moment: number): boolean {
  return moment >= FIRST && moment <= LAST;
}

/** The nearest moment that the database can keep. */
export function keptMoment(moment: number): number {
  return Math.min(Math.max(moment, FIRST), LAST);
}

/** Minutes before UTC of `+07:00`. */
function offsetOf(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** In UTC, with exactly three decimals; what is no moment stays as it is. */
export function canonicalTime(text: string): string {
  const moment = momentOf(text);
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

/**
 * A number without a plus, leading or trailing zeros or an exponent; also of a text that is a plain decimal number.
 * Texts are handled digit by digit: a serial number of thirty digits loses none. Other texts stay as they are.
 */
export function canonicalNumber(value: number | string): string {
  const text = typeof value === 'number' ? decimal(value) : value;
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return text;
  const [, sign, whole = '', fraction = ''] = found;
  const digits = whole.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  const plain = decimals === '' ? digits : `${digits}.${decimals}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}

/** A number without an exponent. */
function decimal(value: number): string {
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
  return `${sign}${digits.padEnd(1 + shift, '0')}`;
}
