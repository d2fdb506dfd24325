import { sql } from 'kysely';
import { standingsOf, type Standing } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { holdsOn, spanOf, type Span } from '#kernel/span';
import type { LocalDate } from '#kernel/time';
import { findThing, readLines } from './lines.queries.ts';
import { standardOnDay, type Scopes, type StandardOnDay } from './standard.ts';
import { readShapesOn } from './shape.queries.ts';

/**
 * By which standard a plot is worked on a day, and why: its holder on that day, the producers it belonged to, their
 * certificates that hold that day and cover the plot. @throws AppError `farming.plot.not_found`
 */
export async function standardOn(ctx: Ctx, plotId: string, day: LocalDate): Promise<StandardOnDay> {
  const found = await findThing(ctx, plotId);
  allow(ctx, 'farming.plot.see', found.thing);
  mustExist(found.plot, 'farming.plot');
  return (await readStandards(ctx, [plotId], day)).get(plotId)!;
}

/**
 * Square metres of plots on a day, by plot; without those that had no shape yet. How large a plot is names nobody, so
 * everybody may ask.
 */
export async function areasM2On(
  ctx: Ctx,
  plotIds: readonly string[],
  day: LocalDate,
): Promise<Map<string, number>> {
  allow(ctx, 'farming.figures.see');
  const shapes = await readShapesOn(ctx, plotIds, day);
  return new Map([...shapes].map(([id, { areaM2 }]) => [id, areaM2]));
}

/**
 * The same as {@link standardOn} for many plots in three readings: all of the commune where none are named. The
 * standard of a plot is no secret (it is printed on the tea), who holds it is; so everybody may ask.
 */
export async function standardsOn(
  ctx: Ctx,
  plotIds: readonly string[] | 'all',
  day: LocalDate,
): Promise<Map<string, StandardOnDay>> {
  allow(ctx, 'farming.figures.see');
  return readStandards(ctx, plotIds, day);
}

/** Without a right of its own. */
export async function readStandards(
  ctx: Ctx,
  plotIds: readonly string[] | 'all',
  day: LocalDate,
): Promise<Map<string, StandardOnDay>> {
  const lines = await readLines(ctx, { on: day, ids: plotIds === 'all' ? undefined : plotIds, ended: true });
  const byHolder = await holderStandings(ctx, lines, plotIds === 'all');
  const scopes = await readScopes(ctx, [...byHolder.values()].flat());
  return new Map(
    lines.map(({ id, householdId, producerId }) => {
      const holder = householdId ?? producerId;
      const standings = holder === null ? null : (byHolder.get(holder) ?? []);
      return [id, standardOnDay(id, day, standings, scopes)];
    }),
  );
}

export type StandardHistory = (plotId: string, day: LocalDate) => StandardOnDay;

/** The standards of some plots on whatever days, in four readings. Without a right of its own. */
export async function readStandardHistory(ctx: Ctx, plotIds: readonly string[]): Promise<StandardHistory> {
  const rows = await ctx.db
    .selectFrom('farming_plot_holder')
    .select(['plot_id', 'household_id', 'producer_id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`plot_id = any(${[...plotIds]}::uuid[])`)
    .execute();
  const held = rows.map((row) => ({
    plotId: row.plot_id,
    householdId: row.household_id,
    producerId: row.producer_id,
    ...spanOf(row.from_day, row.last_day),
  }));
  const holders = Map.groupBy(held, ({ plotId }) => plotId);
  const byHolder = await holderStandings(ctx, held, false);
  const scopes = await readScopes(ctx, [...byHolder.values()].flat());
  return (plotId, day) => {
    const holder = holders.get(plotId)?.find((one) => holdsOn(one, day));
    const key = holder && (holder.householdId ?? holder.producerId);
    return standardOnDay(plotId, day, key ? (byHolder.get(key) ?? []) : null, scopes);
  };
}

async function holderStandings(
  ctx: Ctx,
  lines: readonly { householdId: string | null; producerId: string | null }[],
  all: boolean,
): Promise<Map<string, Standing[]>> {
  const filter = {
    householdIds: [...new Set(lines.flatMap(({ householdId }) => householdId ?? []))],
    producerIds: [...new Set(lines.flatMap(({ producerId }) => producerId ?? []))],
  };
  const standings = await standingsOf(ctx, all ? {} : filter);
  return Map.groupBy(standings, ({ householdId, producerId }) => householdId ?? producerId);
}

async function readScopes(ctx: Ctx, standings: readonly Standing[]): Promise<Scopes> {
  const ids = [...new Set(standings.flatMap(({ papers }) => papers.map(({ id }) => id)))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('farming_certificate_plot')
    .select(['certificate_id', 'plot_id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`certificate_id = any(${ids}::uuid[])`)
    .execute();
  const scopes = new Map<string, (Span & { plotId: string })[]>();
  for (const row of rows) {
    const one = { plotId: row.plot_id, ...spanOf(row.from_day, row.last_day) };
    scopes.set(row.certificate_id, [...(scopes.get(row.certificate_id) ?? []), one]);
  }
  return scopes;
}
