/** What everybody may know of the tea land: sizes by hamlet and standard, and where tea stands; no plot by name. */
import { sql } from 'kysely';
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { boxOf, pointInside, type Geometry } from './geometry.ts';
import { readLines } from './lines.queries.ts';
import { boxAround, frameOf, pathOf } from './map.ts';
import { readStandards } from './standard.queries.ts';
import type { PlotStandard } from './standard.ts';

export type HamletLand = {
  id: string;
  name: string;
  plots: number;
  areaM2: number;
  certifiedM2: { vietgap: number; organic: number };
};

/** How much tea stands in each hamlet today. */
export async function landByHamlet(ctx: Ctx): Promise<HamletLand[]> {
  allow(ctx, 'farming.figures.see');
  const today = localDateOf(ctx.now);
  const lines = await readLines(ctx, { on: today });
  const standards = await readStandards(ctx, 'all', today);
  const byHamlet = Map.groupBy(lines, ({ hamletId }) => hamletId);
  return (await listHamlets(ctx)).map(({ id, name }) => {
    const mine = byHamlet.get(id) ?? [];
    const sum = (standard?: PlotStandard) =>
      mine
        .filter((line) => !standard || standards.get(line.id)?.standard === standard)
        .reduce((all, { areaM2 }) => all + (areaM2 ?? 0), 0);
    const certifiedM2 = { vietgap: sum('vietgap'), organic: sum('organic') };
    return { id, name, plots: mine.length, areaM2: sum(), certifiedM2 };
  });
}

export type LandMap = {
  /** The paths are strokes as wide as this, not areas. */
  dot: number | null;
  width: number;
  height: number;
  /** Some of it is drawn for the demo. */
  demo: boolean;
  /** One path for all plots of a standard. */
  paths: { standard: PlotStandard; path: string }[];
};

const WIDTH = 640;
/** Where the whole commune is shown, plots stand on a grid of such a width: steps that repeat pack into few bytes. */
const CELL = 7;
const DOT = 5;

/** Where tea stands today: outlines of one hamlet, a dot where plots of the commune are. Null where nothing does. */
export async function landMap(ctx: Ctx, hamletId: string | null): Promise<LandMap | null> {
  allow(ctx, 'farming.figures.see');
  const today = localDateOf(ctx.now);
  const { rows } = await sql<{ id: string; demo: boolean; geojson: unknown }>`
    select p.id, p.demo, s.geojson from farming_plot p
    join lateral (select geojson from farming_plot_shape where commune_id = ${ctx.commune.id} and plot_id = p.id
      and valid_from <= ${today} order by version desc limit 1) s on true
    where p.commune_id = ${ctx.commune.id} and p.from_day <= ${today}
      and (p.last_day is null or p.last_day >= ${today})
      and ${hamletId === null ? sql`true` : sql`p.hamlet_id::text = ${hamletId}`}
    order by p.code`.execute(ctx.db);
  const plots = rows.map(({ id, geojson }) => ({ id, geometry: geojson as Geometry }));
  const box = boxAround(plots.map(({ geometry }) => boxOf(geometry)));
  if (!box) return null;
  const standards = await readStandards(ctx, 'all', today);
  const frame = frameOf(box, WIDTH);
  const grouped = Map.groupBy(plots, ({ id }) => standards.get(id)?.standard ?? 'none');
  const paths = [...grouped].map(([standard, some]) => ({
    standard,
    path:
      hamletId === null
        ? dotted(some.map(({ geometry }) => frame.at(pointInside(geometry))))
        : some.map(({ geometry }) => pathOf(geometry, frame)).join(''),
  }));
  return {
    width: frame.width,
    height: frame.height,
    demo: rows.some(({ demo }) => demo),
    dot: hamletId === null ? DOT : null,
    paths,
  };
}

/** Short strokes on the grid, row by row; plots of one cell share theirs. */
function dotted(places: readonly (readonly [number, number])[]): string {
  const rows = Map.groupBy(
    places.map(([x, y]) => [Math.round(x / CELL), Math.round(y / CELL)] as const),
    ([, row]) => row,
  );
  return [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([row, cells]) => {
      const columns = [...new Set(cells.map(([column]) => column))].toSorted((a, b) => a - b);
      return columns
        .map((column, at) =>
          at === 0
            ? `M${column * CELL} ${row * CELL}h${DOT}`
            : `m${(column - columns[at - 1]!) * CELL - DOT} 0h${DOT}`,
        )
        .join('');
    })
    .join('');
}
