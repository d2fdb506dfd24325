/** What belongs to a plot from a day on: its holder, its growing area, what stands on it. */
import { sql, type Insertable } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import type { Database } from '#kernel/schema';
import { addDays, type LocalDate } from '#kernel/time';
import { CULTIVAR_CODES } from './cultivar.ts';
import { lockPlot, refuseDay, refuseForeignArea, refuseForeignHolders } from './guards.ts';
import { findThing } from './lines.queries.ts';

const Handing = z.object({
  householdId: optional(Id).default(null),
  producerId: optional(Id).default(null),
  from: Day,
});

/**
 * Says who works a plot from a day on; nobody, where neither is given. The one before ends the day before.
 * @throws AppError `farming.plot.not_found`, `farming.plot.ended` (409); `input.invalid` for a day not after the last change
 */
export async function handOver(ctx: Ctx, id: string, input: z.input<typeof Handing>): Promise<void> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing, { handed_over: input.from });
  const { last } = mustExist(plot, 'farming.plot');
  const given = checked(Handing, input);
  if (last !== null) throw new AppError('farming.plot.ended', 409);
  await refuseForeignHolders(ctx, [given]);
  await lockPlot(ctx, id);
  const nobody = given.householdId === null && given.producerId === null;
  const begun = await closeBefore(ctx, 'farming_plot_holder', id, given.from);
  if (begun && nobody) refuseField('from', 'farming.backwards');
  if (nobody) return;
  const columns = { household_id: given.householdId, producer_id: given.producerId };
  await begin(ctx, 'farming_plot_holder', { ...rowOf(ctx, id, given.from), ...columns }, begun);
}

const Joining = z.object({ areaId: optional(Id).default(null), from: Day });

/** Puts a plot into a growing area from a day on; into none where none is given. @throws as {@link handOver} */
export async function putInArea(ctx: Ctx, id: string, input: z.input<typeof Joining>): Promise<void> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing, { area: input.areaId ?? null });
  const { last } = mustExist(plot, 'farming.plot');
  const { areaId, from } = checked(Joining, input);
  if (last !== null) throw new AppError('farming.plot.ended', 409);
  await refuseForeignArea(ctx, areaId, from);
  await lockPlot(ctx, id);
  const begun = await closeBefore(ctx, 'farming_plot_area', id, from);
  if (begun && areaId === null) refuseField('from', 'farming.backwards');
  if (areaId === null) return;
  await begin(ctx, 'farming_plot_area', { ...rowOf(ctx, id, from), area_id: areaId }, begun);
}

const Planted = z.object({
  cultivar: z.enum(CULTIVAR_CODES),
  plantedYear: z.int().min(1900).max(2200).nullable().default(null),
  areaM2: z.int().min(1).nullable().default(null),
  from: Day,
  /** What stood here until then goes; otherwise it stands beside it. */
  replaces: z.boolean().default(true),
});

/** Says what stands on a plot from a day on. @returns its id @throws as {@link handOver} */
export async function plant(ctx: Ctx, id: string, input: z.input<typeof Planted>): Promise<string> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing, { planted: input.cultivar });
  const { last } = mustExist(plot, 'farming.plot');
  const given = checked(Planted, input);
  if (last !== null) throw new AppError('farming.plot.ended', 409);
  await lockPlot(ctx, id);
  refuseDay(ctx, given.from, null);
  const begun = given.replaces ? await closeBefore(ctx, 'farming_planting', id, given.from) : null;
  const { cultivar, plantedYear: planted_year, areaM2: area_m2 } = given;
  const row = { ...rowOf(ctx, id, given.from), cultivar, planted_year, area_m2 };
  await begin(ctx, 'farming_planting', row, begun);
  return begun ?? row.id;
}

function rowOf(ctx: Ctx, plotId: string, from: LocalDate) {
  return { commune_id: ctx.commune.id, id: newId(ctx.now), plot_id: plotId, from_day: from };
}

type Linked = 'farming_plot_holder' | 'farming_plot_area' | 'farming_planting';

/**
 * Ends what runs on the day before; days do not run backwards.
 * @returns the row that began on that very day: it was entered wrongly and is put right
 */
async function closeBefore(ctx: Ctx, table: Linked, plotId: string, from: LocalDate): Promise<string | null> {
  refuseDay(ctx, from, null);
  const all = await ctx.db
    .selectFrom(table)
    .select(['id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where('plot_id', '=', plotId)
    .execute();
  if (all.some((row) => row.from_day > from || (row.last_day !== null && row.last_day >= from)))
    refuseField('from', 'farming.backwards');
  await ctx.db
    .updateTable(table)
    .set({ last_day: addDays(from, -1) })
    .where('commune_id', '=', ctx.commune.id)
    .where('plot_id', '=', plotId)
    .where('last_day', 'is', null)
    .where('from_day', '<', from)
    .execute();
  return all.find((row) => row.from_day === from)?.id ?? null;
}

/** Writes a row, or puts the one right that began the same day. */
async function begin<T extends Linked>(
  ctx: Ctx,
  table: T,
  row: Insertable<Database[T]> & { id: string },
  begun: string | null,
): Promise<void> {
  if (begun === null) {
    await ctx.db.insertInto(table).values(row).execute();
    return;
  }
  const columns = Object.entries(row).filter(([name]) => name !== 'id');
  await sql`update ${sql.table(table)} set ${sql.join(
    columns.map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
  )} where commune_id = ${ctx.commune.id} and id = ${begun}`.execute(ctx.db);
}
