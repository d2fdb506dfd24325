import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow, type Thing } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { findArea } from '../area/area.queries.ts';
import { findThing } from '../plot/lines.queries.ts';
import { TEST_KINDS, type LabTest } from './test.ts';

const NewTest = z
  .object({
    plotId: optional(Id).default(null),
    areaId: optional(Id).default(null),
    kind: z.enum(TEST_KINDS),
    sampledOn: Day,
    laboratory: line(200),
    number: optional(line(80)).default(null),
    values: z
      .array(
        z.object({
          what: line(100),
          value: line(60),
          unit: optional(line(40)).default(null),
          limit: optional(line(60)).default(null),
        }),
      )
      .max(200, 'input.too_big')
      .default([]),
    passed: z.boolean().nullable().default(null),
    validTo: optional(Day).default(null),
    /** A wrong one that this one replaces. */
    replacesId: optional(Id).default(null),
    demo: z.boolean().default(false),
  })
  .refine(({ plotId, areaId }) => (plotId === null) !== (areaId === null), {
    message: 'farming.test.one_subject',
    path: ['plotId'],
  })
  .refine(({ sampledOn, validTo }) => validTo === null || sampledOn <= validTo, {
    message: 'farming.backwards',
    path: ['validTo'],
  });
export type NewTest = z.input<typeof NewTest>;

/** Asked before a file is kept, so that whoever may not write leaves nothing behind. @throws as {@link recordTest} */
export async function openPlotToTests(ctx: Ctx, plotId: string): Promise<void> {
  const { plot, thing } = await findThing(ctx, plotId);
  allow(ctx, 'farming.test.edit', thing);
  mustExist(plot, 'farming.plot');
}

/**
 * Writes down a laboratory's report on a plot or an area; nothing of it is changed later, a wrong one is replaced.
 * @param file what the edge took in and looked through
 * @returns its id
 * @throws AppError `farming.plot.not_found`, `farming.area.not_found`; `farming.test.replaced` (409)
 */
export async function recordTest(ctx: Ctx, input: NewTest, file: LabTest['file'] = null): Promise<string> {
  const subject = await subjectOf(ctx, input);
  allow(ctx, 'farming.test.edit', subject.thing, { kind: input.kind });
  mustExist(subject.found, input.plotId ? 'farming.plot' : 'farming.area');
  const given = checked(NewTest, input);
  if (given.sampledOn > localDateOf(ctx.now)) refuseField('sampledOn', 'farming.day_to_come');
  if (given.replacesId !== null) await refuseOther(ctx, given.replacesId, given);
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('farming_test')
    .values({
      commune_id: ctx.commune.id,
      id,
      plot_id: given.plotId,
      area_id: given.areaId,
      kind: given.kind,
      sampled_on: given.sampledOn,
      laboratory: given.laboratory,
      number: given.number,
      values: JSON.stringify(given.values),
      passed: given.passed,
      valid_to: given.validTo,
      replaces_id: given.replacesId,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
      demo: given.demo,
      ...fileColumns(file),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'replaces_id']).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) throw new AppError('farming.test.replaced', 409);
  return id;
}

/** What the test is of, for the rights: a plot with its hamlet, or an area of the commune. */
async function subjectOf(
  ctx: Ctx,
  { plotId, areaId }: Pick<NewTest, 'plotId' | 'areaId'>,
): Promise<{ found: object | undefined; thing: Thing }> {
  if (!plotId) return { found: areaId ? await findArea(ctx, areaId) : undefined, thing: { kind: 'area' } };
  const { plot, thing } = await findThing(ctx, plotId);
  return { found: plot, thing };
}

/** A replacement is of the same plot or area. */
async function refuseOther(ctx: Ctx, replacesId: string, given: z.output<typeof NewTest>): Promise<void> {
  const row = await ctx.db
    .selectFrom('farming_test')
    .select(['plot_id', 'area_id'])
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', replacesId)
    .executeTakeFirst();
  if (row?.plot_id !== given.plotId || row.area_id !== given.areaId)
    refuseField('replacesId', 'input.unknown');
}

function fileColumns(file: LabTest['file']) {
  return {
    file_hash: file?.hash ?? null,
    file_size: file?.size ?? null,
    file_type: file?.type ?? null,
    file_name: file?.name ?? null,
  };
}
