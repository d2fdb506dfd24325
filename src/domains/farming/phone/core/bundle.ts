/** What the commune gives a phone for weeks without reception: the sync edge of the diary, as the phone reads it. */
import type { EntryInput, EntryKind, Reason } from '../../diary/entry.ts';

/** The shape that this program understands; another one asks for a new version of the program. */
export const KNOWN_VERSION = 1;

export type Holder = {
  household_id: string | null;
  producer_id: string | null;
  name: string | null;
  own: boolean;
};
export type Plot = {
  id: string;
  code: string;
  name: string | null;
  household_id: string | null;
  producer_id: string | null;
  area_m2: number | null;
  standard: string;
};
export type Product = {
  code: string;
  kind: 'pesticide' | 'fertiliser' | 'other';
  name: string;
  nature: string | null;
  /** Days before a harvest, the longer of register and label; null: not known. */
  phi_days: number | null;
  organicAllowed: boolean | null;
  withdrawnOn: string | null;
  validTo: string | null;
  reentryHours: number | null;
  verified: boolean;
  uses: { crop: string; doseMax: number | null; doseUnit: string | null }[] | null;
};
export type Stock = {
  id: string;
  household_id: string | null;
  producer_id: string | null;
  product_code: string;
  lot: string | null;
  expiry: string | null;
  unit: string;
  left: number | null;
};
/** An entry that the commune has. */
export type Kept = {
  id: string;
  kind: EntryKind;
  happened_at: string;
  recorded_at: string;
  received_at: string;
  household_id: string | null;
  producer_id: string | null;
  plot_ids: string[];
  details: Record<string, unknown>;
  corrects: string | null;
  corrected_by: string | null;
  voids: boolean;
  by_technician: boolean;
  late: boolean;
  back_dated: boolean;
  remarks: readonly Reason[];
  photos: string[];
};
/** A refusal as the commune keeps it; it may come from another phone. */
export type Refusal = {
  id: string;
  entry_id: string | null;
  entry_json: string;
  codes: readonly Reason[];
  at: string;
  blocking: boolean;
};
export type Interval = {
  plot_id: string;
  entry_id: string;
  since: string;
  until: string | null;
  product_code: string;
  refused: boolean;
};
export type Bundle = {
  version: number;
  serverTime: string;
  person: { id: string; name: string; household_id: string | null };
  holders: Holder[];
  plots: Plot[];
  products: Product[];
  labels: { product_code: string; phi_days: number }[];
  stock: Stock[];
  entries: Kept[];
  refusals: Refusal[];
  intervals: Interval[];
};

/** Whether it is a bundle as far as the phone leans on it; a captive portal answers 200 too. */
export function isBundle(value: unknown): value is Bundle {
  const it = value as Partial<Bundle> | null;
  const lists = [it?.holders, it?.plots, it?.products, it?.stock, it?.entries, it?.refusals, it?.intervals];
  return typeof it?.person?.id === 'string' && typeof it.version === 'number' && lists.every(Array.isArray);
}

/** An entry of the commune's, as it would be sent. */
export function asSent(kept: Kept): EntryInput {
  const { id, kind, happened_at, recorded_at, household_id, producer_id, plot_ids, details } = kept;
  const common = { id, kind, happened_at, recorded_at, household_id, producer_id, plot_ids, details };
  return { ...common, corrects: kept.corrects, voids: kept.voids } as unknown as EntryInput;
}
