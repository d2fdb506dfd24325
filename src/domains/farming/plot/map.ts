/** Plots as paths of an SVG. Pure. */
import type { Box, Geometry, Position } from './geometry.ts';
import { partsOf } from './geometry.ts';

export type Frame = {
  width: number;
  height: number;
  at: (position: Position) => readonly [number, number];
  /** The place under a point of the picture. */
  from: (x: number, y: number) => Position;
};

/** A picture of a rectangle, north above; longitudes are shortened as at its middle. */
export function frameOf(box: Box, width: number, margin = 8): Frame {
  const shorten = Math.cos((((box.north + box.south) / 2) * Math.PI) / 180);
  const [wide, high] = [
    Math.max((box.east - box.west) * shorten, 1e-5),
    Math.max(box.north - box.south, 1e-5),
  ];
  const scale = (width - 2 * margin) / Math.max(wide, high);
  return {
    width: Math.ceil(wide * scale + 2 * margin),
    height: Math.ceil(high * scale + 2 * margin),
    at: ([x, y]) => [margin + (x - box.west) * shorten * scale, margin + (box.north - y) * scale],
    from: (x, y) => [box.west + (x - margin) / (shorten * scale), box.north - (y - margin) / scale],
  };
}

/** Rectangle around several; null around none. */
export function boxAround(boxes: readonly Box[]): Box | null {
  return boxes.reduce<Box | null>(
    (all, box) =>
      all === null
        ? box
        : {
            west: Math.min(all.west, box.west),
            south: Math.min(all.south, box.south),
            east: Math.max(all.east, box.east),
            north: Math.max(all.north, box.north),
          },
    null,
  );
}

/** The path of an outline; a point becomes a small diamond. Whole units, each step from the one before: few bytes. */
export function pathOf(geometry: Geometry, { at }: Frame): string {
  if (geometry.type === 'Point') {
    const [x, y] = at(geometry.coordinates).map(Math.round) as [number, number];
    return `M${x} ${y - 4}l4 4-4 4-4-4z`;
  }
  return partsOf(geometry)
    .flat()
    .map((ring) => ringPath(ring.slice(0, -1).map((one) => at(one).map(Math.round) as [number, number])))
    .join('');
}

function ringPath(cells: readonly (readonly [number, number])[]): string {
  let [x, y] = cells[0]!;
  let path = `M${x} ${y}l`;
  for (const [nextX, nextY] of cells.slice(1)) {
    if (nextX === x && nextY === y) continue;
    path += `${path.endsWith('l') || nextX < x ? '' : ' '}${nextX - x}${nextY < y ? '' : ' '}${nextY - y}`;
    [x, y] = [nextX, nextY];
  }
  return path.endsWith('l') ? `${path}1 0z` : `${path}z`;
}
