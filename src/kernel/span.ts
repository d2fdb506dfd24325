/** Spans of days: the last day belongs to the span, none means that it goes on. */
import { localDate, type LocalDate } from './time.ts';

export type Span = { from: LocalDate; last: LocalDate | null };

export function holdsOn({ from, last }: Span, day: LocalDate): boolean {
  return from <= day && (last === null || day <= last);
}

export function overlaps(a: Span, b: Span): boolean {
  return (b.last === null || a.from <= b.last) && (a.last === null || b.from <= a.last);
}

/** A row's days as a span. */
export function spanOf(from: string, last: string | null): Span {
  return { from: localDate(from), last: last === null ? null : localDate(last) };
}
