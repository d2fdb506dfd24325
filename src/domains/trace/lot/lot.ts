/** A lot of tea: what it is, and what may happen to it. Pure. */

export { GRADES, type Grade } from '#domain/farming';

/** Fresh leaf, tea under way between two steps, dry tea in bulk, packed tea. */
export const LOT_KINDS = ['leaf', 'process', 'dry', 'pack'] as const;
export type LotKind = (typeof LOT_KINDS)[number];

/** `released`: labels may be printed; `undone`: it never was; the strongest word first where several hold. */
export const LOT_STATES = ['undone', 'recalled', 'held', 'used_up', 'released', 'open'] as const;
export type LotState = (typeof LOT_STATES)[number];

/** A part of a lot, in grams. */
export type Part = { lotId: string; g: bigint };

/** What leaves a lot, and what of the fresh leaf behind it goes along. */
export type Taken = { g: bigint; freshG: bigint };

/**
 * Takes a weight out of a lot together with its share of the fresh leaf behind it. Shares are rounded down and the last
 * one takes the rest: however a lot is divided, its parts stand for as much leaf as it did, to the gram.
 * @throws RangeError for more than is left, or nothing
 */
export function takeFrom(left: Taken, g: bigint): { taken: Taken; left: Taken } {
  if (g <= 0n || g > left.g) throw new RangeError('a lot gives what it has');
  const freshG = g === left.g ? left.freshG : (left.freshG * g) / left.g;
  return { taken: { g, freshG }, left: { g: left.g - g, freshG: left.freshG - freshG } };
}

/**
 * Shares the fresh leaf behind a step's inputs out to its outputs by weight, to the gram.
 * @param freshG behind all inputs @param outputs grams of each
 */
export function shareFresh(freshG: bigint, outputs: readonly bigint[]): bigint[] {
  let left: Taken = { g: outputs.reduce((sum, g) => sum + g, 0n), freshG };
  return outputs.map((g) => {
    const step = takeFrom(left, g);
    left = step.left;
    return step.taken.freshG;
  });
}
