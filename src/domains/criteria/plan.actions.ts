/** Who answers for an indicator, by when; pilot models and their money. */
import { z } from 'zod';
import { giveTask } from '#domain/office';
import { nameOfOfficial } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { setOn } from './set.queries.ts';
import { indicatorsOf } from './set.ts';

const Assignment = z.object({
  officialId: Id,
  deadline: optional(Day).default(null),
  steps: optional(lines(2000)).default(null),
  /** Also gives the official a task of the office, due on the deadline. */
  task: z.boolean().default(false),
});

/**
 * Names the official who answers for an indicator; the latest naming counts. @returns its id
 * @throws AppError `criteria.indicator.not_found`, `criteria.assignment.no_official`
 */
export async function assignIndicator(
  ctx: Ctx,
  place: { set: string; indicator: string },
  input: z.input<typeof Assignment>,
): Promise<string> {
  const { set, indicator } = place;
  allow(ctx, 'criteria.plan.assign', { kind: 'criteria_indicator', id: `${set}/${indicator}` });
  const { officialId, deadline, steps, task } = checked(Assignment, input);
  const found = await setOn(ctx, set, localDateOf(ctx.now));
  const { text } = mustExist(
    found && indicatorsOf(found.set).find(({ code }) => code === indicator),
    'criteria.indicator',
  );
  if ((await nameOfOfficial(ctx, officialId)) === null)
    throw new AppError('input.invalid', 422, {}, { officialId: 'criteria.assignment.no_official' });
  const taskId = task
    ? await giveTask(ctx, {
        title: `${indicator} ${text.vi}`,
        detail: steps,
        source: 'indicator',
        sourceId: `${set}/${indicator}`,
        assignee: officialId,
        due: deadline,
      })
    : null;
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_assignment')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: set,
      indicator,
      official_id: officialId,
      deadline,
      steps,
      task_id: taskId,
      assigned_by: actorId(ctx.actor),
      assigned_at: ctx.now,
    })
    .execute();
  return id;
}

const Pilot = z.object({
  code: z.string().regex(/^[a-z0-9-]{1,20}$/, 'input.invalid'),
  titleVi: line(300),
  titleEn: line(300),
  source: line(300),
  lifts: z.array(z.string().max(20)).max(100),
  /** From when on it is part of the plan. */
  decidedOn: Day,
  lines: z
    .array(z.object({ source: z.enum(['state', 'other']), what: line(300), amount: z.bigint().positive() }))
    .max(50),
});

/** Enters a pilot model with its budget, line by line, and the indicators that it is to lift. */
export async function addPilot(ctx: Ctx, input: z.input<typeof Pilot>): Promise<void> {
  allow(ctx, 'criteria.plan.fund', { kind: 'criteria_pilot', id: String(input.code) });
  const given = checked(Pilot, input);
  await ctx.db
    .insertInto('criteria_pilot')
    .values({
      commune_id: ctx.commune.id,
      code: given.code,
      title_vi: given.titleVi,
      title_en: given.titleEn,
      lifts: given.lifts,
      source: given.source,
      decided_on: given.decidedOn,
    })
    .execute();
  for (const { source, what, amount } of given.lines)
    await ctx.db
      .insertInto('criteria_pilot_line')
      .values({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        pilot_code: given.code,
        source,
        what,
        amount_dong: amount,
      })
      .execute();
}
