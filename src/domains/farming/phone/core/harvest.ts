/** From which day a plot may be picked, as far as this phone knows. Pure; the commune's gate decides. */
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import type { Bundle } from './bundle.ts';
import type { Item } from './outbox.ts';

/** `until`: the first day on which may be picked; null: nobody knows it yet. */
export type Wait = { until: LocalDate | null; productCode: string };

/**
 * What keeps a plot from being picked on a day: the commune's intervals and the sprayings that only this phone knows.
 * The latest end counts; one that is not known comes before all.
 * @returns null where nothing does
 */
export function waitOf(
  plotId: string,
  day: LocalDate,
  bundle: Pick<Bundle, 'intervals' | 'products'>,
  items: readonly Item[],
): Wait | null {
  const told = bundle.intervals
    .filter((one) => one.plot_id === plotId)
    .map(({ until, product_code }) => ({ until: until as LocalDate | null, productCode: product_code }));
  const waits = [...told, ...ownSprays(plotId, bundle, items)].filter(
    ({ until }) => until === null || until > day,
  );
  const unknown = waits.find(({ until }) => until === null);
  if (unknown) return unknown;
  return waits.toSorted((a, b) => (a.until! < b.until! ? 1 : -1))[0] ?? null;
}

function ownSprays(plotId: string, { products }: Pick<Bundle, 'products'>, items: readonly Item[]): Wait[] {
  return items.flatMap(({ entry, state }) => {
    if (entry.kind !== 'spray' || entry.voids || state === 'draft' || state === 'refused') return [];
    if (!entry.plot_ids.includes(plotId)) return [];
    const productCode = entry.details.product_code;
    const days = products.find(({ code }) => code === productCode)?.phi_days ?? null;
    const on = localDateOf(new Date(entry.happened_at));
    return [{ until: days === null ? null : addDays(on, days), productCode }];
  });
}
