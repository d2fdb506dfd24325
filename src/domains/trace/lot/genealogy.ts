/** Which lot was made of which: a graph without circles, walked both ways. Pure. */

/** Something of `from` went into `to`. */
export type Edge = { from: string; to: string; g: bigint };
export type Way = 'back' | 'forward';

/** A lot on the way, with what led to it, how many steps away. */
export type Branch = { lotId: string; depth: number; g: bigint; again: boolean; branches: Branch[] };

/** Branches longer than this are cut: a page cannot show more. */
const MOST_SHOWN = 400;

/**
 * What a lot was made of, or what was made of it, as a tree for people to read. A lot that was met already is named
 * again without its own branches.
 */
export function branchesOf(edges: readonly Edge[], lotId: string, way: Way): Branch[] {
  const next = new Map<string, { lotId: string; g: bigint }[]>();
  for (const { from, to, g } of edges) {
    const [here, there] = way === 'back' ? [to, from] : [from, to];
    const all = next.get(here) ?? [];
    const known = all.find((one) => one.lotId === there);
    if (known) known.g += g;
    else all.push({ lotId: there, g });
    next.set(here, all);
  }
  const seen = new Set([lotId]);
  let shown = 0;
  const walk = (here: string, depth: number): Branch[] =>
    (next.get(here) ?? []).flatMap((one) => {
      if (shown >= MOST_SHOWN) return [];
      shown += 1;
      const again = seen.has(one.lotId);
      seen.add(one.lotId);
      return [{ ...one, depth, again, branches: again ? [] : walk(one.lotId, depth + 1) }];
    });
  return walk(lotId, 1);
}
