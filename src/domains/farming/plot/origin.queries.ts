/** Where tea comes from, for whoever bought it: hamlets, and a picture of them in the commune; no plot by name. */
import { sql } from 'kysely';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { boxOf, pointInside, type Geometry } from './geometry.ts';
import { boxAround, frameOf } from './map.ts';

export type Origin = {
  /** Those that most plots lie in first. */
  hamlets: { name: string; plots: number }[];
  /**
   * Strokes as wide as `cell`: all tea land of the commune, and that of these hamlets; the names of the first of them
   * in the middle of their land. Null where nothing is drawn.
   */
  map: {
    width: number;
    height: number;
    cell: number;
    land: string;
    here: string;
    names: { name: string; x: number; y: number }[];
  } | null;
};

const WIDTH = 320;
/** About 250 metres of the commune: no plot can be told from its neighbour, and the picture packs into few bytes. */
const CELL = 8;
/** More names than that would lie over each other. */
const MOST_NAMES = 3;

/** The hamlets of some plots, as they are now. */
export async function originOf(ctx: Ctx, plotIds: readonly string[]): Promise<Origin> {
  allow(ctx, 'farming.figures.see');
  const { rows: counted } = await sql<{ hamlet_id: string; plots: bigint }>`
    select hamlet_id, count(*) as plots from farming_plot
    where commune_id = ${ctx.commune.id} and id = any(${plotIds.filter(isId)}::uuid[])
    group by hamlet_id order by plots desc, hamlet_id`.execute(ctx.db);
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const hamlets = counted.map(({ hamlet_id: id, plots }) => ({
    id,
    name: names.get(id) ?? '',
    plots: Number(plots),
  }));
  return { hamlets: hamlets.map(({ name, plots }) => ({ name, plots })), map: await pictureOf(ctx, hamlets) };
}

async function pictureOf(ctx: Ctx, hamlets: readonly { id: string; name: string }[]): Promise<Origin['map']> {
  const { rows } = await sql<{ hamlet_id: string; geojson: unknown }>`
    select p.hamlet_id, s.geojson from farming_plot p
    join lateral (select geojson from farming_plot_shape where commune_id = p.commune_id and plot_id = p.id
      order by version desc limit 1) s on true
    where p.commune_id = ${ctx.commune.id} and p.last_day is null`.execute(ctx.db);
  const plots = rows.map(({ hamlet_id, geojson }) => ({ hamlet_id, geometry: geojson as Geometry }));
  const box = boxAround(plots.map(({ geometry }) => boxOf(geometry)));
  if (!box) return null;
  const frame = frameOf(box, WIDTH);
  const cellsOf = (some: typeof plots) => some.map(({ geometry }) => frame.at(pointInside(geometry)));
  const here = new Set(hamlets.map(({ id }) => id));
  return {
    width: frame.width,
    height: frame.height,
    cell: CELL,
    land: runs(cellsOf(plots)),
    here: runs(cellsOf(plots.filter(({ hamlet_id }) => here.has(hamlet_id)))),
    names: hamlets.slice(0, MOST_NAMES).flatMap(({ id, name }) => {
      const middle = middleOf(cellsOf(plots.filter(({ hamlet_id }) => hamlet_id === id)));
      return middle ? [{ name, ...middle }] : [];
    }),
  };
}

function middleOf(places: readonly (readonly [number, number])[]): { x: number; y: number } | null {
  if (places.length === 0) return null;
  const mean = (axis: 0 | 1) =>
    Math.round(places.reduce((sum, place) => sum + place[axis], 0) / places.length);
  return { x: mean(0), y: mean(1) };
}

/** Places on the grid as strokes from left to right, neighbours joined. */
function runs(places: readonly (readonly [number, number])[]): string {
  const rows = Map.groupBy(
    places.map(([x, y]) => [Math.floor(x / CELL), Math.floor(y / CELL)] as const),
    ([, row]) => row,
  );
  let path = '';
  for (const [row, cells] of [...rows].toSorted(([a], [b]) => a - b)) {
    const columns = [...new Set(cells.map(([column]) => column))].toSorted((a, b) => a - b);
    for (let at = 0; at < columns.length;) {
      let end = at;
      while (columns[end + 1] === columns[end]! + 1) end += 1;
      path += `M${columns[at]! * CELL} ${row * CELL + CELL / 2}h${(columns[end]! - columns[at]! + 1) * CELL}`;
      at = end + 1;
    }
  }
  return path;
}
