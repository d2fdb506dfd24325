/** Which plots lie on each other. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { boxOf, type Box, type Geometry } from './geometry.ts';
import { findThing } from './lines.queries.ts';
import { overlap } from './overlap.ts';
import { shapeOn } from './plot.ts';
import { readShapes } from './shape.queries.ts';

export type Neighbour = { id: string; code: string; hamletId: string; geometry: Geometry };

/** The plots of today that a plot lies on, where there are any. @throws AppError `farming.plot.not_found` */
export async function overlapsOf(ctx: Ctx, plotId: string): Promise<Neighbour[]> {
  const { plot, thing } = await findThing(ctx, plotId);
  allow(ctx, 'farming.plot.see', thing);
  mustExist(plot, 'farming.plot');
  const shape = shapeOn(await readShapes(ctx, plotId), localDateOf(ctx.now));
  if (!shape || plot?.last != null) return [];
  const near = await plotsIn(ctx, boxOf(shape.geometry));
  return near.filter((one) => one.id !== plotId && overlap(one.geometry, shape.geometry));
}

/**
 * Plots of today whose rectangles meet a rectangle, by code: what is drawn around a plot. Without a right of its own.
 * @param slack degrees around the rectangle
 */
export async function plotsIn(ctx: Ctx, box: Box, slack = 0): Promise<Neighbour[]> {
  const today = localDateOf(ctx.now);
  const { rows } = await sql<{ id: string; code: string; hamlet_id: string; geojson: unknown }>`
    select p.id, p.code, p.hamlet_id, s.geojson from farming_plot p
    join lateral (select * from farming_plot_shape where commune_id = ${ctx.commune.id} and plot_id = p.id
      and valid_from <= ${today} order by version desc limit 1) s on true
    where p.commune_id = ${ctx.commune.id} and p.last_day is null
      and s.west <= ${box.east + slack} and s.east >= ${box.west - slack}
      and s.south <= ${box.north + slack} and s.north >= ${box.south - slack}
    order by p.code limit 6000`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    hamletId: row.hamlet_id,
    geometry: row.geojson as Geometry,
  }));
}

/** The plots around a plot, for the picture on its page. @throws AppError `farming.plot.not_found` */
export async function plotsAround(ctx: Ctx, plotId: string): Promise<Neighbour[]> {
  const { plot, thing } = await findThing(ctx, plotId);
  allow(ctx, 'farming.plot.see', thing);
  mustExist(plot, 'farming.plot');
  const shape = shapeOn(await readShapes(ctx, plotId), localDateOf(ctx.now));
  const near = shape ? await plotsIn(ctx, boxOf(shape.geometry), 0.001) : [];
  return near.filter(({ id }) => id !== plotId);
}
