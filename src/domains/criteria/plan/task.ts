/** What verbs of the plan share: the indicator that is meant, and a task of the office for it. */
import { giveTask, type NewTask } from '#domain/office';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import { setOn } from '../set.queries.ts';
import { indicatorsOf } from '../set.ts';

export type Place = { set: string; indicator: string };

/** The text of an indicator of the version in force. @throws AppError `criteria.indicator.not_found` (404) */
export async function textOf(ctx: Ctx, { set, indicator }: Place): Promise<{ vi: string; en: string }> {
  const found = await setOn(ctx, set, localDateOf(ctx.now));
  const indicators = found ? indicatorsOf(found.set) : [];
  return mustExist(
    indicators.find(({ code }) => code === indicator),
    'criteria.indicator',
  ).text;
}

/** Gives a task that names the indicator as where it comes from. @returns its id */
export function planTask(ctx: Ctx, { set, indicator }: Place, task: NewTask): Promise<string> {
  return giveTask(ctx, { ...task, source: 'indicator', sourceId: `${set}/${indicator}` });
}
