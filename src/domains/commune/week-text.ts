/** A week of hours as people type it: one line a day, `07:30–11:30, 13:30–17:00`; an empty line is a day off. */
import { AppError } from '#kernel/errors';
import type { Interval, Week } from '#kernel/office-time';
import type { Weekday } from '#kernel/time';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const STRETCH = /^([01]?\d|2[0-3])[:hg.]([0-5]\d)\s*(?:[-–—]|đến|to)\s*([01]?\d|2[0-3])[:hg.]([0-5]\d)$/i;

/**
 * Reads the lines `<name>.1` (Monday) to `<name>.7`.
 * @throws AppError `input.invalid` naming the days that cannot be read
 */
export function readWeek(typed: Readonly<Record<string, string>>, name: string): Week {
  const week: { [day in Weekday]?: Interval[] } = {};
  const fields: Record<string, string> = {};
  for (const day of WEEKDAYS) {
    const line = (typed[`${name}.${day}`] ?? '').trim();
    if (line === '') continue;
    const stretches = line.split(/[,;]/).map((part) => readStretch(part.trim()));
    if (stretches.includes(undefined)) fields[`${name}.${day}`] = 'commune.hours.bad_line';
    else week[day] = stretches as Interval[];
  }
  if (Object.keys(fields).length > 0) throw new AppError('input.invalid', 422, {}, fields);
  return week;
}

/** A day's hours as they are typed. */
export function dayLine(stretches: readonly Interval[] | undefined): string {
  return (stretches ?? []).map(([open, close]) => `${open}–${close}`).join(', ');
}

function readStretch(text: string): Interval | undefined {
  const match = STRETCH.exec(text);
  if (!match) return undefined;
  const time = (hour: string, minute: string) => `${hour.padStart(2, '0')}:${minute}`;
  return [time(match[1]!, match[2]!), time(match[3]!, match[4]!)];
}
