/** The plan of a set: every indicator with who, by when, steps, money and risk. */
import { nameOfOfficial } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import type { Step } from './plan.ts';

/** The steps of a set's indicators, in the order of their days: indicator → steps. */
export async function stepsOf(ctx: Ctx, set: string): Promise<Map<string, Step[]>> {
  allow(ctx, 'criteria.board.work');
  const rows = await ctx.db
    .selectFrom('criteria_step as s')
    .leftJoin('criteria_step_end as e', (join) =>
      join.onRef('e.commune_id', '=', 's.commune_id').onRef('e.step_id', '=', 's.id'),
    )
    .select(['s.id', 's.indicator', 's.what', 's.begins_on', 's.due', 's.official_id', 's.task_id'])
    .select(['e.way', 'e.on_day', 'e.note'])
    .where('s.commune_id', '=', ctx.commune.id)
    .where('s.set_code', '=', set)
    .orderBy('s.due')
    .orderBy('s.id')
    .execute();
  const found = new Map<string, Step[]>();
  for (const row of rows) {
    const step: Step = {
      id: row.id,
      what: row.what,
      beginsOn: localDate(row.begins_on),
      due: localDate(row.due),
      official: row.official_id === null ? null : await nameOfOfficial(ctx, row.official_id),
      taskId: row.task_id,
      end:
        row.way === null
          ? null
          : { way: row.way as 'done' | 'dropped', on: localDate(row.on_day!), note: row.note },
    };
    found.set(row.indicator, [...(found.get(row.indicator) ?? []), step]);
  }
  return found;
}
