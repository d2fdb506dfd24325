/** Where things stand in a chart, in per cent of its box: widths and heights then fit any screen. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

const TWO_DECIMALS = 100;

function rounded(value: number): number {
  return Math.round(value * TWO_DECIMALS) / TWO_DECIMALS;
}

/** Lengths of bars in per cent of the longest possible one; `full` is given where the whole is known (100 %). */
export function barLengths(values: readonly number[], full?: number): number[] {
  const longest = full ?? Math.max(...values, 0);
  return values.map((value) => (longest > 0 ? rounded((Math.max(value, 0) / longest) * 100) : 0));
}

/** A part of a whole: where it begins and how long it is, in per cent. Parts of zero stay zero. */
export type Segment = { start: number; length: number };

export function segments(values: readonly number[]): Segment[] {
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  let sum = 0;
  return values.map((value) => {
    const start = total > 0 ? (sum / total) * 100 : 0;
    sum += Math.max(value, 0);
    const end = total > 0 ? (sum / total) * 100 : 0;
    return { start: rounded(start), length: rounded(end - start) };
  });
}

export type LineGeometry = {
  /** One path per series, in a box of 100 × 100; a missing value breaks the line. */
  paths: string[];
  /** Per series and point; null where the value is missing. */
  points: ({ x: number; y: number } | null)[][];
  ticks: { value: number; y: number }[];
};

/** Lines over a common axis that begins at zero, so that no rise looks larger than it is. */
export function lineGeometry(series: readonly (readonly (number | null)[])[], wantedTicks = 3): LineGeometry {
  const known = series.flat().filter((value) => value !== null);
  const scale = scaleLinear()
    .domain([Math.min(0, ...known), Math.max(1, ...known)])
    .nice(wantedTicks)
    .range([100, 0]);
  const points = series.map((values) =>
    values.map((value, index) =>
      value === null
        ? null
        : {
            x: values.length > 1 ? rounded((index / (values.length - 1)) * 100) : 50,
            y: rounded(scale(value)),
          },
    ),
  );
  const draw = line<{ x: number; y: number } | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y((point) => point?.y ?? 0);
  return {
    paths: points.map((row) => draw(row) ?? ''),
    points,
    ticks: scale.ticks(wantedTicks).map((value) => ({ value, y: rounded(scale(value)) })),
  };
}

/** Which labels of an axis to write, so that at most `most` of them stand there, the first and the last always. */
export function spreadIndexes(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index);
  const step = (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => Math.round(index * step));
}
