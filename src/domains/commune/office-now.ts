/** How the office stands at a moment: what the home page, the hours page and the API say. */
import { hoursOfDate, isOpen, isWorkingDay, nextOpening } from '#kernel/office-time';
import type { Calendar, CalendarDay, DayHours } from '#kernel/office-time';
import { dayNumber, instantAt, localDateOf, millisOfDay, type LocalDate } from '#kernel/time';

export type OfficeNow = {
  at: Date;
  day: LocalDate;
  /** The desk receives people at this moment. */
  open: boolean;
  /** Work is done today, at whatever hours. */
  workingDay: boolean;
  /** When the desk closes next, while it is open. */
  closesAt: Date | null;
  /** When the desk opens next, while it is closed. */
  opensAt: Date | null;
  /** Why today is not as its weekday says. */
  special: CalendarDay | null;
  /** The desk's hours today, in minutes since midnight; empty on a day off. */
  today: DayHours['desk'];
};

/** How the desk stands at that moment. Pure. @throws OfficeTimeError `bad_instant`, `no_working_day` */
export function officeNow(calendar: Calendar, at: Date): OfficeNow {
  const day = localDateOf(at);
  const open = isOpen(calendar, at, 'desk');
  const today = hoursOfDate(calendar, day).desk;
  const minutes = millisOfDay(at) / 60_000;
  const stretch = today.find((one) => one.open <= minutes && minutes < one.close);
  return {
    at,
    day,
    open,
    workingDay: isWorkingDay(calendar, day),
    closesAt: stretch ? instantAt(day, stretch.close) : null,
    opensAt: open ? null : nextOpening(calendar, at, 'desk'),
    special: calendar.days.get(dayNumber(day)) ?? null,
    today,
  };
}
