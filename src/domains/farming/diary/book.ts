/** What counts of a diary while entries are judged: kept in memory, so that many entries are judged in one reading. Pure. */
import { localDateOf, type LocalDate } from '#kernel/time';
import { isInside, untilOf, type Interval, type Labels } from '../gate/interval.ts';
import type { PlotStandard } from '../plot/standard.ts';
import type { EntryKind, Reason } from './entry.ts';

/** An accepted entry as far as others depend on it. */
export type Kept = {
  id: string;
  kind: EntryKind;
  at: Date;
  plotIds: readonly string[];
  productCode: string | null;
  householdId: string | null;
  producerId: string | null;
  contentHash: string;
  /** What the rules did not know when it was accepted. */
  remarks: readonly Reason[];
  corrects: string | null;
  voids: boolean;
};

/** Who works a plot, from when to when. */
export type Held = {
  from: LocalDate;
  last: LocalDate | null;
  householdId: string | null;
  producerId: string | null;
};

export type KnownPlot = {
  id: string;
  hamletId: string;
  from: LocalDate;
  last: LocalDate | null;
  holders: readonly Held[];
};

export type Book = {
  kept: Map<string, Kept>;
  /** Which entry put another right. */
  correctedBy: Map<string, string>;
  plots: ReadonlyMap<string, KnownPlot>;
  labels: Labels;
  /** Refused sprayings, by plot. */
  blockers: Interval[];
  /** Expiry by lot of the stock, with whose it is. */
  stock: ReadonlyMap<string, { expiry: LocalDate | null; owner: string; productCode: string }>;
  standardOn: (plotId: string, day: LocalDate) => PlotStandard;
};

/** Writes an accepted entry into the book. */
export function keep(book: Book, entry: Kept): void {
  book.kept.set(entry.id, entry);
  if (entry.corrects !== null) book.correctedBy.set(entry.corrects, entry.id);
}

/** Entries of a kind that count: not put right by another, and not the word that something never happened. */
export function counting(book: Book, kind: EntryKind, without: string | null = null): Kept[] {
  return [...book.kept.values()].filter(
    (one) => one.kind === kind && !one.voids && !book.correctedBy.has(one.id) && one.id !== without,
  );
}

/** The intervals of a spraying, one for each of its plots. */
export function intervalsOf(
  { id, at, plotIds, productCode }: Pick<Kept, 'id' | 'at' | 'plotIds' | 'productCode'>,
  labels: Labels,
): Interval[] {
  const until = untilOf(at, productCode ?? '', labels);
  const common = { entryId: id, since: at, until, productCode: productCode ?? '', refused: false };
  return plotIds.map((plotId) => ({ ...common, plotId }));
}

/** All intervals of some plots, whenever they are. */
export function intervalsFor(
  book: Book,
  plotIds: readonly string[],
  without: string | null = null,
): Interval[] {
  const wanted = new Set(plotIds);
  const sprayed = counting(book, 'spray', without).flatMap((spray) => intervalsOf(spray, book.labels));
  return [...sprayed, ...book.blockers].filter(({ plotId }) => wanted.has(plotId));
}

/** Picks that lie inside one of the intervals, on the plot of that interval. */
export function picksInside(book: Book, intervals: readonly Interval[]): string[] {
  const touched = counting(book, 'pick').filter(({ at, plotIds }) =>
    intervals.some((one) => plotIds.includes(one.plotId) && isInside(one, at)),
  );
  return touched.map(({ id }) => id).sort();
}

/** Days on which a product was applied to a plot. */
export function applicationsOn(book: Book, plotId: string, productCode: string, without: string | null) {
  return counting(book, 'spray', without)
    .filter((spray) => spray.productCode === productCode && spray.plotIds.includes(plotId))
    .map(({ at }) => localDateOf(at));
}
