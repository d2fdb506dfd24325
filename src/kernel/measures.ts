/**
 * Measures: named numbers that open their records. A measure is a query for a list; the number is the
 * count of that list, so both can only agree. Criteria, dashboards and reports use measures only.
 */
import type { Ctx, Locale } from './context.ts';
import { formatMoney, formatNumber, formatPercent, MISSING } from './format.ts';

/** By event time up to the end of `asOf` (a local date), as known now; optionally one part of the commune. */
export type MeasureQuestion = {
  asOf: string;
  /** First day of the period; absent means from the beginning. */
  from?: string;
  /** `hamlet:<id>`, `officer:<id>`, `procedure:<code>`, `channel:<name>` or `commune`. */
  scope: string;
};

/** One record behind a number, as strangers may see it: masked, without codes, unless rights say otherwise. */
export type MeasureRecord = {
  id: string;
  at: Date;
  label: string;
  href: string | null;
  columns: Record<string, string>;
};

export type MeasurePart = 'numerator' | 'denominator';

export type MeasureValue = {
  name: string;
  scope: string;
  as_of: string;
  numerator: number;
  denominator: number | null;
  /** A share as a fraction, a count or the value in `unit`; null where nothing can be said. */
  value: number | null;
  measured?: Computed['measured'];
  display: string;
  records: string;
};

/** What a measure says. `measured`: a share of length or area, whole metres summed over the two lists. */
export type Computed = {
  numerator: number;
  denominator: number | null;
  value: number | null;
  measured?: { part: number; whole: number };
};

export type Measure = {
  /** `room.things.measure`, unique in the program. */
  name: string;
  title: Record<Locale, string>;
  /** What exactly is counted, in plain words, with the source of the rule. */
  meaning: Record<Locale, string>;
  /** `hectares`, `kilograms`: the size of what is listed; the number of records stands in `numerator`. */
  unit: 'count' | 'share' | 'days' | 'points' | 'money' | 'hectares' | 'kilograms';
  scopes: readonly string[];
  /** Everybody may see the number (records are masked for them), or only officials. */
  audience: 'public' | 'staff';
  /** The number(s). For a share: counts of both lists; for others `value` of the numerator's list. */
  compute: (ctx: Ctx, question: MeasureQuestion) => Promise<Computed>;
  /** The records behind a part, newest first; `total` is counted by the same query. */
  list: (
    ctx: Ctx,
    question: MeasureQuestion,
    part: MeasurePart,
    page: { offset: number; limit: number },
  ) => Promise<{ total: number; records: MeasureRecord[] }>;
};

/** A measure's value as people read it: shares truncated to one decimal, everything else as it is. */
export function displayValue(
  unit: Measure['unit'],
  { numerator, denominator, value, measured }: Computed,
  locale: Locale,
): string {
  if (measured) return formatPercent(measured.part, measured.whole, locale);
  if (unit === 'share') return formatPercent(numerator, denominator ?? 0, locale);
  if (value === null) return MISSING;
  if (unit === 'money') return formatMoney(BigInt(value), locale);
  if (unit === 'hectares') return `${formatNumber(value, { digits: 1, locale })} ha`;
  if (unit === 'kilograms') return `${formatNumber(value, { digits: 1, locale })} kg`;
  return formatNumber(value, { digits: unit === 'points' ? 1 : 0, locale });
}
