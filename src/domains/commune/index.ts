import type { Ctx } from '#kernel/context';
import { makeCalendar, type Calendar } from '#kernel/office-time';
const calendar = makeCalendar({ days: [] });
export async function officeCalendar(_ctx: Ctx): Promise<Calendar> {
  return calendar;
}
