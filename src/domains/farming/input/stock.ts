/** Inputs that a household or producer has in store. Pure. */
import type { LocalDate } from '#kernel/time';
import type { AMOUNT_UNITS } from '../diary/entry.ts';
import { SIZES, type DoseUnit } from './dose.ts';

export type AmountUnit = (typeof AMOUNT_UNITS)[number];

export type StockLot = {
  id: string;
  householdId: string | null;
  producerId: string | null;
  productCode: string;
  lot: string | null;
  boughtOn: LocalDate;
  quantity: number;
  unit: AmountUnit;
  supplier: string | null;
  expiry: LocalDate | null;
  /** In the lot's unit; null where what was used cannot be compared (bags with kilograms). */
  left: number | null;
};

const AMOUNTS: Record<AmountUnit, { of: 'volume' | 'mass' | 'bag'; factor: number }> = {
  ml: { of: 'volume', factor: 1 },
  l: { of: 'volume', factor: 1_000 },
  g: { of: 'mass', factor: 1 },
  kg: { of: 'mass', factor: 1_000 },
  bag: { of: 'bag', factor: 1 },
};

/** What an entry took from a lot. */
export type Used =
  { dose: number; doseUnit: DoseUnit; areaM2: number } | { amount: number; unit: AmountUnit };

/** How much is left of a lot, in its unit; never under nothing; null where an amount cannot be compared. */
export function leftOf(lot: { quantity: number; unit: AmountUnit }, used: readonly Used[]): number | null {
  const kept = AMOUNTS[lot.unit];
  let base = lot.quantity * kept.factor;
  for (const one of used) {
    const taken = baseOf(one);
    if (taken.of !== kept.of) return null;
    base -= taken.amount;
  }
  return Math.max(0, Math.round((base / kept.factor) * 1_000) / 1_000);
}

function baseOf(used: Used): { of: 'volume' | 'mass' | 'bag'; amount: number } {
  if ('unit' in used) {
    const { of, factor } = AMOUNTS[used.unit];
    return { of, amount: used.amount * factor };
  }
  const { of, factor } = SIZES[used.doseUnit];
  return { of, amount: (used.dose * factor * used.areaM2) / 10_000 };
}
