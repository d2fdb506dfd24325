/** The hamlets side by side: each one's board of every set that is for hamlets. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import { recallBoards } from '../board.queries.ts';
import { levelsOf, totalsOf, type Board } from '../board.ts';
import { MODEL_HAMLET } from '../catalog.ts';
import { setsInForce } from '../set.queries.ts';
import type { SetFile } from '../set.ts';
import { markOf } from '../words.ts';

export type HamletRow = { name: string; slug: string; demo: boolean; board: Board };
export type HamletSet = { set: SetFile; rows: HamletRow[] };

/** Every set for hamlets in force on a day with the hamlets' boards, those furthest first; in it the commune's own order. */
export async function hamletBoards(ctx: Ctx, asOf: LocalDate): Promise<HamletSet[]> {
  allow(ctx, 'criteria.board.see');
  const first = ({ set }: { set: SetFile }) => (set.code === MODEL_HAMLET ? 0 : 1);
  const sets = (await setsInForce(ctx, asOf))
    .filter(({ set }) => set.level === 'hamlet')
    .toSorted((a, b) => first(a) - first(b));
  const hamlets = await listHamlets(ctx, { on: asOf });
  const found: HamletSet[] = [];
  for (const { set } of sets) {
    const places = hamlets.map(({ id }) => id);
    const boards = await recallBoards(ctx, { code: set.code, asOf, places });
    const rows = hamlets.flatMap(({ id, slug, name, demoName }) => {
      const board = boards.find(({ hamletId }) => hamletId === id);
      return board ? [{ name, slug, demo: demoName, board }] : [];
    });
    found.push({ set, rows: rows.toSorted((a, b) => ahead(b.board) - ahead(a.board)) });
  }
  return found;
}

/** Reached before those that have reached most of it. */
function ahead(board: Board): number {
  return (board.status === 'reached' ? 1000 : 0) + totalsOf(board).indicators.reached;
}

/** A hamlet's board as a row of a chart. */
export function hamletCells({ name, slug, board }: HamletRow) {
  const { indicators } = totalsOf(board);
  return {
    slug,
    label: name,
    display: `${indicators.reached}/${indicators.all}`,
    cells: levelsOf(board).indicators.map(markOf),
  };
}
