/** What the verbs of this folder refuse alike. */
import { findHamlet } from '#domain/commune';
import { getProducer } from '#domain/producers';
import { householdRefs } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { refuseField } from '#kernel/input';
import { localDateOf, type LocalDate } from '#kernel/time';
import { findArea } from '../area/area.queries.ts';
import { holdsOn } from '#kernel/span';

/** @throws AppError `input.invalid` for a hamlet that this commune does not have */
export async function refuseForeignHamlet(ctx: Ctx, hamletId: string): Promise<void> {
  if (!(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
}

type Holding = { householdId: string | null; producerId: string | null };

/**
 * A plot has one holder at most, and one that the writer may see: who looks after one hamlet gives plots to its
 * households only. @throws AppError `input.invalid`
 */
export async function refuseForeignHolders(ctx: Ctx, plots: readonly Holding[]): Promise<void> {
  if (plots.some(({ householdId, producerId }) => householdId !== null && producerId !== null))
    refuseField('producerId', 'farming.plot.two_holders');
  const households = [...new Set(plots.flatMap(({ householdId }) => householdId ?? []))];
  if (households.length > 0 && (await householdRefs(ctx, { ids: households })).length < households.length)
    refuseField('householdId', 'input.unknown');
  for (const id of new Set(plots.flatMap(({ producerId }) => producerId ?? []))) await seeProducer(ctx, id);
}

/** @throws AppError `input.invalid` for a producer that is not in the register */
export async function seeProducer(ctx: Ctx, id: string): Promise<void> {
  await getProducer(ctx, id).catch((thrown: unknown) => {
    if (isAppError(thrown) && thrown.status === 404) refuseField('producerId', 'input.unknown');
    throw thrown;
  });
}

/** @throws AppError `input.invalid` for an area that there is not on that day */
export async function refuseForeignArea(ctx: Ctx, areaId: string | null, day: LocalDate): Promise<void> {
  if (areaId === null) return;
  const area = await findArea(ctx, areaId);
  if (!area || !holdsOn(area, day)) refuseField('areaId', 'input.unknown');
}

/** Days do not run backwards and do not lie ahead. @throws AppError `input.invalid` at `from` */
export function refuseDay(ctx: Ctx, from: LocalDate, before: LocalDate | null): void {
  if (from > localDateOf(ctx.now)) refuseField('from', 'farming.day_to_come');
  if (before !== null && from < before) refuseField('from', 'farming.backwards');
}

/** One writer of a plot's history after the other. */
export async function lockPlot(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .selectFrom('farming_plot')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}
