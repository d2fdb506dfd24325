/** Steps of an indicator's plan: entered, then done or dropped. Nothing of them is changed. */
import { z } from 'zod';
import { nameOfOfficial } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { planTask, textOf, type Place } from './task.ts';

const Step = z.object({
  what: line(300),
  beginsOn: Day,
  due: Day,
  officialId: optional(Id).default(null),
  /** Also gives the official a task of the office, due on the step's day. */
  task: z.boolean().default(false),
});

/**
 * Adds a step to an indicator's plan. @returns its id
 * @throws AppError `criteria.indicator.not_found`, `criteria.assignment.no_official`, `criteria.set.days_reversed`
 */
export async function addStep(ctx: Ctx, place: Place, input: z.input<typeof Step>): Promise<string> {
  allow(ctx, 'criteria.plan.assign', { kind: 'criteria_indicator', id: `${place.set}/${place.indicator}` });
  const { what, beginsOn, due, officialId, task } = checked(Step, input);
  if (due < beginsOn) refuseField('due', 'criteria.set.days_reversed');
  await textOf(ctx, place);
  if (officialId !== null && (await nameOfOfficial(ctx, officialId)) === null)
    refuseField('officialId', 'criteria.assignment.no_official');
  if (task && officialId === null) refuseField('officialId', 'input.missing');
  const asked = { title: `${place.indicator} ${what}`, assignee: officialId ?? '', due };
  const taskId = task ? await planTask(ctx, place, asked) : null;
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_step')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: place.set,
      indicator: place.indicator,
      what,
      begins_on: beginsOn,
      due,
      official_id: officialId,
      task_id: taskId,
      entered_by: actorId(ctx.actor),
      entered_at: ctx.now,
    })
    .execute();
  return id;
}

const End = z.object({
  way: z.enum(['done', 'dropped']),
  onDay: Day,
  note: optional(line(300)).default(null),
});

/**
 * Says that a step was done, or is no longer needed: then with a note.
 * @throws AppError `criteria.step.not_found` (404), `criteria.step.ended` (409)
 */
export async function endStep(ctx: Ctx, id: string, input: z.input<typeof End>): Promise<void> {
  allow(ctx, 'criteria.plan.work', { kind: 'criteria_step', id });
  const { way, onDay, note } = checked(End, input);
  if (onDay > localDateOf(ctx.now)) refuseField('onDay', 'criteria.value.day_to_come');
  if (way === 'dropped' && note === null) refuseField('note', 'input.missing');
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_step')
        .select('id')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  mustExist(row, 'criteria.step');
  const ended = await ctx.db
    .insertInto('criteria_step_end')
    .values({
      commune_id: ctx.commune.id,
      step_id: id,
      way,
      on_day: onDay,
      note,
      entered_by: actorId(ctx.actor),
      entered_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (ended.numInsertedOrUpdatedRows !== 1n) throw new AppError('criteria.step.ended', 409);
}
