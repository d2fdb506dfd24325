import type { Ctx } from '#kernel/context';
import { makeCalendar, type Calendar } from '#kernel/office-time';
import { loadHolidays } from './calendar.ts';

export {
  expectedHolidays,
  HolidayDay,
  loadAnnouncedHolidays,
  loadHolidays,
  missingHolidays,
  parseHolidays,
  type ExpectedHoliday,
} from './calendar.ts';

const calendar = makeCalendar({ days: loadHolidays() });

/** The commune's calendar: the national days off with the usual office hours. */
export async function officeCalendar(_ctx: Ctx): Promise<Calendar> {
  return calendar;
}
