/** What is typed into an entry, what is still missing, and what was done last time. Pure. */
import type { EntryInput, EntryKind } from '../../diary/entry.ts';
import type { Bundle, Holder, Plot } from '../core/bundle.ts';
import { asSent } from '../core/bundle.ts';
import type { Item } from '../core/outbox.ts';

export type Details = Record<string, string | number | boolean | null>;
/** What an entry still needs before it can be finished. */
export type Need = 'plots' | 'what' | 'product' | 'dose' | 'area' | 'pest' | 'amount' | 'leaf' | 'time';

const NEEDED: Record<EntryKind, [field: string, need: Need][]> = {
  care: [['what', 'what']],
  irrigate: [['what', 'what']],
  other: [['what', 'what']],
  fertilise: [['amount', 'amount']],
  spray: [
    ['product_code', 'product'],
    ['dose', 'dose'],
    ['area_m2', 'area'],
    ['pest', 'pest'],
  ],
  pick: [['leaf_g', 'leaf']],
};
/** What is another one every time. */
const NOT_AGAIN = new Set(['leaf_g', 'note', 'weather', 'containers_returned']);

const FIRST: Record<EntryKind, Details> = {
  care: { what: '' },
  irrigate: { what: '' },
  other: { what: '' },
  fertilise: { product_code: null, name: null, amount: null, unit: 'kg' },
  spray: { product_code: '', dose: null, dose_unit: 'ml_per_sao', area_m2: null, pest: '' },
  pick: { leaf_g: null, grade: 'mot_tom_hai_la' },
};

export function detailsOf(entry: EntryInput): Details {
  return entry.details as unknown as Details;
}

/** What is missing, in the order of the form. */
export function needsOf(entry: EntryInput): Need[] {
  if (entry.voids) return [];
  const details = detailsOf(entry);
  const empty = (value: unknown) => value === undefined || value === null || value === '' || value === 0;
  const needs: Need[] = entry.plot_ids.length === 0 ? ['plots'] : [];
  if (Number.isNaN(Date.parse(entry.happened_at))) needs.push('time');
  if (entry.kind === 'fertilise' && empty(details['product_code']) && empty(details['name']))
    needs.push('product');
  for (const [field, need] of NEEDED[entry.kind]) if (empty(details[field])) needs.push(need);
  return needs;
}

export function isHeldBy(plot: Pick<Plot, 'household_id' | 'producer_id'>, holder: Holder): boolean {
  return holder.household_id === null
    ? plot.producer_id === holder.producer_id
    : plot.household_id === holder.household_id;
}

/** A new entry of a kind, filled in as the last one of that kind was. */
export function newEntry(
  kind: EntryKind,
  { id, now, bundle, items }: { id: string; now: Date; bundle: Bundle | null; items: readonly Item[] },
): EntryInput {
  const last = lastOf(kind, bundle, items);
  const holder = bundle?.holders.find((one) => last && isHeldBy(holderOf(last), one)) ?? bundle?.holders[0];
  const held = (bundle?.plots ?? []).filter((plot) => holder && isHeldBy(plot, holder));
  const before = held.map((plot) => plot.id).filter((plot) => last?.plot_ids.includes(plot));
  const plot_ids = before.length > 0 ? before : held.length === 1 ? [held[0]!.id] : [];
  const again = Object.entries(last ? detailsOf(last) : {}).filter(([field]) => !NOT_AGAIN.has(field));
  return {
    id,
    kind,
    happened_at: momentOf(now),
    recorded_at: now.toISOString(),
    household_id: holder?.household_id ?? null,
    producer_id: holder?.producer_id ?? null,
    plot_ids,
    details: { ...FIRST[kind], ...Object.fromEntries(again) },
  } as unknown as EntryInput;
}

const holderOf = ({ household_id = null, producer_id = null }: EntryInput) => ({
  household_id: household_id ?? null,
  producer_id: producer_id ?? null,
});

function lastOf(kind: EntryKind, bundle: Bundle | null, items: readonly Item[]): EntryInput | undefined {
  const own = items.filter(({ entry, state }) => entry.kind === kind && !entry.voids && state !== 'draft');
  if (own.length > 0) return own.at(-1)!.entry;
  const kept = (bundle?.entries ?? []).filter((entry) => entry.kind === kind && !entry.voids);
  const last = kept.toSorted((a, b) => (a.happened_at < b.happened_at ? -1 : 1)).at(-1);
  return last && asSent(last);
}

/** The commune's clock, whatever zone the phone believes to be in. */
export function momentOf(at: Date): string {
  return `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16)}:00+07:00`;
}

/** Ready to be finished: numbers as numbers, what is empty left out. */
export function completed(entry: EntryInput, now: Date): EntryInput {
  const filled = Object.entries(detailsOf(entry)).filter(([, value]) => value !== '' && value !== null);
  return { ...entry, recorded_at: now.toISOString(), details: Object.fromEntries(filled) } as EntryInput;
}
