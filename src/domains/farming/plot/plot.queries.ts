import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { spanOf } from '#kernel/span';
import { localDateOf, type LocalDate } from '#kernel/time';
import { findThing, isOwn, readLines, sums, type PlotFilter } from './lines.queries.ts';
import type { Plot, PlotCore, PlotLine, PlotShape } from './plot.ts';
import { readShapes, readShapesOn } from './shape.queries.ts';
import { readStandards } from './standard.queries.ts';

/** Plots that exist on a day, by code. Who has the right in some hamlets sees theirs only. */
export async function listPlots(
  ctx: Ctx,
  filter: PlotFilter = {},
): Promise<{ items: PlotLine[]; total: number; areaM2: number }> {
  const hamlets = hamletsWhere(ctx, 'farming.plot.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'farming.plot.list', { kind: 'plot', hamlet_id: asked });
  const narrowed = await ofStandard(ctx, filter);
  const { total, area } = await sums(ctx, { ...narrowed, hamlets });
  const page = { offset: filter.offset ?? 0, limit: filter.limit ?? 25 };
  return { items: await readLines(ctx, { ...narrowed, ...page, hamlets }), total, areaM2: area };
}

/** The standard is no column: the plots that have it are named. */
async function ofStandard(ctx: Ctx, { standard, ...filter }: PlotFilter): Promise<PlotFilter> {
  if (!standard) return filter;
  const standards = await readStandards(ctx, filter.ids ?? 'all', filter.on ?? localDateOf(ctx.now));
  return {
    ...filter,
    ids: [...standards].flatMap(([id, found]) => (found.standard === standard ? [id] : [])),
  };
}

/** A plot with its history. @throws AppError `farming.plot.not_found` (404) */
export async function getPlot(ctx: Ctx, id: string): Promise<Plot> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.see', thing);
  const known = mustExist(plot, 'farming.plot');
  return { ...coreOf(known), shapes: await readShapes(ctx, id), ...(await readHistory(ctx, id)) };
}

function coreOf(line: PlotLine): PlotCore {
  const { id, code, hamletId, name, slopeDeg, irrigation, note, version, demo, from, last } = line;
  return { id, code, hamletId, name, slopeDeg, irrigation, note, version, demo, from, last };
}

export type HeldPlot = PlotLine & { shape: PlotShape | null };

/** The plots that a household works on a day (today unless told), with their shapes; its own people may ask. */
export async function plotsOfHousehold(ctx: Ctx, householdId: string, day?: LocalDate): Promise<HeldPlot[]> {
  const hamlets = hamletsWhere(ctx, 'farming.plot.see');
  const own = await isOwn(ctx, householdId);
  const hamlet_id = hamlets === 'all' ? null : (hamlets[0] ?? null);
  const owners = own ? [actorId(ctx.actor)] : [];
  allow(ctx, 'farming.plot.see', { kind: 'household', id: householdId, hamlet_id, owners });
  if (!isId(householdId)) return [];
  const on = day ?? localDateOf(ctx.now);
  const lines = await readLines(ctx, { householdId, on, hamlets: own ? 'all' : hamlets });
  const shapes = await readShapesOn(
    ctx,
    lines.map(({ id }) => id),
    on,
  );
  return lines.map((line) => ({ ...line, shape: shapes.get(line.id) ?? null }));
}

async function readHistory(ctx: Ctx, id: string): Promise<Pick<Plot, 'holders' | 'areas' | 'plantings'>> {
  const of = <T extends 'farming_plot_holder' | 'farming_plot_area' | 'farming_planting'>(table: T) =>
    sql`${sql.table(table)} where commune_id = ${ctx.commune.id} and plot_id = ${id} order by from_day desc, id`;
  type Days = { from_day: string; last_day: string | null };
  const holders = await sql<Days & { household_id: string | null; producer_id: string | null }>`
    select * from ${of('farming_plot_holder')}`.execute(ctx.db);
  const areas = await sql<Days & { area_id: string }>`select * from ${of('farming_plot_area')}`.execute(
    ctx.db,
  );
  const plantings = await sql<
    Days & { id: string; cultivar: string; planted_year: number | null; area_m2: number | null }
  >`select * from ${of('farming_planting')}`.execute(ctx.db);
  const days = (row: Days) => spanOf(row.from_day, row.last_day);
  return {
    holders: holders.rows.map((row) => ({
      householdId: row.household_id,
      producerId: row.producer_id,
      ...days(row),
    })),
    areas: areas.rows.map((row) => ({ areaId: row.area_id, ...days(row) })),
    plantings: plantings.rows.map((row) => ({
      id: row.id,
      cultivar: row.cultivar,
      plantedYear: row.planted_year,
      areaM2: row.area_m2,
      ...days(row),
    })),
  };
}
