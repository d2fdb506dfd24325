/** Rings that touch each other in points. Pure. */
import { insideRing, type Cell } from './rings.ts';

/**
 * Where touching rings close a circle and so cut the land between them in two: a hole that touches the outer ring
 * twice, or holes that form a chain from edge to edge. Null where they do not.
 */
export function cutsInTwo(rings: readonly (readonly Cell[])[]): Cell | null {
  const groups = new Map<string, string>();
  const rootOf = (name: string): string => {
    const up = groups.get(name) ?? name;
    return up === name ? name : rootOf(up);
  };
  for (const [cell, touching] of touches(rings)) {
    for (const ring of touching) {
      const [point, root] = [rootOf(cell.join()), rootOf(`ring ${ring}`)];
      if (point === root) return cell;
      groups.set(point, root);
    }
  }
  return null;
}

/** Every point that belongs to more than one ring, with the rings it belongs to. */
function touches(rings: readonly (readonly Cell[])[]): [Cell, Set<number>][] {
  const found = new Map<string, [Cell, Set<number>]>();
  for (const [one, ring] of rings.entries())
    for (const cell of ring.slice(1))
      for (const [other, around] of rings.entries()) {
        if (other === one || insideRing(cell, around) !== 0) continue;
        const known = found.get(cell.join()) ?? [cell, new Set<number>()];
        found.set(cell.join(), [cell, known[1].add(one).add(other)]);
      }
  return [...found.values()];
}
