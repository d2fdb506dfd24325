/** Six-digit dates of GS1 (YYMMDD): the century by nearness, the day 00 for a month without a day. */

const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** YYMMDD with a real day. */
export function isDay(text: string): boolean {
  return isDayOrMonth(text) && text.slice(4) !== '00';
}

/** YYMMDD; the day may be 00. */
export function isDayOrMonth(text: string): boolean {
  return /^\d{6}$/.test(text) && isInMonth(Number(text.slice(0, 2)), text.slice(2));
}

/** YYYYMMDD with a real day. */
export function isFullDate(text: string): boolean {
  if (!/^\d{8}$/.test(text) || text.slice(6) === '00') return false;
  const year = Number(text.slice(0, 4));
  return isInMonth(isLeap(year) ? 0 : 1, text.slice(4));
}

function isInMonth(year: number, monthAndDay: string): boolean {
  const [month, day] = [Number(monthAndDay.slice(0, 2)), Number(monthAndDay.slice(2))];
  const last = month === 2 && year % 4 !== 0 ? 28 : (LAST_DAYS[month - 1] ?? -1);
  return day <= last;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/**
 * The year that two digits mean, seen from a year: more than 50 years ahead is the century before, 50 or more
 * behind the century after (General Specifications, 7.12).
 */
export function fullYear(twoDigits: number, seenFrom: number): number {
  const difference = twoDigits - (seenFrom % 100);
  const century = seenFrom - (seenFrom % 100);
  if (difference >= 51) return century - 100 + twoDigits;
  return difference <= -50 ? century + 100 + twoDigits : century + twoDigits;
}

/**
 * Reads YYMMDD. @param seenFrom the year of reading, for the century
 * @returns `2027-03-31`, or `2027-03` when the day is 00 (the whole month, to its last day); nothing when it is no date
 */
export function readDate(text: string, seenFrom: number): string | null {
  if (!isDayOrMonth(text)) return null;
  const year = String(fullYear(Number(text.slice(0, 2)), seenFrom));
  const [month, day] = [text.slice(2, 4), text.slice(4)];
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** The day on which a date that may lack its day ends: the last of its month. */
export function lastDayOf(date: string): string {
  if (date.length > 7) return date;
  const [year = 0, month = 1] = date.split('-').map(Number);
  const last = month === 2 && !isLeap(year) ? 28 : LAST_DAYS[month - 1]!;
  return `${date}-${last}`;
}
