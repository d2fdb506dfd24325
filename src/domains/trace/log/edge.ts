/**
 * The right edge of a tree: the hashes of its partial tiles, from which it grows and its root follows. Pure; it
 * holds at most 255 hashes a level, however large the tree.
 */
import { EMPTY_ROOT, foldSubtrees, rootOf } from './merkle.ts';
import { TILE_WIDTH, widthOfLevel } from './tile.ts';

/** The root of a tile that has become full: a hash of the level above. */
export type NewNode = { level: number; index: number; hash: Buffer };

/** The runs of stored hashes that make the edge of a tree of that size. */
export function edgeRuns(size: number): { level: number; from: number; to: number }[] {
  const runs = [];
  for (let level = 0, to = size; to > 0; level += 1, to = widthOfLevel(size, level))
    runs.push({ level, from: to - (to % TILE_WIDTH), to });
  return runs;
}

/** A tree that grows. */
export class Edge {
  size: number;
  readonly #levels: Buffer[][];

  /** @param levels the hashes of {@link edgeRuns}, level by level */
  constructor(size: number, levels: readonly (readonly Buffer[])[]) {
    this.size = size;
    this.#levels = levels.map((hashes) => [...hashes]);
  }

  /** Adds a leaf. @returns the roots of the tiles that are full now */
  push(hash: Buffer): NewNode[] {
    const made: NewNode[] = [];
    this.size += 1;
    for (let [level, added] = [0, hash]; ; level += 1) {
      const part = (this.#levels[level] ??= []);
      part.push(added);
      if (part.length < TILE_WIDTH) return made;
      added = rootOf(part);
      made.push({ level: level + 1, index: widthOfLevel(this.size, level + 1) - 1, hash: added });
      this.#levels[level] = [];
    }
  }

  /** The root of the tree as it is now. */
  root(): Buffer {
    if (this.size === 0) return EMPTY_ROOT;
    return foldSubtrees(this.#levels.toReversed().flatMap(perfectParts));
  }
}

/** The roots of the perfect subtrees that a row is made of, the largest first. */
function perfectParts(row: readonly Buffer[]): Buffer[] {
  const roots: Buffer[] = [];
  for (let [at, width] = [0, TILE_WIDTH / 2]; width >= 1; width /= 2) {
    if (row.length - at < width) continue;
    roots.push(rootOf(row.slice(at, at + width)));
    at += width;
  }
  return roots;
}
