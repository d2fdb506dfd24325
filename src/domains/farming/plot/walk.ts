/** Walking round a plot with a telephone: which of its fixes become corners. Pure. */
import { distanceBetween } from '#kernel/geo';
import type { Position } from './geometry.ts';
import { MADE_BY, type MadeBy } from './plot.ts';

/** A corner, and how far it may be off where a telephone measured it; null where it was drawn or typed. */
export type Corner = { at: Position; accuracyM: number | null };

/** Worse fixes say nothing of where a tea plot ends. */
export const WORST_ACCURACY_M = 25;
/** Nearer than that to the last corner nobody walked on: the fix trembles. */
const STEP_M = 4;

/** The corners with one more, if the fix is good enough and far enough from the last; else the same list. */
export function walkedOn(corners: readonly Corner[], fix: Corner & { accuracyM: number }): readonly Corner[] {
  if (fix.accuracyM > WORST_ACCURACY_M) return corners;
  const last = corners.at(-1);
  const step = Math.max(STEP_M, fix.accuracyM / 2);
  if (last && distanceBetween(pointOf(last.at), pointOf(fix.at)) < step) return corners;
  return [...corners, fix];
}

function pointOf([lng, lat]: Position): { lat: number; lng: number } {
  return { lat, lng };
}

/** What is said of the outline as a whole: walked where every corner was measured, with the worst of their accuracies. */
export function madeFrom(corners: readonly Corner[]): { madeBy: MadeBy; accuracyM: number | null } {
  const measured = corners.flatMap(({ accuracyM }) => (accuracyM === null ? [] : [accuracyM]));
  if (measured.length === 0 || measured.length < corners.length) return { madeBy: 'draw', accuracyM: null };
  return { madeBy: 'walk', accuracyM: Math.ceil(Math.max(...measured)) };
}

/** What a form says of how its corners were found; without a picture they were typed. */
export function saidMade(typed: Readonly<Record<string, string>>): {
  madeBy: MadeBy;
  accuracyM: number | null;
} {
  const madeBy = MADE_BY.find((one) => one === typed['madeBy'] && (one === 'draw' || one === 'walk'));
  const accuracyM = madeBy === 'walk' && typed['accuracyM'] ? Number(typed['accuracyM']) : null;
  return { madeBy: madeBy ?? 'typed', accuracyM };
}
