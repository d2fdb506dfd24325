/** Faults of the house's shape that are forgiven until they are paid; a new one is not. Goes away with its last line. */

/** The faults that are not among the debts. */
export function unpaid(faults: readonly string[]): string[] {
  return faults.filter((fault) => !DEBTS.has(fault));
}
