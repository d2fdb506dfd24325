/** Where communes lie beside each other, in per cent of a drawing. Pure. */
type Point = readonly [longitude: number, latitude: number];
type Shape = readonly (readonly (readonly Point[])[])[];

/** The middle of what shapes cover; null without any. */
export function middleOf(shapes: readonly Shape[]): Point | null {
  const points = shapes.flatMap((shape) => shape.flat(2) as unknown as readonly Point[]);
  if (points.length === 0) return null;
  const middle = (at: 0 | 1) => {
    const all = points.map((point) => point[at]);
    return (Math.min(...all) + Math.max(...all)) / 2;
  };
  return [round(middle(0)), round(middle(1))];
}

/** Points in a box of 100 by 100, north above, at the same scale both ways; one alone stands in the middle. */
export function placedIn(points: readonly Point[]): { x: number; y: number }[] {
  const [west, east] = spanOf(points.map(([longitude]) => longitude));
  const [south, north] = spanOf(points.map(([, latitude]) => latitude));
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const size = Math.max((east - west) * narrowing, north - south);
  const scale = size === 0 ? 0 : (100 - 2 * EDGE) / size;
  return points.map(([longitude, latitude]) => ({
    x: round(50 + (longitude - (west + east) / 2) * narrowing * scale),
    y: round(50 - (latitude - (south + north) / 2) * scale),
  }));
}

/** Room for the marks themselves. */
const EDGE = 6;

function spanOf(values: readonly number[]): [number, number] {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
