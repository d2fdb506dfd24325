/** The periods that are reported on. Pure. */
import { addDays, addMonths, localDate, monthRange, partsOf, yearRange, type LocalDate } from '#kernel/time';

export const REPORT_KINDS = ['month', 'half', 'year'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export type Period = { kind: ReportKind; first: LocalDate; last: LocalDate };

/** The month, half-year or year that a day is in. */
export function periodOf(kind: ReportKind, day: LocalDate): Period {
  const [year, month] = partsOf(day);
  if (kind === 'month') return { kind, ...monthRange(day) };
  if (kind === 'year') return { kind, ...yearRange(year) };
  const first = localDate(`${year}-${month <= 6 ? '01' : '07'}-01`);
  return { kind, first, last: addDays(addMonths(first, 6), -1) };
}

/** The periods that ended with the month before: that month, in January and July the half-year, in January the year. */
export function endedBefore(today: LocalDate): Period[] {
  const yesterday = addDays(localDate(`${today.slice(0, 7)}-01`), -1);
  return REPORT_KINDS.map((kind) => periodOf(kind, yesterday)).filter(({ last }) => last === yesterday);
}

/** "tháng 3 năm 2024", "6 tháng đầu năm 2024", "năm 2024": as the title of an official paper says it. */
export function periodWords({ kind, first }: Pick<Period, 'kind' | 'first'>): string {
  const [year, month] = partsOf(first);
  if (kind === 'year') return `năm ${year}`;
  if (kind === 'half') return `6 tháng ${month === 1 ? 'đầu' : 'cuối'} năm ${year}`;
  return `tháng ${month} năm ${year}`;
}
