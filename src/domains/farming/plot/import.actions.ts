import { z } from 'zod';
import { communeBox } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError, isAppError, type ErrorParams } from '#kernel/errors';
import { checked } from '#kernel/input';
import { allow } from '#kernel/rights';
import { findArea } from '../area/area.queries.ts';
import { enterPlots, type Entered, type EnteringPlot } from './enter.ts';
import { refuseForeignHamlet, refuseForeignHolders } from './guards.ts';
import { NewPlot, sound } from './new-plot.ts';

/** Plots of one file; a commune of some thousand hectares has fewer. */
const MOST_PLOTS = 5_000;

const Rows = z.array(NewPlot).min(1, 'input.missing').max(MOST_PLOTS, 'input.too_big');

/**
 * Writes many plots: all of them or none. Who looks after one hamlet brings in plots of that hamlet only.
 * @returns id and code of each, in the order given
 * @throws AppError `farming.import.faults` (422): `fields` and `fieldParams` name every fault by `<row from 0>.<field>`
 */
export async function importPlots(ctx: Ctx, rows: readonly NewPlot[]): Promise<Entered[]> {
  const [first = null, ...others] = [...new Set(rows.map(({ hamletId }) => hamletId))];
  allow(ctx, 'farming.plot.import', { kind: 'plot', hamlet_id: first }, { rows: rows.length });
  for (const hamlet_id of others) allow(ctx, 'farming.plot.import', { kind: 'plot', hamlet_id });
  const given = checked(Rows, rows);
  for (const hamletId of [first, ...others]) if (hamletId !== null) await refuseForeignHamlet(ctx, hamletId);
  await refuseForeignHolders(ctx, given);
  await refuseForeignAreas(ctx, given);
  return enterPlots(ctx, await soundRows(ctx, given));
}

async function soundRows(ctx: Ctx, given: z.output<typeof Rows>): Promise<EnteringPlot[]> {
  const box = await communeBox(ctx);
  const fields: Record<string, string> = {};
  const params: Record<string, ErrorParams> = {};
  const plots: EnteringPlot[] = [];
  for (const [row, plot] of given.entries()) {
    try {
      plots.push(sound(ctx, plot, box));
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      for (const [field, code] of Object.entries(thrown.fields)) fields[`${row}.${field}`] = code;
      for (const [field, words] of Object.entries(thrown.fieldParams)) params[`${row}.${field}`] = words;
    }
  }
  const faults = given.length - plots.length;
  if (faults > 0) throw new AppError('farming.import.faults', 422, { faults }, fields, params);
  return plots;
}

async function refuseForeignAreas(ctx: Ctx, given: z.output<typeof Rows>): Promise<void> {
  for (const areaId of new Set(given.flatMap((plot) => plot.areaId ?? []))) {
    const area = await findArea(ctx, areaId);
    const row = given.findIndex((plot) => plot.areaId === areaId && (!area || plot.from < area.from));
    const code = 'input.unknown';
    if (row >= 0)
      throw new AppError('farming.import.faults', 422, { faults: 1 }, { [`${row}.areaId`]: code });
  }
}
