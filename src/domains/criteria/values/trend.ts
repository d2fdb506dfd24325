/** How a value moved, and where it would stand on the deadline if it kept its pace. Pure, and honest about little. */
import { daysBetween, type LocalDate } from '#kernel/time';
import { judge, type Comparison } from '../judge.ts';

export type Point = { day: LocalDate; value: number | null };

/** Fewer days on which something was known say nothing about a pace. */
export const ENOUGH = 4;

/**
 * `thin`: too few days are known, or the value never moved. `fit`: the straight line closest to what is known
 * (least squares). `pace` is the change in thirty days, in the indicator's unit.
 */
export type Forecast =
  | { kind: 'thin'; known: number }
  | { kind: 'fit'; known: number; pace: number; value: number; reaches: boolean };

type Bounds = { least: number; most: number };

/**
 * The value on the deadline if it goes on as before, from where it stands now. Nothing else is assumed: no season, no
 * campaign, no last rush. @param bounds what values can be: 0 to 100 for shares
 */
export function forecastOf(
  points: readonly Point[],
  deadline: LocalDate,
  target: { operator: Comparison; threshold: number },
  bounds: Bounds,
): Forecast {
  const known = points.filter((point): point is { day: LocalDate; value: number } => point.value !== null);
  const last = known.at(-1);
  const moved = new Set(known.map(({ value }) => value)).size > 1;
  if (!last || known.length < ENOUGH || !moved) return { kind: 'thin', known: known.length };
  const slope = slopeOf(known.map(({ day, value }) => [daysBetween(known[0]!.day, day), value] as const));
  const ahead = last.value + slope * Math.max(0, daysBetween(last.day, deadline));
  const value = Math.min(bounds.most, Math.max(bounds.least, ahead));
  const reaches = judge(value, target.operator, target.threshold) === 'reached';
  return { kind: 'fit', known: known.length, pace: slope * 30, value, reaches };
}

/** The slope of the straight line closest to the points. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [middleX, middleY] = [mean(0), mean(1)];
  const above = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0);
  const below = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
