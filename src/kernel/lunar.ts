/**
 * The lunar calendar of Viet Nam: months begin on the day of the new moon at UTC+7 (Decision 121-CP of
 * 1967), so Tết can fall a day before China's (17/02/2007, 02/02/2030). Used to foresee holidays that
 * nobody has entered yet, never to decide one: what is off is what was decreed.
 *
 * New moons and the sun's longitude after J. Meeus, Astronomical Algorithms (2nd ed.), chapters 49 and 25;
 * good to about a minute, which settles every month of 1976–2100 but for a new moon within that minute of
 * midnight.
 */
import { dateOfDayNumber, OFFSET_MS } from './time.ts';
import type { LocalDate } from './time.ts';

const DAY_MS = 86_400_000;
/** Julian day of 1970-01-01T00:00Z, the day number 0. */
const EPOCH_JD = 2_440_587.5;
const LOCAL = OFFSET_MS / DAY_MS;

/** The tenth of the third month: Hùng Kings. @throws RangeError outside 1976–2100 */
export function hungKingsDay(year: number): LocalDate {
  return lunarDay(year, 3, 10);
}

/** The first of the first month: Tết. @throws RangeError outside 1976–2100 */
export function lunarNewYear(year: number): LocalDate {
  return lunarDay(year, 1, 1);
}

/**
 * The date of a day of a lunar month that is no leap month.
 * @param year lunar year, named after the solar year in which its Tết falls
 * @param month 1 to 12 @param day 1 to 29 (30 in a long month, which is not checked)
 * @throws RangeError outside 1976–2100 or for a month or day that no year has
 */
export function lunarDay(year: number, month: number, day: number): LocalDate {
  const whole = [year, month, day].every(Number.isInteger);
  if (!whole || year < 1976 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 30) {
    throw new RangeError(`no such lunar day: ${year}-${month}-${day}`);
  }
  const months = monthsFromSolstice(month >= 11 ? year : year - 1);
  const place = month >= 11 ? month - 11 : month + 1;
  const leap = leapPlace(months);
  return dateOfDayNumber(months[leap !== undefined && place >= leap ? place + 1 : place]! + day - 1);
}

/** First days of the months from the eleventh month of a year (the one of the winter solstice) to the next eleventh. */
function monthsFromSolstice(year: number): number[] {
  const first = solsticeMoon(year);
  const next = solsticeMoon(year + 1);
  return Array.from({ length: next - first + 1 }, (_, i) => newMoonDay(first + i));
}

/**
 * In a span of thirteen months the leap month is the first without a principal term: the sun stands in
 * the same twelfth of its way when the month begins and when the next one does.
 */
function leapPlace(months: readonly number[]): number | undefined {
  if (months.length < 14) return undefined;
  const place = months.findIndex((day, i) => i > 0 && sunSector(day) === sunSector(months[i + 1]!));
  return place < 0 ? undefined : place;
}

/** Number of the new moon that begins the month of the winter solstice (the sun passes 270°). */
function solsticeMoon(year: number): number {
  const yearEnd = Date.UTC(year, 11, 31) / DAY_MS;
  let moon = Math.floor((year + 1 - 2000) * 12.3685) + 1;
  while (newMoonDay(moon) > yearEnd) moon--;
  return sunSector(newMoonDay(moon)) >= 9 ? moon - 1 : moon;
}

/** The twelfth (0 to 11) of the ecliptic in which the sun stands when the local day begins. */
function sunSector(day: number): number {
  const julian = day + EPOCH_JD - LOCAL;
  return Math.floor(sunLongitude(julian + deltaT(julian)) / 30);
}

/** Number of the local day on which the k-th new moon after 2000-01-06 falls. */
function newMoonDay(k: number): number {
  const ephemeris = newMoon(k);
  return Math.floor(ephemeris - deltaT(ephemeris) - EPOCH_JD + LOCAL);
}

/** Dynamical time minus universal time in days (Espenak and Meeus, 1986–2150 in two pieces). */
function deltaT(julian: number): number {
  const t = (julian - 2_451_544.5) / 365.25;
  if (t <= 5) return (63.86 + 0.3345 * t - 0.060374 * t ** 2 + 0.0017275 * t ** 3) / 86_400;
  return (62.92 + 0.32217 * t + 0.005589 * t ** 2) / 86_400;
}

function sin(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

/** Apparent longitude of the sun in degrees, 0 to 360 (Meeus, chapter 25). */
function sunLongitude(julian: number): number {
  const t = (julian - 2_451_545) / 36_525;
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t ** 2;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t ** 2) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly);
  const longitude = 280.46646 + 36_000.76983 * t + 0.0003032 * t ** 2 + centre;
  const apparent = longitude - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
  return ((apparent % 360) + 360) % 360;
}

/** Periodic terms of the new moon: coefficient, power of E, multiples of M, M′ and F (Meeus, table 49.A). */
const TERMS: readonly (readonly [number, 0 | 1 | 2, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
];

/** Julian ephemeris day of the k-th new moon after 2000-01-06 (Meeus, chapter 49). */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const e = 1 - 0.002516 * t - 0.0000074 * t ** 2;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2 - 0.00000011 * t ** 3;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2 + 0.00001238 * t ** 3;
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2 - 0.00000227 * t ** 3;
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t ** 2 + 0.00000215 * t ** 3;
  let day = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t ** 2 - 0.00000015 * t ** 3;
  for (const [size, power, s, m, f] of TERMS) {
    day += size * e ** power * sin(s * sun + m * moon + f * latitude);
  }
  day -= 0.00017 * sin(node);
  return (
    day + 0.000325 * sin(299.77 + 0.107408 * k - 0.009173 * t ** 2) + 0.000165 * sin(251.88 + 0.016321 * k)
  );
}
