/** Doses by area, in the units that labels and growers use. One sào of the north is 360 m². */
export const DOSE_UNITS = [
  'ml_per_ha',
  'l_per_ha',
  'g_per_ha',
  'kg_per_ha',
  'ml_per_sao',
  'g_per_sao',
] as const;
export type DoseUnit = (typeof DOSE_UNITS)[number];

const SAO_PER_HECTARE = 10_000 / 360;

/** Of one unit in millilitres or grams a hectare. */
export const SIZES: Record<DoseUnit, { of: 'volume' | 'mass'; factor: number }> = {
  ml_per_ha: { of: 'volume', factor: 1 },
  l_per_ha: { of: 'volume', factor: 1_000 },
  g_per_ha: { of: 'mass', factor: 1 },
  kg_per_ha: { of: 'mass', factor: 1_000 },
  ml_per_sao: { of: 'volume', factor: SAO_PER_HECTARE },
  g_per_sao: { of: 'mass', factor: SAO_PER_HECTARE },
};

/** Whether a dose is above another; undefined where one is a volume and the other a mass. */
export function exceeds(
  dose: { amount: number; unit: DoseUnit },
  most: { amount: number; unit: DoseUnit },
): boolean | undefined {
  const [one, other] = [SIZES[dose.unit], SIZES[most.unit]];
  if (one.of !== other.of) return undefined;
  // A hair of tolerance, so that 14.4 ml a sào is not more than 400 ml a hectare by the last bit.
  return dose.amount * one.factor > most.amount * other.factor * (1 + 1e-9);
}
