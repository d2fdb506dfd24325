/** What a page of figures asks, out of its address: period and part of the commune. */
import type { MeasureQuestion } from '#kernel/measures';
import {
  addDays,
  addMonths,
  localDateOf,
  monthRange,
  parseLocalDate,
  quarterOf,
  quarterRange,
  yearOf,
  yearRange,
  type LocalDate,
} from '#kernel/time';

export const PERIODS = ['month', 'quarter', 'twelve_months', 'year', 'last_quarter', 'all'] as const;
export type Period = (typeof PERIODS)[number];

export type Asked = { period: Period; question: MeasureQuestion & { asOf: LocalDate } };

/** What every part of the commune is asked by; officers only where the reader is an official. */
type Kinds = readonly string[];

/**
 * Reads `period`, `as_of` and `scope`; what makes no sense is as if it were not there.
 * @param query `from` is taken too, as the lists' addresses carry it; it goes before `period`
 */
export function askedBy(query: URLSearchParams, now: Date, kinds: Kinds): Asked {
  const period = PERIODS.find((one) => one === query.get('period')) ?? 'twelve_months';
  const asOf = parseLocalDate(query.get('as_of') ?? '') ?? localDateOf(now);
  const range = periodRange(period, asOf);
  const from = parseLocalDate(query.get('from') ?? '') ?? range.from;
  const scope = scopeOf(query.get('scope') ?? '', kinds);
  return { period, question: { asOf: range.asOf, scope, ...(from ? { from } : {}) } };
}

function scopeOf(text: string, kinds: Kinds): string {
  const [kind = ''] = text.split(':', 1);
  return text.length <= 120 && kinds.includes(kind) && text.length > kind.length + 1 ? text : 'commune';
}

/** First and last day of a period that the day lies in; the last quarter is the one that has ended. */
export function periodRange(period: Period, asOf: LocalDate): { from?: LocalDate; asOf: LocalDate } {
  if (period === 'month') return { from: monthRange(asOf).first, asOf };
  if (period === 'quarter') return { from: quarterRange(quarterOf(asOf)).first, asOf };
  if (period === 'year') return { from: yearRange(yearOf(asOf)).first, asOf };
  if (period === 'twelve_months') return { from: addDays(addMonths(asOf, -12), 1), asOf };
  if (period === 'all') return { asOf };
  const before = addDays(quarterRange(quarterOf(asOf)).first, -1);
  return { from: quarterRange(quarterOf(before)).first, asOf: before };
}

/** The address of the records behind a number, below a page of figures. */
export function recordsAddress(
  page: string,
  measure: string,
  { asOf, from, scope }: MeasureQuestion,
  part: 'numerator' | 'denominator' = 'numerator',
): string {
  const query = new URLSearchParams({ measure, as_of: asOf, period: 'all', scope });
  if (from) query.set('from', from);
  if (part === 'denominator') query.set('part', part);
  return `${page}/records?${query}`;
}

/** The last twelve months up to a day, `YYYY-MM`, oldest first. */
export function lastMonths(asOf: LocalDate): string[] {
  const first = monthRange(asOf).first;
  return Array.from({ length: 12 }, (_, at) => addMonths(first, at - 11).slice(0, 7));
}
