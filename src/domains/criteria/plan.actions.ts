/** Who answers for an indicator, by when; pilot models and their money. */
import { z } from 'zod';
import { nameOfOfficial } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { RISKS } from './plan/plan.ts';
import { planTask, textOf, type Place } from './plan/task.ts';

const Assignment = z.object({
  officialId: Id,
  /** Officials who help. */
  coWorkers: z.array(Id).max(30, 'input.too_big').default([]),
  /** The work whose money it is done with. */
  workId: optional(Id).default(null),
  risk: optional(line(500)).default(null),
  riskLevel: optional(z.enum(RISKS)).default(null),
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
  place: Place,
  input: z.input<typeof Assignment>,
): Promise<string> {
  allow(ctx, 'criteria.plan.assign', { kind: 'criteria_indicator', id: `${place.set}/${place.indicator}` });
  const given = checked(Assignment, input);
  const text = await textOf(ctx, place);
  await refuseStrangers(ctx, given);
  const { officialId: assignee, coWorkers, deadline: due, steps: detail } = given;
  const title = `${place.indicator} ${text.vi}`;
  const asked = { title, detail, assignee, due, with: coWorkers.filter((one) => one !== assignee) };
  const taskId = given.task ? await planTask(ctx, place, asked) : null;
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_assignment')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: place.set,
      indicator: place.indicator,
      official_id: assignee,
      co_workers: coWorkers,
      work_id: given.workId,
      risk: given.risk,
      risk_level: given.riskLevel,
      deadline: due,
      steps: detail,
      task_id: taskId,
      assigned_by: actorId(ctx.actor),
      assigned_at: ctx.now,
    })
    .execute();
  return id;
}

type Named = { officialId: string; coWorkers: string[]; workId: string | null };

/** Whoever is named is an official of this commune, and the work is one of its own. */
async function refuseStrangers(ctx: Ctx, { officialId, coWorkers, workId }: Named): Promise<void> {
  if ((await nameOfOfficial(ctx, officialId)) === null)
    refuseField('officialId', 'criteria.assignment.no_official');
  for (const one of coWorkers)
    if ((await nameOfOfficial(ctx, one)) === null)
      refuseField('coWorkers', 'criteria.assignment.no_official');
  if (workId === null) return;
  const work = await ctx.db
    .selectFrom('criteria_work')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', workId)
    .executeTakeFirst();
  if (!work) refuseField('workId', 'input.unknown');
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
