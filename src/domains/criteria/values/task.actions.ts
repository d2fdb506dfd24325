/** One click from what is missing to a task of the office. */
import { getHamlet } from '#domain/commune';
import { giveTask } from '#domain/office';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { m } from '#i18n/messages';
import { lineNow, type Place } from './line.ts';
import { assignmentsOf } from '../plan.queries.ts';
import { gapWords } from '../words.ts';
import { missingOf } from './missing.ts';

/** Without a deadline that is still to come. */
const DAYS = 10;

/**
 * Gives whoever answers for an indicator the task to bring what is missing, in one hamlet or everywhere. @returns its id
 * @throws AppError `criteria.indicator.not_found`, `criteria.assignment.nobody` (409), `refused`
 */
export async function giveTaskForMissing(
  ctx: Ctx,
  { set, indicator }: Pick<Place, 'set' | 'indicator'>,
  hamletId: string | null = null,
): Promise<string> {
  allow(ctx, 'criteria.board.work', { kind: 'criteria_indicator', id: `${set}/${indicator}` });
  const line = await lineNow(ctx, { set, indicator });
  const named = (await assignmentsOf(ctx, set)).get(indicator);
  if (!named) refuse('criteria.assignment.nobody', 409);
  const today = localDateOf(ctx.now);
  const due = named.deadline && named.deadline >= today ? { due: named.deadline } : { dueDays: DAYS };
  const hamlet = hamletId === null ? null : await getHamlet(ctx, hamletId);
  const short = hamlet && (await missingOf(ctx, line, { asOf: today, hamletId: null }))?.hamlets;
  const there = short?.find(({ id }) => id === hamletId);
  const what = there
    ? m.criteria_missing_in({ hamlet: hamlet!.name, records: there.records, of: there.of }, { locale: 'vi' })
    : gapWords(line, 'vi');
  return giveTask(ctx, {
    title: [`${indicator} ${line.indicator.text.vi}`.slice(0, 200), what].filter(Boolean).join(': '),
    detail: named.steps,
    source: 'indicator',
    sourceId: `${set}/${indicator}`,
    assignee: named.officialId,
    ...due,
  });
}
