import { z } from 'zod';
import { communeBox } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { checked, Day, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { localDateOf } from '#kernel/time';
import {
  lockPlot,
  refuseDay,
  refuseForeignArea,
  refuseForeignHamlet,
  refuseForeignHolders,
} from './guards.ts';
import { enterPlots, shapeRow, type Entered } from './enter.ts';
import { soundGeometry } from './geometry-form.ts';
import { findThing } from './lines.queries.ts';
import { Described, Drawn, NewPlot, sound } from './new-plot.ts';
import { readShapes } from './shape.queries.ts';

/**
 * Writes a plot into the register. @returns its id and code; those of before where its sender's id is known
 * @throws AppError `input.invalid`; `farming.geometry.*` (422) with part, ring, corner and place
 */
export async function addPlot(ctx: Ctx, input: NewPlot): Promise<Entered> {
  allow(ctx, 'farming.plot.edit', { kind: 'plot', hamlet_id: input.hamletId }, { added: input.name ?? null });
  const given = checked(NewPlot, input);
  const before = given.clientId === null ? undefined : await sentBefore(ctx, given.clientId);
  if (before) return before;
  await refuseForeignHamlet(ctx, given.hamletId);
  await refuseForeignHolders(ctx, [given]);
  await refuseForeignArea(ctx, given.areaId, given.from);
  const [entered] = await enterPlots(ctx, [sound(ctx, given, await communeBox(ctx))]);
  return entered!;
}

async function sentBefore(ctx: Ctx, clientId: string): Promise<Entered | undefined> {
  const row = await ctx.db
    .selectFrom('farming_plot')
    .select(['id', 'code', 'hamlet_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (!row) return undefined;
  allow(ctx, 'farming.plot.edit', { kind: 'plot', id: row.id, hamlet_id: row.hamlet_id });
  return { id: row.id, code: row.code };
}

/**
 * Changes what a plot is called and how it lies, if nobody else did since it was opened.
 * @throws AppError `farming.plot.not_found`, `farming.changed_meanwhile` (409)
 */
export async function changePlot(
  ctx: Ctx,
  id: string,
  input: z.input<typeof Described>,
  version: number,
): Promise<void> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing);
  const { code } = mustExist(plot, 'farming.plot');
  const given = checked(Described, input);
  const done = await ctx.db
    .updateTable('farming_plot')
    .set((eb) => ({
      name: given.name,
      search_text: foldText(`${code} ${given.name ?? ''}`),
      slope_deg: given.slopeDeg,
      irrigation: given.irrigation,
      note: given.note,
      version: eb('version', '+', 1),
    }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('farming.changed_meanwhile', 409);
}

const Redrawn = Drawn.extend({
  /** From when the new shape holds; not before the last one's day. */
  from: Day,
});

/**
 * Gives a plot a new shape from a day on; the ones before stay.
 * @throws AppError `farming.plot.not_found`, `farming.plot.ended` (409), `farming.geometry.*`
 */
export async function redrawPlot(
  ctx: Ctx,
  id: string,
  input: z.input<typeof Redrawn>,
): Promise<{ version: number }> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing, { redrawn: input.from });
  const { last } = mustExist(plot, 'farming.plot');
  const given = checked(Redrawn, input);
  await lockPlot(ctx, id);
  if (last !== null) throw new AppError('farming.plot.ended', 409);
  const [newest] = await readShapes(ctx, id);
  refuseDay(ctx, given.from, newest?.validFrom ?? null);
  const geometry = soundGeometry(given.geometry, await communeBox(ctx));
  if (geometry.type === 'Point' && given.areaM2 === null) refuseField('areaM2', 'input.missing');
  const version = (newest?.version ?? 0) + 1;
  await ctx.db
    .insertInto('farming_plot_shape')
    .values(shapeRow(ctx, { ...given, geometry, plotId: id, version, validFrom: given.from }))
    .execute();
  return { version };
}

const Ending = z.object({ lastDay: Day });

/** Says on which day tea stood here last; holder, area and plantings end with it. @throws AppError `farming.plot.ended` (409) */
export async function endPlot(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  const { plot, thing } = await findThing(ctx, id);
  allow(ctx, 'farming.plot.edit', thing, { ended: input.lastDay });
  const { from, last } = mustExist(plot, 'farming.plot');
  const { lastDay } = checked(Ending, input);
  await lockPlot(ctx, id);
  if (last !== null) throw new AppError('farming.plot.ended', 409);
  if (lastDay < from) refuseField('lastDay', 'farming.backwards');
  if (lastDay > localDateOf(ctx.now)) refuseField('lastDay', 'farming.day_to_come');
  await ctx.db
    .updateTable('farming_plot')
    .set((eb) => ({ last_day: lastDay, version: eb('version', '+', 1) }))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  for (const table of ['farming_plot_holder', 'farming_plot_area', 'farming_planting'] as const) {
    // What would have begun later never does.
    await ctx.db
      .updateTable(table)
      .set((eb) => ({ last_day: eb.fn<string>('greatest', ['from_day', eb.val(lastDay)]) }))
      .where('commune_id', '=', ctx.commune.id)
      .where('plot_id', '=', id)
      .where((eb) => eb.or([eb('last_day', 'is', null), eb('last_day', '>', lastDay)]))
      .execute();
  }
}
