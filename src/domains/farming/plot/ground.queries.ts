import { communeBox } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { boxOf, type Box } from './geometry.ts';
import { readLines } from './lines.queries.ts';
import { boxAround } from './map.ts';
import { plotsIn, type Neighbour } from './overlap.queries.ts';
import { readShapesOn } from './shape.queries.ts';

/** What a new plot is drawn over: the rectangle of its hamlet's plots, and every plot in it. */
export type Ground = { box: Box; neighbours: Pick<Neighbour, 'code' | 'geometry'>[] };

/** The whole country, for a commune of which nothing is known yet. */
const COUNTRY: Box = { south: 8.2, west: 102.1, north: 23.4, east: 109.5 };

/** @param plotId the plot that is drawn anew: it is no neighbour of itself, and the ground is around it */
export async function groundOf(ctx: Ctx, hamletId: string, plotId?: string): Promise<Ground> {
  allow(ctx, 'farming.plot.edit', { kind: 'plot', hamlet_id: hamletId });
  const today = localDateOf(ctx.now);
  const lines = await readLines(ctx, plotId ? { ids: [plotId] } : { hamletId });
  const shapes = await readShapesOn(
    ctx,
    lines.map(({ id }) => id),
    today,
  );
  const around = boxAround([...shapes.values()].map(({ geometry }) => boxOf(geometry)));
  const box = around ?? (await communeBox(ctx)) ?? COUNTRY;
  const near = await plotsIn(ctx, box, plotId ? 0.002 : 0);
  const neighbours = near.filter(({ id }) => id !== plotId).map(({ code, geometry }) => ({ code, geometry }));
  return { box: plotId && around ? wider(around) : box, neighbours };
}

function wider(box: Box): Box {
  const by = 0.001;
  return { west: box.west - by, south: box.south - by, east: box.east + by, north: box.north + by };
}
