import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { readLines } from '../plot/lines.queries.ts';
import type { PlotLine } from '../plot/plot.ts';
import { holderThing, type Holder } from './writer.queries.ts';

/** The plots that a household or producer works today, for whoever keeps its diary. */
export async function plotsOfHolder(ctx: Ctx, { householdId, producerId }: Holder) {
  const thing = await holderThing(ctx, { householdId, producerId });
  allow(ctx, 'farming.diary.see', thing);
  const of = householdId ? { householdId } : { producerId: producerId ?? '' };
  const lines = await readLines(ctx, { on: localDateOf(ctx.now), ...of });
  return lines.map(({ id, code, name, areaM2 }) => ({ id, code, name, areaM2 }));
}

/** Those of some holders who work a plot today. Ids in, ids out. */
export async function holdersWithPlots<H extends { id: string }>(
  ctx: Ctx,
  holders: readonly H[],
): Promise<H[]> {
  allow(ctx, 'farming.device.use');
  const today = localDateOf(ctx.now);
  const ids = sql`any(${holders.map(({ id }) => id)}::uuid[])`;
  const { rows } = await sql<{ holder: string }>`select distinct coalesce(household_id, producer_id) as holder
    from farming_plot_holder where commune_id = ${ctx.commune.id} and (household_id = ${ids} or producer_id = ${ids})
      and from_day <= ${today} and (last_day is null or last_day >= ${today})`.execute(ctx.db);
  const working = new Set(rows.map((row) => row.holder));
  return holders.filter(({ id }) => working.has(id));
}

/** The plots that some holders work today, by code; for whoever keeps their diaries. */
export async function plotsOfHolders(ctx: Ctx, holders: readonly { id: string }[]): Promise<PlotLine[]> {
  allow(ctx, 'farming.device.use');
  const today = localDateOf(ctx.now);
  const ids = sql`any(${holders.map(({ id }) => id)}::uuid[])`;
  const { rows } = await sql<{ plot_id: string }>`select distinct plot_id from farming_plot_holder
    where commune_id = ${ctx.commune.id} and (household_id = ${ids} or producer_id = ${ids})
      and from_day <= ${today} and (last_day is null or last_day >= ${today})`.execute(ctx.db);
  return readLines(ctx, { on: today, ids: rows.map((row) => row.plot_id) });
}
