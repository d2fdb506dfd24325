import { formatDate, formatWeekday, type Locale } from '#kernel/format';
import { hoursOfWeekday, type Calendar, type CalendarDay } from '#kernel/office-time';
import { addDays, yearOf, type LocalDate, type Weekday } from '#kernel/time';
import { missingHolidays } from '../calendar.ts';
import { listOfficeHours, listSpecialDays, officeCalendar } from '../office-calendar.ts';
import { officeNow } from '../office-now.ts';
import { officeLine, stretchWords, weekdayWords } from '../office-words.ts';
import type { PageServerLoad } from './$types';

/** How far ahead days off are shown: beyond the next Tết, whenever it is asked. */
const AHEAD_DAYS = 300;

export const load: PageServerLoad = async ({ locals }) => {
  const { locale } = locals;
  const { now, calendar, days, hours } = await locals.run(async (ctx) => ({
    now: ctx.now,
    calendar: await officeCalendar(ctx),
    days: await listSpecialDays(ctx),
    hours: await listOfficeHours(ctx),
  }));
  const office = officeNow(calendar, now);
  const last = addDays(office.day, AHEAD_DAYS);
  const unknownYears = [...new Set([yearOf(office.day), yearOf(last)])].filter(
    (year) => !calendar.years.has(year),
  );
  const setting = hours.findLast(({ from }) => from <= office.day) ?? hours[0];
  return {
    open: office.open,
    line: officeLine(office, locale),
    week: weekOf(calendar, office.day, locale),
    setting: setting ? { source: setting.source, verified: setting.verified } : null,
    days: days.filter(({ date }) => office.day <= date && date <= last).map((day) => dayView(day, locale)),
    unknownYears,
    expected: unknownYears
      .flatMap((year) => missingHolidays(days, year))
      .filter(({ dayOff }) => office.day <= dayOff && dayOff <= last)
      .map(({ dayOff, name }) => `${formatDate(dayOff, locale)}: ${name[locale]}`),
  };
};

function weekOf(calendar: Calendar, on: LocalDate, locale: Locale) {
  return ([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((weekday) => {
    const { work, desk } = hoursOfWeekday(calendar, on, weekday);
    const words = { desk: stretchWords(desk, locale), work: stretchWords(work, locale) };
    return { day: weekdayWords(weekday, locale), ...words, closed: desk.length === 0 };
  });
}

function dayView(day: CalendarDay, locale: Locale) {
  return {
    iso: day.date,
    date: formatDate(day.date, locale),
    weekday: formatWeekday(day.date, locale),
    kind: day.kind,
    name: day.name[locale],
    source: day.source,
    verified: day.verified,
  };
}
