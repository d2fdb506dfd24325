/** Plots with what holds of them on a day; for the verbs and queries of this room, which ask for the right themselves. */
import { sql, type RawBuilder } from 'kysely';
import { ownHousehold } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import { spanOf } from '#kernel/span';
import { words } from '#kernel/text';
import { localDateOf, type LocalDate } from '#kernel/time';
import { readPlotCode, type Irrigation, type PlotLine } from './plot.ts';
import type { PlotStandard } from './standard.ts';

export type PlotFilter = {
  /** The day that is asked about; today unless told. */
  on?: LocalDate | undefined;
  /** A plot code, or words of code and name in any order without accents. */
  q?: string | undefined;
  hamletId?: string | undefined;
  householdId?: string | undefined;
  producerId?: string | undefined;
  areaId?: string | undefined;
  standard?: PlotStandard | undefined;
  ids?: readonly string[] | undefined;
  /** Whole codes, in any usual writing. */
  codes?: readonly string[] | undefined;
  /** Also plots that do not exist on the day. */
  ended?: boolean | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
};

/** A plot as it is today and what rights look at; for the verbs of this room, which ask with it. */
export async function findThing(ctx: Ctx, id: string): Promise<{ plot: PlotLine | undefined; thing: Thing }> {
  const [plot] = isId(id) ? await readLines(ctx, { ids: [id], ended: true }) : [];
  const own = plot?.householdId ? await isOwn(ctx, plot.householdId) : false;
  const owners = own ? [actorId(ctx.actor)] : [];
  return { plot, thing: { kind: 'plot', id, hamlet_id: plot?.hamletId ?? null, owners } };
}

/** Whether the actor is bound to a person of that household. */
export async function isOwn(ctx: Ctx, householdId: string): Promise<boolean> {
  const bound = ctx.actor.kind === 'person' && ctx.actor.residentId !== null;
  return bound && (await ownHousehold(ctx))?.id === householdId;
}

/** With the hamlets that the reader may see. */
export type Narrow = PlotFilter & { hamlets?: 'all' | readonly string[]; newestFirst?: boolean };

/** Plots (`p`) with what holds of them on the day: holder (`h`), area (`a`), shape (`s`), main planting (`c`). */
function plotsOn(ctx: Ctx, filter: Narrow): RawBuilder<unknown> {
  const day = filter.on ?? localDateOf(ctx.now);
  const mine = (table: string) =>
    sql`${sql.table(table)} where commune_id = ${ctx.commune.id} and plot_id = p.id`;
  const holds = sql`from_day <= ${day} and (last_day is null or last_day >= ${day})`;
  return sql`
    from farming_plot p
    left join lateral (select household_id, producer_id from ${mine('farming_plot_holder')} and ${holds} limit 1) h
      on true
    left join lateral (select area_id from ${mine('farming_plot_area')} and ${holds} limit 1) a on true
    left join lateral (select area_m2 from ${mine('farming_plot_shape')} and valid_from <= ${day}
      order by version desc limit 1) s on true
    left join lateral (select cultivar, planted_year from ${mine('farming_planting')} and ${holds}
      order by area_m2 desc nulls first, id limit 1) c on true
    where ${sql.join(conditions(ctx, filter, day), sql` and `)}`;
}

function conditions(ctx: Ctx, filter: Narrow, day: LocalDate): RawBuilder<unknown>[] {
  const { hamlets = 'all', q = '' } = filter;
  const found: RawBuilder<unknown>[] = [sql`p.commune_id = ${ctx.commune.id}`];
  if (!filter.ended) found.push(sql`p.from_day <= ${day} and (p.last_day is null or p.last_day >= ${day})`);
  if (hamlets !== 'all') found.push(sql`p.hamlet_id = any(${[...hamlets]}::uuid[])`);
  if (filter.ids) found.push(sql`p.id = any(${filter.ids.filter(isId)}::uuid[])`);
  if (filter.codes)
    found.push(sql`p.code = any(${filter.codes.flatMap((one) => readPlotCode(one) ?? [])}::text[])`);
  const named = [
    [sql`p.hamlet_id`, filter.hamletId],
    [sql`h.household_id`, filter.householdId],
    [sql`h.producer_id`, filter.producerId],
    [sql`a.area_id`, filter.areaId],
  ] as const;
  for (const [column, id] of named) if (id !== undefined) found.push(sql`${column}::text = ${id}`);
  const code = readPlotCode(q);
  if (code !== undefined) found.push(sql`p.code = ${code}`);
  else for (const word of words(q)) found.push(sql`p.search_text like ${`%${word}%`}`);
  return found;
}

type Row = {
  id: string;
  code: string;
  hamlet_id: string;
  name: string | null;
  slope_deg: number | null;
  irrigation: string | null;
  note: string | null;
  from_day: string;
  last_day: string | null;
  version: number;
  demo: boolean;
  household_id: string | null;
  producer_id: string | null;
  area_id: string | null;
  area_m2: number | null;
  cultivar: string | null;
  planted_year: number | null;
};

/** Without a right of its own; all rows unless a limit is given. */
export async function readLines(ctx: Ctx, filter: Narrow): Promise<PlotLine[]> {
  const { rows } = await sql<Row>`
    select p.id, p.code, p.hamlet_id, p.name, p.slope_deg, p.irrigation, p.note, p.from_day, p.last_day, p.version,
      p.demo, h.household_id, h.producer_id, a.area_id, s.area_m2, c.cultivar, c.planted_year
    ${plotsOn(ctx, filter)} order by ${filter.newestFirst ? sql`p.from_day desc, p.id` : sql`p.code`} offset ${filter.offset ?? 0} limit ${filter.limit ?? null}`.execute(
    ctx.db,
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    hamletId: row.hamlet_id,
    name: row.name,
    slopeDeg: row.slope_deg,
    irrigation: row.irrigation as Irrigation | null,
    note: row.note,
    version: row.version,
    demo: row.demo,
    ...spanOf(row.from_day, row.last_day),
    householdId: row.household_id,
    producerId: row.producer_id,
    areaId: row.area_id,
    areaM2: row.area_m2,
    cultivar: row.cultivar,
    plantedYear: row.planted_year,
  }));
}

/** How many plots a filter leaves, and their square metres together. */
export async function sums(ctx: Ctx, filter: Narrow): Promise<{ total: number; area: number }> {
  const { rows } = await sql<{ total: number; area: number }>`
    select count(*)::int as total, coalesce(sum(s.area_m2), 0)::float8 as area ${plotsOn(ctx, filter)}`.execute(
    ctx.db,
  );
  return rows[0]!;
}
