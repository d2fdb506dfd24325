/** Tiles (C2SP tlog-tiles): runs of up to 256 hashes of one level, and where they are served. */

/** Hashes in a full tile: eight levels of the tree. */
export const TILE_WIDTH = 256;

/** Tile `index` of `level`; `entries` are the log entries under level 0. `width` is below 256 for a partial one. */
export type Tile = { level: number | 'entries'; index: number; width: number };

/** How many hashes of a tile level a tree of that size has. */
export function widthOfLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** `tile/0/x001/234.p/5`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

const PATH =
  /^tile\/(entries|0|[1-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]))?$/;

/** Reads a path; `undefined` for what is none, also for one that writes a number in another way. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level, place, partial] = PATH.exec(path) ?? [];
  if (!level || !place) return undefined;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(place.replaceAll(/[x/]/g, '')),
    width: partial ? Number(partial) : TILE_WIDTH,
  };
  return tilePath(tile) === path ? tile : undefined;
}

/** The run of hashes that a tile holds, or `undefined` where a tree of that size does not have them all. */
export function runOfTile(tile: Tile, size: number): { level: number; from: number; to: number } | undefined {
  const level = tile.level === 'entries' ? 0 : tile.level;
  const from = tile.index * TILE_WIDTH;
  const to = from + tile.width;
  return to <= widthOfLevel(size, level) ? { level, from, to } : undefined;
}

/** All tiles and entry bundles of a tree, full and partial. */
export function* tilesOf(size: number): Generator<Tile> {
  const widths = [{ level: 'entries' as const, width: size }, ...levelsOf(size)];
  for (const { level, width } of widths)
    for (let index = 0; index * TILE_WIDTH < width; index += 1)
      yield { level, index, width: Math.min(TILE_WIDTH, width - index * TILE_WIDTH) };
}

function levelsOf(size: number): { level: number; width: number }[] {
  const levels = [];
  for (let level = 0, width = size; width > 0; level += 1, width = widthOfLevel(size, level))
    levels.push({ level, width });
  return levels;
}
