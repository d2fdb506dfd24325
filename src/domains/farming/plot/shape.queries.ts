/** Reading shapes, for the verbs and queries of this room. */
import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { FarmingPlotShape } from '#kernel/schema';
import { localDate, type LocalDate } from '#kernel/time';
import type { Geometry } from './geometry.ts';
import type { MadeBy, PlotShape } from './plot.ts';

/** Every version of a plot's shape, the newest first. Without a right of its own. */
export async function readShapes(ctx: Ctx, plotId: string): Promise<PlotShape[]> {
  const rows = await ctx.db
    .selectFrom('farming_plot_shape')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('plot_id', '=', plotId)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(shapeOf);
}

/** The shapes that hold on a day, by plot; of all plots where none are named. Without a right of its own. */
export async function readShapesOn(
  ctx: Ctx,
  plotIds: readonly string[] | 'all',
  day: LocalDate,
): Promise<Map<string, PlotShape>> {
  let found = ctx.db
    .selectFrom('farming_plot_shape')
    .selectAll()
    .distinctOn('plot_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_from', '<=', day);
  if (plotIds !== 'all') found = found.where(sql<boolean>`plot_id = any(${[...plotIds]}::uuid[])`);
  const rows = await found.orderBy('plot_id').orderBy('version', 'desc').execute();
  return new Map(rows.map((row) => [row.plot_id, shapeOf(row)]));
}

function shapeOf(row: Selectable<FarmingPlotShape>): PlotShape {
  return {
    version: row.version,
    validFrom: localDate(row.valid_from),
    geometry: row.geojson as Geometry,
    areaM2: row.area_m2,
    accuracyM: row.accuracy_m === null ? null : Number(row.accuracy_m),
    madeBy: row.made_by as MadeBy,
    source: row.source_name === null ? null : { name: row.source_name, row: row.source_row },
    recordedAt: row.recorded_at,
  };
}
