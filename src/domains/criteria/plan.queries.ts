import { namesOfOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import type { Risk } from './plan/plan.ts';

export type Assignment = {
  indicator: string;
  officialId: string;
  official: string;
  /** Names of those who help, and their ids. */
  coWorkers: string[];
  coWorkerIds: string[];
  workId: string | null;
  risk: string | null;
  riskLevel: Risk | null;
  /** The day of the naming. */
  from: LocalDate;
  deadline: LocalDate | null;
  steps: string | null;
  taskId: string | null;
};

/** The latest naming of each indicator of a set: indicator → who, by when. */
export async function assignmentsOf(ctx: Ctx, set: string): Promise<Map<string, Assignment>> {
  allow(ctx, 'criteria.board.work');
  const rows = await ctx.db
    .selectFrom('criteria_assignment')
    .selectAll()
    .distinctOn('indicator')
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', set)
    .orderBy('indicator')
    .orderBy('assigned_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const names = await namesOfOfficials(ctx);
  return new Map(
    rows.map((row) => [
      row.indicator,
      {
        indicator: row.indicator,
        officialId: row.official_id,
        official: names.get(row.official_id) ?? '–',
        coWorkers: row.co_workers.map((id) => names.get(id) ?? '–'),
        coWorkerIds: row.co_workers,
        workId: row.work_id,
        risk: row.risk,
        riskLevel: row.risk_level as Risk | null,
        from: localDateOf(row.assigned_at),
        deadline: row.deadline === null ? null : localDate(row.deadline),
        steps: row.steps,
        taskId: row.task_id,
      },
    ]),
  );
}

export type Pilot = {
  code: string;
  title: { vi: string; en: string };
  lifts: string[];
  source: string;
  decidedOn: LocalDate;
  /** Whole đồng by where the money comes from. */
  state: bigint;
  other: bigint;
};

/** The pilot models with their money, in order: public. @param asOf those only that were decided on by that day */
export async function listPilots(ctx: Ctx, asOf?: LocalDate): Promise<Pilot[]> {
  allow(ctx, 'criteria.board.see');
  let query = ctx.db.selectFrom('criteria_pilot').selectAll().where('commune_id', '=', ctx.commune.id);
  if (asOf !== undefined) query = query.where('decided_on', '<=', asOf);
  const pilots = await query.orderBy('code').execute();
  const lines = await ctx.db
    .selectFrom('criteria_pilot_line')
    .select(['pilot_code', 'source', 'amount_dong'])
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  const sum = (code: string, source: string) =>
    lines
      .filter((one) => one.pilot_code === code && one.source === source)
      .reduce((total, one) => total + one.amount_dong, 0n);
  return pilots.map((row) => ({
    code: row.code,
    title: { vi: row.title_vi, en: row.title_en },
    lifts: row.lifts,
    source: row.source,
    decidedOn: localDate(row.decided_on),
    state: sum(row.code, 'state'),
    other: sum(row.code, 'other'),
  }));
}
