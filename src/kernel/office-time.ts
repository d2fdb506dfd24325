/**
 * Office time: the one engine of the whole program for working days, opening hours and deadlines. Pure; the
 * calendar is data (holidays and swap days of the year, the commune's hours), the rules with their sources
 * stand in `office-time/deadline.ts`.
 *
 * ```ts
 * const calendar = makeCalendar({ days: loadHolidays() });
 * dueAt(calendar, receivedAt, { unit: 'working_days', amount: 3 }, { cutoff: '15:00' }).due;
 * ```
 */
export { makeCalendar, hoursOfDate, hoursOfWeekday } from './office-time/calendar.ts';
export type { Calendar, CalendarData, CalendarDay } from './office-time/calendar.ts';
export { dueAfterPause, dueAt, startOfHandling } from './office-time/deadline.ts';
export type { Deadline, DueOptions } from './office-time/deadline.ts';
export { OfficeTimeError } from './office-time/errors.ts';
export type { OfficeTimeReason } from './office-time/errors.ts';
export { DEFAULT_HOURS, parseTimeOfDay } from './office-time/hours.ts';
export type { DayHours, Interval, OfficeHours, Stretch, Week } from './office-time/hours.ts';
export { LIMIT_UNITS } from './office-time/limit.ts';
export type { Limit, LimitUnit, Pause } from './office-time/limit.ts';
export {
  closingTime,
  isOpen,
  isWorkingDay,
  nextOpening,
  openingTime,
  workingDayAfter,
  workingDayBefore,
  workingTimeBetween,
} from './office-time/open.ts';
export type { Hours, OfficeSpan } from './office-time/open.ts';
