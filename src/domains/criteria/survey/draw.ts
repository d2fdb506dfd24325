/** A random sample that anybody can draw again, and what it says of everybody. Pure. */
import { createHash } from 'node:crypto';

/**
 * So many of the households, in the order of the hashes of seed and id: whoever has both draws the same ones.
 * The order in which the households are given does not matter.
 */
export function drawSample(frame: readonly string[], seed: string, size: number): string[] {
  const hashed = [...new Set(frame)].map((id) => ({ id, hash: hashOf(seed, id) }));
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return hashed.slice(0, size).map(({ id }) => id);
}

function hashOf(seed: string, id: string): string {
  return createHash('sha256').update(`${seed}\n${id}`).digest('hex');
}

/** Of fewer answers nothing is told: whoever knows the place would know who said what. */
export const FEWEST = 5;
/** Answers of 4 and 5 count as content. */
export const CONTENT = 4;

/** `low` and `high`: where the share of all households lies with 95 % certainty (Wilson's interval). */
export type Result = { answers: number; content: number; share: number; low: number; high: number };

/** What scores say; null for fewer than {@link FEWEST}. */
export function resultOf(scores: readonly number[]): Result | null {
  const answers = scores.length;
  if (answers < FEWEST) return null;
  const content = scores.filter((score) => score >= CONTENT).length;
  const share = content / answers;
  const z = 1.96;
  const below = 1 + (z * z) / answers;
  const middle = (share + (z * z) / (2 * answers)) / below;
  const half = (z / below) * Math.sqrt((share * (1 - share)) / answers + (z * z) / (4 * answers * answers));
  return { answers, content, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Results by hamlet. A hamlet under five is not shown; where only one would be hidden, the next smallest is hidden with
 * it, or the whole without the others would tell it.
 */
export function resultsByHamlet(
  answers: readonly { hamletId: string; score: number }[],
): Map<string, Result | null> {
  const scores = Map.groupBy(answers, ({ hamletId }) => hamletId);
  const sizes = [...scores].map(([id, own]) => ({ id, size: own.length })).sort((a, b) => a.size - b.size);
  const few = sizes.filter(({ size }) => size < FEWEST);
  const hidden = new Set((few.length === 1 ? sizes.slice(0, 2) : few).map(({ id }) => id));
  return new Map(
    [...scores].map(([id, own]) => [id, hidden.has(id) ? null : resultOf(own.map(({ score }) => score))]),
  );
}
