/** Office hours in words. */
import { m } from '#i18n/messages';
import { formatDate, formatTime, formatWeekday, type Locale } from '#kernel/format';
import { hoursOfWeekday, type Calendar, type DayHours } from '#kernel/office-time';
import {
  addDays,
  daysBetween,
  instantAt,
  localDate,
  localDateOf,
  type LocalDate,
  type Weekday,
} from '#kernel/time';
import type { OfficeNow } from './office-now.ts';

/** A Monday: the days of a week are named by the days after it. */
const MONDAY = localDate('2024-01-01');
const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** `07:30–11:30, 13:30–17:00`; a word where the office is closed. */
export function stretchWords(stretches: DayHours['desk'], locale: Locale): string {
  if (stretches.length === 0) return m.commune_closed({}, { locale });
  return stretches.map(({ open, close }) => `${clock(open)}–${clock(close)}`).join(', ');
}

/** `thứ Hai`, `Monday`: inside a sentence. */
export function weekdayName(weekday: Weekday, locale: Locale): string {
  return formatWeekday(addDays(MONDAY, weekday - 1), locale);
}

/** `Thứ Hai`, `Monday`: at the beginning of a line. */
export function weekdayWords(weekday: Weekday, locale: Locale): string {
  return capital(weekdayName(weekday, locale));
}

/**
 * The week in as few lines as it takes: `Thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:00`. Closed days are
 * left out.
 */
export function hoursLines(calendar: Calendar, on: LocalDate, locale: Locale): string[] {
  const runs: { first: Weekday; last: Weekday; hours: string }[] = [];
  for (const weekday of WEEK) {
    const { desk } = hoursOfWeekday(calendar, on, weekday);
    if (desk.length === 0) continue;
    const hours = stretchWords(desk, locale);
    const run = runs.at(-1);
    if (run && run.last === weekday - 1 && run.hours === hours) run.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  return runs.map(({ first, last, hours }) => {
    const from = weekdayWords(first, locale);
    const until = weekdayName(last, locale);
    return first === last ? `${from}: ${hours}` : m.commune_hours_span({ from, until, hours }, { locale });
  });
}

/** How the desk stands, in one or two sentences: open until when, or why not and when again. */
export function officeLine(now: OfficeNow, locale: Locale): string {
  const why = now.special ? specialWords(now.special, locale) : '';
  return [why, timeWords(now, locale)].filter(Boolean).join(' ');
}

function specialWords(special: NonNullable<OfficeNow['special']>, locale: Locale): string {
  const name = special.name[locale];
  return special.kind === 'off'
    ? m.commune_today_off({ name }, { locale })
    : m.commune_today_worked({ name }, { locale });
}

function timeWords({ day, closesAt, opensAt }: OfficeNow, locale: Locale): string {
  if (closesAt) return m.commune_open_until({ time: formatTime(closesAt) }, { locale });
  if (!opensAt) return '';
  const time = formatTime(opensAt);
  const opens = localDateOf(opensAt);
  const away = daysBetween(day, opens);
  if (away === 0) return m.commune_opens_today({ time }, { locale });
  if (away === 1) return m.commune_opens_tomorrow({ time }, { locale });
  const on = { weekday: formatWeekday(opens, locale), date: formatDate(opens, locale) };
  return m.commune_opens_on({ time, ...on }, { locale });
}

function clock(minutes: number): string {
  return minutes === 1440 ? '24:00' : formatTime(instantAt(MONDAY, minutes));
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
