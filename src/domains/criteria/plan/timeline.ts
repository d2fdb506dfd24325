/** Where spans stand on a timeline, in per cent of its whole. Pure. */
import { addMonths, daysBetween, localDate, partsOf, type LocalDate } from '#kernel/time';

type Span = { from: LocalDate; to: LocalDate };
const MOST_TICKS = 6;

/** The months around all spans and today: the first day of the first, the first day after the last. */
export function wholeOf(spans: readonly Span[], today: LocalDate): Span {
  const days = [today, ...spans.flatMap(({ from, to }) => [from, to])].toSorted();
  return { from: monthOf(days[0]!), to: addMonths(monthOf(days.at(-1)!), 1) };
}

function monthOf(day: LocalDate): LocalDate {
  return localDate(`${day.slice(0, 7)}-01`);
}

/** Where a day stands, to a tenth of a per cent. */
export function placeOf(day: LocalDate, whole: Span): number {
  return Math.round((daysBetween(whole.from, day) / daysBetween(whole.from, whole.to)) * 1000) / 10;
}

/** The first days of months spread over the whole, at most six. */
export function ticksOf(whole: Span): LocalDate[] {
  const [fromYear, fromMonth] = partsOf(whole.from);
  const [toYear, toMonth] = partsOf(whole.to);
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth;
  const step = Math.max(1, Math.ceil(months / MOST_TICKS));
  return Array.from({ length: Math.floor((months - 1) / step) + 1 }, (_, at) =>
    addMonths(whole.from, at * step),
  );
}
