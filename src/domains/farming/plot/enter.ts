/** Writing new plots, one or thousands; the verbs ask for the right and check what they were given. */
import { sql } from 'kysely';
import { listHamlets } from '#domain/commune';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { foldText } from '#kernel/text';
import type { LocalDate } from '#kernel/time';
import { areaOf, boxOf, type Geometry } from './geometry.ts';
import { plotCode, prefixFor, type Irrigation, type MadeBy } from './plot.ts';

export type EnteringPlot = {
  hamletId: string;
  householdId: string | null;
  producerId: string | null;
  areaId: string | null;
  name: string | null;
  slopeDeg: number | null;
  irrigation: Irrigation | null;
  note: string | null;
  geometry: Geometry;
  /** Stated, for a point; of a polygon the geodesic area counts. */
  areaM2: number | null;
  accuracyM: number | null;
  madeBy: MadeBy;
  source: { name: string; row: number | null } | null;
  from: LocalDate;
  cultivar: string | null;
  plantedYear: number | null;
  clientId: string | null;
  demo: boolean;
};

export type Entered = { id: string; code: string };

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const AT_ONCE = 500;

/** Writes plots with holder, area, shape and planting. @returns id and code of each, in the order given */
export async function enterPlots(ctx: Ctx, plots: readonly EnteringPlot[]): Promise<Entered[]> {
  const entered: Entered[] = [];
  const codes = await codesFor(ctx, plots);
  for (let at = 0; at < plots.length; at += AT_ONCE) {
    const some = plots.slice(at, at + AT_ONCE).map((plot, offset) => ({
      ...plot,
      id: newId(ctx.now),
      code: codes[at + offset]!,
    }));
    await insertSome(ctx, some);
    entered.push(...some.map(({ id, code }) => ({ id, code })));
  }
  return entered;
}

type Some = readonly (EnteringPlot & Entered)[];

async function insertSome(ctx: Ctx, some: Some): Promise<void> {
  const commune_id = ctx.commune.id;
  await ctx.db
    .insertInto('farming_plot')
    .values(
      some.map((plot) => ({
        commune_id,
        id: plot.id,
        code: plot.code,
        hamlet_id: plot.hamletId,
        name: plot.name,
        search_text: foldText(`${plot.code} ${plot.name ?? ''}`),
        slope_deg: plot.slopeDeg,
        irrigation: plot.irrigation,
        note: plot.note,
        from_day: plot.from,
        demo: plot.demo,
        client_id: plot.clientId,
        created_at: ctx.now,
      })),
    )
    .execute();
  await ctx.db
    .insertInto('farming_plot_shape')
    .values(some.map((plot) => shapeRow(ctx, { ...plot, plotId: plot.id, version: 1, validFrom: plot.from })))
    .execute();
  await insertLinks(ctx, some);
}

async function insertLinks(ctx: Ctx, some: Some): Promise<void> {
  const base = ({ id, from }: Some[number]) => ({
    commune_id: ctx.commune.id,
    id: newId(ctx.now),
    plot_id: id,
    from_day: from,
  });
  const holders = some
    .filter(({ householdId, producerId }) => householdId !== null || producerId !== null)
    .map((plot) => ({ ...base(plot), household_id: plot.householdId, producer_id: plot.producerId }));
  const areas = some.flatMap((plot) =>
    plot.areaId === null ? [] : [{ ...base(plot), area_id: plot.areaId }],
  );
  const plantings = some.flatMap((plot) =>
    plot.cultivar === null
      ? []
      : [{ ...base(plot), cultivar: plot.cultivar, planted_year: plot.plantedYear }],
  );
  if (holders.length > 0) await ctx.db.insertInto('farming_plot_holder').values(holders).execute();
  if (areas.length > 0) await ctx.db.insertInto('farming_plot_area').values(areas).execute();
  if (plantings.length > 0) await ctx.db.insertInto('farming_planting').values(plantings).execute();
}

export type NewShape = Pick<EnteringPlot, 'geometry' | 'areaM2' | 'accuracyM' | 'madeBy' | 'source'> & {
  plotId: string;
  version: number;
  validFrom: LocalDate;
};

/** A row of `farming_plot_shape`. */
export function shapeRow(ctx: Ctx, shape: NewShape) {
  const { geometry, source } = shape;
  const kind = { Point: 'point', Polygon: 'polygon', MultiPolygon: 'multipolygon' } as const;
  return {
    commune_id: ctx.commune.id,
    plot_id: shape.plotId,
    version: shape.version,
    valid_from: shape.validFrom,
    kind: kind[geometry.type],
    geojson: JSON.stringify(geometry),
    area_m2: geometry.type === 'Point' ? (shape.areaM2 ?? 0) : areaOf(geometry),
    accuracy_m: shape.accuracyM,
    made_by: shape.madeBy,
    source_name: source?.name ?? null,
    source_row: source?.row ?? null,
    ...boxOf(geometry),
    recorded_at: ctx.now,
    recorded_by: actorId(ctx.actor),
  };
}

/** A fresh code for each, numbers of a hamlet in the order given. */
async function codesFor(ctx: Ctx, plots: readonly EnteringPlot[]): Promise<string[]> {
  const next = new Map<string, { prefix: string; number: number }>();
  for (const [hamletId, { length }] of Map.groupBy(plots, (plot) => plot.hamletId))
    next.set(hamletId, await numbersFor(ctx, hamletId, length));
  return plots.map(({ hamletId }) => {
    const counter = next.get(hamletId)!;
    counter.number += 1;
    return plotCode(counter.prefix, counter.number);
  });
}

/** Takes `count` numbers of a hamlet. @returns the number before the first of them */
async function numbersFor(
  ctx: Ctx,
  hamletId: string,
  count: number,
): Promise<{ prefix: string; number: number }> {
  let row = await takeNumbers(ctx, hamletId, count);
  if (!row) {
    await choosePrefix(ctx, hamletId);
    row = await takeNumbers(ctx, hamletId, count);
  }
  const { prefix, last_number } = mustExist(row, 'commune.hamlet');
  return { prefix, number: last_number - count };
}

async function takeNumbers(ctx: Ctx, hamletId: string, count: number) {
  return ctx.db
    .updateTable('farming_hamlet_prefix')
    .set((eb) => ({ last_number: eb('last_number', '+', count) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('hamlet_id', '=', hamletId)
    .returning(['prefix', 'last_number'])
    .executeTakeFirst();
}

/** One chooser at a time in a commune: two hamlets may want the same letters. */
async function choosePrefix(ctx: Ctx, hamletId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('farming_hamlet_prefix'), ${ctx.commune.id})`.execute(
    ctx.db,
  );
  const rows = await ctx.db
    .selectFrom('farming_hamlet_prefix')
    .select('prefix')
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  const hamlet = (await listHamlets(ctx, { on: 'ever' })).find(({ id }) => id === hamletId);
  const prefix = prefixFor(hamlet?.name ?? '', new Set(rows.map((row) => row.prefix)));
  await ctx.db
    .insertInto('farming_hamlet_prefix')
    .values({ commune_id: ctx.commune.id, hamlet_id: hamletId, prefix })
    .onConflict((conflict) => conflict.columns(['commune_id', 'hamlet_id']).doNothing())
    .execute();
}
