import { type LocalDate, addDays, addMonths, parseLocalDate } from '../time.ts';
import { type DateRef, FIRST_YEAR, LAST_YEAR } from './condition-definition.ts';
import { type FormValues, own } from './values.ts';

/** The days that a date may mean: one day, or a whole month or year where only that is known. */
export interface DaySpan {
  first: LocalDate;
  last: LocalDate;
}

const PARTIAL = /^(\d{4})(?:-(\d{2}))?$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const TYPED_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const TYPED_MONTH = /^(\d{1,2})[/.-](\d{4})$/;

/**
 * Reads a date as a native input sends it (`2023-06-05`) or as people type it (`5/6/2023`, and with
 * `partial` also `6/2023` and `2023`). Undefined for what is no date of the years 1850 to 2200.
 */
export function readDate(typed: string, partial: boolean): string | undefined {
  const date = isoForm(typed.replaceAll(/\s/g, ''));
  if (date === undefined || (!partial && date.length < 10)) return undefined;
  return spanOf(date) && date;
}

function isoForm(typed: string): string | undefined {
  if (ISO_DAY.test(typed) || PARTIAL.test(typed)) return typed;
  const day = TYPED_DAY.exec(typed);
  if (day) return `${day[3]}-${day[2]?.padStart(2, '0')}-${day[1]?.padStart(2, '0')}`;
  const month = TYPED_MONTH.exec(typed);
  return month ? `${month[2]}-${month[1]?.padStart(2, '0')}` : undefined;
}

/** The days that a stored date may mean; undefined for anything else. */
export function spanOf(date: string): DaySpan | undefined {
  const year = Number(date.slice(0, 4));
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return undefined;
  const partial = PARTIAL.exec(date);
  if (!partial) {
    const day = parseLocalDate(date);
    return day && { first: day, last: day };
  }
  const first = parseLocalDate(`${partial[1]}-${partial[2] ?? '01'}-01`);
  return first && { first, last: addDays(addMonths(first, partial[2] ? 1 : 12), -1) };
}

/** The day that a limit stands for; undefined when the answer that it looks at is missing. */
export function resolveDate(ref: DateRef, values: FormValues, today: LocalDate): DaySpan | undefined {
  const base = baseSpan(ref, values, today);
  if (!base) return undefined;
  const move = (day: LocalDate): LocalDate =>
    addDays(addMonths(day, (ref.years ?? 0) * 12 + (ref.months ?? 0)), ref.days ?? 0);
  return { first: move(base.first), last: move(base.last) };
}

function baseSpan(ref: DateRef, values: FormValues, today: LocalDate): DaySpan | undefined {
  if (ref.from === 'today') return { first: today, last: today };
  if ('day' in ref.from) return spanOf(ref.from.day);
  const answer = own(values, ref.from.field);
  return typeof answer === 'string' ? spanOf(answer) : undefined;
}
