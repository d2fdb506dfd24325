/**
 * What rooms that keep deadlines do when the office calendar changes: find what runs over the changed days and
 * queue its recomputing (facts 13: swap days come by official letter, sometimes after deadlines were promised).
 */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { isId } from '#kernel/ids';
import { parseLocalDate, type LocalDate } from '#kernel/time';
import { listOfficeHours, listSpecialDays } from './office-calendar.ts';

/** The changed days; without `until` everything from `from` on. */
export type CalendarChange = { from: LocalDate; until: LocalDate | undefined; days: readonly unknown[] };

/** Things in one job: each is locked until its job ends. */
const AT_ONCE = 50;

/** Reads the payload of `commune.calendar.changed`; undefined for one that names no day. */
export function readCalendarChange(data: Record<string, unknown>): CalendarChange | undefined {
  const dayOf = (given: unknown) => (typeof given === 'string' ? parseLocalDate(given) : undefined);
  const from = dayOf(data.from);
  return from && { from, until: dayOf(data.until), days: Array.isArray(data.days) ? data.days : [] };
}

/** The sources of the changed days, or of the office hours from that day on; empty where a day was only taken out. */
export async function letterOfChange(ctx: Ctx, { from, days }: CalendarChange): Promise<string> {
  const sources =
    days.length > 0
      ? (await listSpecialDays(ctx)).filter((day) => days.includes(day.date)).map((day) => day.source)
      : (await listOfficeHours(ctx)).filter((hours) => hours.from === from).map((hours) => hours.source);
  return [...new Set(sources)].join('; ');
}

/** Queues a job for some ids at a time, with the letter that moves them. */
export async function queueRecomputing(
  ctx: Ctx,
  job: string,
  ids: readonly string[],
  letter: string,
): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE)
    await enqueue(ctx, job, { ids: ids.slice(at, at + AT_ONCE), letter });
}

/** What such a job was given. */
export function readRecomputing(data: Record<string, unknown>): { ids: string[]; letter: string } {
  const ids = Array.isArray(data.ids) ? data.ids.filter((id) => typeof id === 'string' && isId(id)) : [];
  return { ids, letter: String(data.letter ?? '') };
}
