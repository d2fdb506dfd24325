/** For which days a book is kept: those that a certificate covers, as far as the holder belonged to it. Pure. */
import { addDays, type LocalDate } from '#kernel/time';
import type { Standing } from '#domain/producers';

export const BOOK_KINDS = ['vietgap', 'organic'] as const;
export type BookKind = (typeof BOOK_KINDS)[number];

export type Period = {
  kind: BookKind;
  from: LocalDate;
  to: LocalDate;
  /** A certificate covers these days; otherwise they are worked by the standard without one. */
  certified: boolean;
};

/** Without a certificate a book runs over the last twelve months. */
const A_YEAR = 365;

/** The newest first; never beyond today. There is always one. */
export function periodsOf(standings: readonly Standing[], today: LocalDate): Period[] {
  const found = standings.flatMap(({ standard, papers, ...days }): Period[] => {
    const kind = BOOK_KINDS.find((one) => one === standard);
    if (!kind) return [];
    const spans = papers.map(({ validFrom, validTo, revokedOn }) => ({
      from: validFrom,
      last: earliest(validTo, revokedOn && addDays(revokedOn, -1)),
      certified: true,
    }));
    const all =
      spans.length > 0 ? spans : [{ from: addDays(today, 1 - A_YEAR), last: null, certified: false }];
    return all.flatMap(({ from, last, certified }) => {
      const begin = from > days.from ? from : days.from;
      const end = earliest(last, earliest(days.last, today))!;
      return begin <= end ? [{ kind, from: begin, to: end, certified }] : [];
    });
  });
  const once = new Map(found.map((one) => [`${one.kind} ${one.from} ${one.to}`, one]));
  const sorted = [...once.values()].toSorted((a, b) =>
    a.to < b.to || (a.to === b.to && a.from < b.from) ? 1 : -1,
  );
  if (sorted.length > 0) return sorted;
  return [{ kind: 'vietgap', from: addDays(today, 1 - A_YEAR), to: today, certified: false }];
}

function earliest(one: LocalDate | null, other: LocalDate | null): LocalDate | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
