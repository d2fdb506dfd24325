/** A small map of points, computed on the server: metres on paper, north up, no picture from anybody else. */
import { offsetFrom } from '#kernel/geo';
import type { Point } from '#kernel/open-location-code';

export type MapPoint = { x: number; y: number; label: string; labelled: boolean };
export type SmallMap = {
  width: number;
  height: number;
  house: { x: number; y: number };
  neighbours: MapPoint[];
  landmarks: MapPoint[];
  /** Lines of a square grid, for judging distances. */
  grid: { across: number[]; down: number[] };
  /** The side of a grid's square. */
  scale: { metres: number; length: number };
};

const WIDTH = 600;
const HEIGHT = 420;
const MARGIN = 46;
/** Nobody is helped by a map of two houses at arm's length. */
const LEAST_METRES = 160;
const STEPS = [25, 50, 100, 200, 500, 1000, 2000];
/** Labels nearer than this to another would cover it. */
const LABEL_WIDTH = 34;
const LABEL_HEIGHT = 18;

/** Lays out the house, its neighbours and landmarks, everything in view, the house not necessarily in the middle. */
export function drawMap(
  house: Point,
  neighbours: readonly (Point & { number: string })[],
  landmarks: readonly (Point & { name: string })[],
): SmallMap {
  const metres = [house, ...neighbours, ...landmarks].map((one) => offsetFrom(house, one));
  const east = spread(metres.map((one) => one.east));
  const north = spread(metres.map((one) => one.north));
  const perMetre = Math.min((WIDTH - 2 * MARGIN) / east.length, (HEIGHT - 2 * MARGIN) / north.length);
  const place = (one: Point) => {
    const offset = offsetFrom(house, one);
    return {
      x: round(WIDTH / 2 + (offset.east - east.middle) * perMetre),
      y: round(HEIGHT / 2 - (offset.north - north.middle) * perMetre),
    };
  };
  const at = place(house);
  const step = STEPS.find((one) => one * perMetre >= 60) ?? STEPS.at(-1)!;
  const taken = [at];
  const free = (point: { x: number; y: number }): boolean => {
    const covered = taken.some(
      (one) => Math.abs(one.x - point.x) < LABEL_WIDTH && Math.abs(one.y - point.y) < LABEL_HEIGHT,
    );
    if (!covered) taken.push(point);
    return !covered;
  };
  return {
    width: WIDTH,
    height: HEIGHT,
    house: at,
    landmarks: landmarks.map((one) => labelled(place(one), one.name, free)),
    neighbours: neighbours.map((one) => labelled(place(one), one.number, free)),
    grid: {
      across: lines(at.y, step * perMetre, HEIGHT),
      down: lines(at.x, step * perMetre, WIDTH),
    },
    scale: { metres: step, length: round(step * perMetre) },
  };
}

function labelled(
  at: { x: number; y: number },
  label: string,
  free: (point: { x: number; y: number }) => boolean,
): MapPoint {
  return { ...at, label, labelled: free(at) };
}

function spread(values: readonly number[]): { middle: number; length: number } {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { middle: (low + high) / 2, length: Math.max(high - low, LEAST_METRES) };
}

/** Grid lines through a point, within the picture. */
function lines(through: number, step: number, size: number): number[] {
  const found: number[] = [];
  for (let at = through - Math.floor(through / step) * step; at < size; at += step) found.push(round(at));
  return found;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
