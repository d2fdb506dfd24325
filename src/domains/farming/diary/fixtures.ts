/** Entries for tests. */
import { randomUUID } from 'node:crypto';
import type { EntryInput } from './entry.ts';

type Common = { plot_ids: string[]; household_id?: string | null; at: string } & Partial<
  Pick<EntryInput, 'id' | 'corrects' | 'voids' | 'instead_of' | 'recorded_at' | 'producer_id'>
>;

function common({ at, household_id = null, ...more }: Common) {
  const happened_at = at.length === 10 ? `${at}T06:30:00+07:00` : at;
  return { id: randomUUID(), happened_at, recorded_at: happened_at, household_id, ...more };
}

export function aSpray(more: Common, details: object = {}): EntryInput {
  const base = {
    product_code: 'matrine',
    dose: 800,
    dose_unit: 'ml_per_ha',
    area_m2: 1000,
    pest: 'rầy xanh',
  };
  return { ...common(more), kind: 'spray', details: { ...base, ...details } } as EntryInput;
}

export function aPick(more: Common, details: object = {}): EntryInput {
  return {
    ...common(more),
    kind: 'pick',
    details: { leaf_g: 12_000, grade: 'bup', ...details },
  } as EntryInput;
}

export function aWork(more: Common, kind: 'care' | 'irrigate' | 'other' = 'care'): EntryInput {
  return { ...common(more), kind, details: { what: 'Làm cỏ' } } as EntryInput;
}
