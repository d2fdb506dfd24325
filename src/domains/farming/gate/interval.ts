/** Pre-harvest intervals of plots. Pure. PHI: days from the last application to the harvest (Luật BV&KDTV 41/2013). */
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { findProduct, teaUse } from '../input/product.ts';

/** A spraying as far as picking depends on it. `until`: the first day on which may be picked; null: not known. */
export type Interval = {
  entryId: string;
  plotId: string;
  since: Date;
  until: LocalDate | null;
  productCode: string;
  /** The record was refused and nobody has settled yet what was really done. */
  refused: boolean;
};

/** The interval that the labels recorded by technicians state, by product. */
export type Labels = ReadonlyMap<string, number>;

/** Days that count: the longer of register and label; null where neither tells. */
export function phiOf(productCode: string, labels: Labels): number | null {
  const product = findProduct(productCode);
  const known = [(product && teaUse(product)?.phiDays) ?? null, labels.get(productCode) ?? null].filter(
    (days) => days !== null,
  );
  return known.length === 0 ? null : Math.max(...known);
}

/** The first day on which may be picked after a spraying at that time. */
export function untilOf(at: Date, productCode: string, labels: Labels): LocalDate | null {
  const days = phiOf(productCode, labels);
  return days === null ? null : addDays(localDateOf(at), days);
}

/** No label states more; so what is not known blocks no longer either. Days. */
export const LONGEST_PHI = 365;

/** Whether picking at that time lies inside; what was picked before the spraying, be it the same day, does not. */
export function isInside({ since, until }: Pick<Interval, 'since' | 'until'>, at: Date): boolean {
  return since <= at && localDateOf(at) < (until ?? addDays(localDateOf(since), LONGEST_PHI));
}

/**
 * The first day from `day` on which may be picked: the latest end of all intervals that began by then; `null` while
 * one of them is not known.
 */
export function earliestHarvest(
  intervals: readonly Pick<Interval, 'since' | 'until'>[],
  day: LocalDate,
): LocalDate | null {
  const begun = intervals.filter(({ since }) => localDateOf(since) <= day);
  if (begun.some(({ since, until }) => until === null && day < addDays(localDateOf(since), LONGEST_PHI)))
    return null;
  return begun.reduce((latest, { until }) => (until !== null && until > latest ? until : latest), day);
}
