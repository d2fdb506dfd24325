/** Schedules of subscriptions (EPCIS 2.0, 8.2.5.3): like cron, to the minute; seconds are read and not waited for. */
import type { JsonObject } from './event.ts';
import { localParts } from './local-parts.ts';

type Schedule = { [field in Field]: ReadonlySet<number> | null };
type Field = 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek';

const RANGES: Readonly<Record<Field, readonly [number, number]>> = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  dayOfWeek: [1, 7],
};

/** @returns nothing when a field is no list of numbers and `[1-5]` ranges within its bounds, or there is no field */
export function readSchedule(value: JsonObject): Schedule | null {
  const fields = Object.keys(RANGES) as Field[];
  if (Object.keys(value).length === 0 || Object.keys(value).some((name) => !fields.includes(name as Field)))
    return null;
  const schedule = {} as Schedule;
  for (const field of fields) {
    const said = value[field];
    const numbers = said === undefined ? null : numbersOf(String(said), RANGES[field]);
    if (said !== undefined && numbers === null) return null;
    schedule[field] = numbers;
  }
  return schedule;
}

function numbersOf(text: string, [least, most]: readonly [number, number]): ReadonlySet<number> | null {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [, from, to = from] = /^\[?(\d{1,2})(?:-(\d{1,2}))?\]?$/.exec(part.trim()) ?? [];
    if (from === undefined || Number(from) < least || Number(to) > most || Number(from) > Number(to))
      return null;
    for (let number = Number(from); number <= Number(to); number++) numbers.add(number);
  }
  return numbers;
}

/** Whether the minute in which `now` lies (in the commune's time) is one of the schedule; unsaid minutes are 0 of the hour. */
export function isDue(schedule: Schedule, now: Date): boolean {
  const parts = localParts(now);
  const minutes =
    schedule.minute ?? (schedule.hour === null && schedule.second !== null ? null : new Set([0]));
  return (
    (minutes === null || minutes.has(parts.minute)) &&
    (['hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const).every(
      (field) => schedule[field]?.has(parts[field]) !== false,
    )
  );
}
