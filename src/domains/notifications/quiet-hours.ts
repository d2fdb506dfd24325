/** Quiet hours: what is not urgent waits for the morning. */
import { addDays, instantAt, localDateOf, millisOfDay } from '#kernel/time';

/** Local `HH:MM`; equal ends mean no quiet hours. They may cross midnight. */
export type QuietHours = { from: string; to: string };

/** Where a commune has set nothing. */
export const DEFAULT_QUIET_HOURS: QuietHours = { from: '21:00', to: '07:00' };

/** The first instant from `at` on at which a message may go out: `at` itself, or the end of the quiet hours. */
export function nextLoudInstant(at: Date, quiet: QuietHours): Date {
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  if (from === to) return at;
  const minute = millisOfDay(at) / 60_000;
  const inside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return at;
  const today = localDateOf(at);
  return instantAt(minute < to ? today : addDays(today, 1), to);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
