/** The quarter or year that a report is about, as its address names it: `2026-3`, `2026`. */
import { refuse } from '#kernel/errors';
import { quarterOf, quarterRange, yearRange, type DateRange, type LocalDate } from '#kernel/time';

const ROMAN = ['I', 'II', 'III', 'IV'];

export type ReportPeriod = {
  /** From its first day to its last, or to today while it runs. */
  range: DateRange;
  /** As official papers write it: `quý III năm 2026`, `năm 2026`. */
  words: string;
};

/**
 * The period of an address; the running quarter when it names none.
 * @throws AppError `input.invalid` (422) for another text, and for what has not begun
 */
export function reportPeriod(text: string | null, today: LocalDate): ReportPeriod {
  const running = quarterOf(today);
  const named = text ?? `${running.year}-${running.quarter}`;
  const [, year, quarter] = /^(20\d\d)(?:-([1-4]))?$/.exec(named) ?? [];
  if (!year) return refuse('input.invalid', 422);
  const whole = quarter
    ? quarterRange({ year: Number(year), quarter: Number(quarter) as 1 | 2 | 3 | 4 })
    : yearRange(Number(year));
  if (whole.first > today) return refuse('input.invalid', 422);
  const last = whole.last < today ? whole.last : today;
  return {
    range: { first: whole.first, last },
    words: quarter ? `quý ${ROMAN[Number(quarter) - 1]} năm ${year}` : `năm ${year}`,
  };
}
