/** The ticket of the weighing point: weights and money. Pure. */

export const TARE_MOST_SHARE = 2n;

/** What was bought. @returns null where the basket would weigh half or more of the whole: a slip of the pen */
export function netOf(grossG: bigint, tareG: bigint): bigint | null {
  if (grossG <= 0n || tareG < 0n || tareG * TARE_MOST_SHARE >= grossG) return null;
  return grossG - tareG;
}

/** Whole đồng for leaf, half a đồng rounded up. @param pricePerKg đồng for a kilogram */
export function amountFor(netG: bigint, pricePerKg: bigint): bigint {
  return (netG * pricePerKg + 500n) / 1000n;
}
