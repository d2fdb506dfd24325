/** Days off and worked swap days of Viet Nam: the national catalogue, and what it still lacks. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import { hungKingsDay, lunarNewYear } from '#kernel/lunar';
import type { CalendarDay } from '#kernel/office-time';
import { Mark } from '#kernel/source';
import { addDays, localDate, parseLocalDate, weekday, yearOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import catalogue from './catalog/holidays.json' with { type: 'json' };

const DateText = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, 'not a date YYYY-MM-DD')
  .transform((text) => localDate(text));

/** One day of the catalogue, as written in `catalog/holidays.json` and as entered by an official. */
export const HolidayDay = z
  .strictObject({
    date: DateText,
    kind: z.enum(['off', 'worked']),
    name: Bilingual,
    /** Law or official letter with its number. */
    source: z.string().trim().min(1).max(300),
    mark: Mark,
    /** True only when compared with the official text. */
    verified: z.boolean(),
    /** The day of the letter, where known. */
    decreedOn: DateText.optional(),
    /** For a worked day: the day off it stands for. */
    swapFor: DateText.optional(),
  })
  .refine((day) => !day.verified || day.mark === 'F', 'only what was found in an official text is verified')
  .refine((day) => day.kind === 'off' || weekday(day.date) > 5, 'only a Saturday or Sunday is worked instead')
  .refine(
    (day) => day.swapFor === undefined || day.kind === 'worked',
    'only a worked day stands for another',
  );

/** The catalogue: what counts, and what was announced since but not confirmed. Each date stands once. */
const HolidayCatalogue = z
  .strictObject({ days: z.array(HolidayDay), announced: z.array(HolidayDay) })
  .refine(({ days, announced }) => {
    const dates = [...days, ...announced].map((day) => day.date);
    return new Set(dates).size === dates.length;
  }, 'a date stands twice');

/** @throws ZodError for a malformed catalogue */
export function parseHolidays(input: unknown): { days: CalendarDay[]; announced: CalendarDay[] } {
  return HolidayCatalogue.parse(input);
}

/** The national days off and worked Saturdays, 2022–2026, oldest first: the `days` of a calendar. */
export function loadHolidays(): CalendarDay[] {
  return parseHolidays(catalogue).days;
}

/**
 * Days off that public reports say were decreed, but that nobody compared with the letter. They do not
 * count in any deadline until an official enters them; the settings page offers them.
 */
export function loadAnnouncedHolidays(): CalendarDay[] {
  return parseHolidays(catalogue).announced;
}

/** A day that the law makes a holiday, and the day off that follows from it. */
export interface ExpectedHoliday {
  readonly date: LocalDate;
  readonly name: Bilingual;
  readonly source: string;
  /** `date` itself, or the next working day when it falls on a weekend (Labour Code art. 111.3). */
  readonly dayOff: LocalDate;
}

const LABOUR_CODE = 'Bộ luật Lao động 45/2019 điều 112';

/**
 * The holidays that are certain before any letter of the year: fixed dates, the first three days of Tết,
 * Hùng Kings. The other days of Tết, the second day of National Day and swaps are decided every year.
 * Days in lieu are those of a five-day week.
 * @throws RangeError outside 1976–2100
 */
export function expectedHolidays(year: number): ExpectedHoliday[] {
  const tet = lunarNewYear(year);
  const days: [LocalDate, string, string, string][] = [
    [localDate(`${year}-01-01`), 'Tết Dương lịch', "New Year's Day", LABOUR_CODE],
    [tet, 'Mùng 1 Tết', 'Lunar New Year (Tết)', LABOUR_CODE],
    [addDays(tet, 1), 'Mùng 2 Tết', 'Second day of Tết', LABOUR_CODE],
    [addDays(tet, 2), 'Mùng 3 Tết', 'Third day of Tết', LABOUR_CODE],
    [hungKingsDay(year), 'Giỗ Tổ Hùng Vương', "Hùng Kings' Commemoration Day", LABOUR_CODE],
    [localDate(`${year}-04-30`), 'Ngày Chiến thắng', 'Reunification Day', LABOUR_CODE],
    [localDate(`${year}-05-01`), 'Ngày Quốc tế lao động', 'International Labour Day', LABOUR_CODE],
    [localDate(`${year}-09-02`), 'Quốc khánh', 'National Day', LABOUR_CODE],
  ];
  const off = new Set(days.map(([date]) => date));
  return days.map(([date, vi, en, source]) => {
    const dayOff = weekday(date) > 5 ? nextFree(date, off) : date;
    off.add(dayOff);
    return { date, name: { vi, en }, source, dayOff };
  });
}

/** The first weekday after a date that is not off yet. */
function nextFree(date: LocalDate, off: ReadonlySet<LocalDate>): LocalDate {
  let next = addDays(date, 1);
  while (weekday(next) > 5 || off.has(next)) next = addDays(next, 1);
  return next;
}

/**
 * What a year's calendar still lacks: days off of the law and announced days that are not entered. An empty
 * list does not prove that the year is complete: swaps come by letter, sometimes late.
 */
export function missingHolidays(entered: readonly CalendarDay[], year: number): ExpectedHoliday[] {
  const off = new Set(entered.filter((day) => day.kind === 'off').map((day) => day.date));
  const announced = loadAnnouncedHolidays()
    .filter((day) => yearOf(day.date) === year)
    .map((day) => ({ date: day.date, name: day.name, source: day.source, dayOff: day.date }));
  const expected = expectedHolidays(year).filter((day) => !off.has(day.dayOff));
  const known = new Set(expected.map((day) => day.dayOff));
  return [...expected, ...announced.filter((day) => !off.has(day.date) && !known.has(day.date))].sort(
    (a, b) => (a.dayOff < b.dayOff ? -1 : 1),
  );
}
