/** What a new plot is given as, and how it is kept. */
import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { localDateOf } from '#kernel/time';
import { CULTIVAR_CODES } from './cultivar.ts';
import type { EnteringPlot } from './enter.ts';
import type { Box } from './geometry.ts';
import { GeometryInput, soundGeometry } from './geometry-form.ts';
import { IRRIGATIONS, MADE_BY } from './plot.ts';

export const Described = z.object({
  name: optional(line(100)).default(null),
  slopeDeg: z.int().min(0).max(60).nullable().default(null),
  irrigation: z.enum(IRRIGATIONS).nullable().default(null),
  note: optional(lines(1000)).default(null),
});

export const Drawn = z.object({
  /** GeoJSON, WGS 84, longitude first. */
  geometry: GeometryInput,
  /** Of a point only: whole square metres as stated. */
  areaM2: z.int().min(1).max(100_000_000).nullable().default(null),
  accuracyM: z.number().min(0).max(10_000).nullable().default(null),
  madeBy: z.enum(MADE_BY),
  source: z
    .object({ name: line(200), row: z.int().min(1).nullable().default(null) })
    .nullable()
    .default(null),
});

export const NewPlot = Described.extend(Drawn.shape).extend({
  hamletId: Id,
  householdId: optional(Id).default(null),
  producerId: optional(Id).default(null),
  areaId: optional(Id).default(null),
  /** The day on which tea stood here first, as far as the register knows. */
  from: Day,
  cultivar: z.enum(CULTIVAR_CODES).nullable().default(null),
  plantedYear: z.int().min(1900).max(2200).nullable().default(null),
  /** Made by the sender: the same plot sent twice is one plot. */
  clientId: optional(Id).default(null),
  demo: z.boolean().default(false),
});
export type NewPlot = z.input<typeof NewPlot>;

/** A checked plot with the geometry that is kept. @throws AppError `input.invalid`, `farming.geometry.*` */
export function sound(ctx: Ctx, given: z.output<typeof NewPlot>, box: Box | null): EnteringPlot {
  if (given.from > localDateOf(ctx.now)) refuseField('from', 'farming.day_to_come');
  if (given.plantedYear !== null && given.cultivar === null) refuseField('cultivar', 'input.missing');
  const geometry = soundGeometry(given.geometry, box);
  if (geometry.type === 'Point' && given.areaM2 === null) refuseField('areaM2', 'input.missing');
  return { ...given, geometry };
}
