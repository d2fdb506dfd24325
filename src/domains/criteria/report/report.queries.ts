/** Reports with what happened to them. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import type { ReportKind } from './period.ts';

export type Act = {
  act: 'signed' | 'sent' | 'failed' | 'taken';
  name: string;
  note: string | null;
  at: Date;
};
export type ReportHead = {
  id: string;
  kind: ReportKind;
  first: LocalDate;
  last: LocalDate;
  digest: string;
  madeAt: Date;
  acts: Act[];
};
export type Report = ReportHead & { body: string };

/** The reports, the newest first. */
export async function listReports(ctx: Ctx): Promise<ReportHead[]> {
  allow(ctx, 'criteria.report.see');
  return readHeads(ctx);
}

/** The signed ones, for the higher level's key. */
export async function listSigned(ctx: Ctx): Promise<ReportHead[]> {
  allow(ctx, 'criteria.report.take', { kind: 'criteria_report' });
  return (await readHeads(ctx)).filter(({ acts }) => acts.some(({ act }) => act === 'signed'));
}

/** One report. @throws AppError `criteria.report.not_found` (404) */
export async function getReport(ctx: Ctx, id: string): Promise<Report> {
  allow(ctx, 'criteria.report.see', { kind: 'criteria_report', id });
  return reportRow(ctx, id);
}

/** One report that leaves the house as a file: audited. @throws AppError `criteria.report.not_found` (404) */
export async function openReport(ctx: Ctx, id: string): Promise<Report> {
  allow(ctx, 'criteria.report.take', { kind: 'criteria_report', id });
  return reportRow(ctx, id);
}

async function readHeads(ctx: Ctx): Promise<ReportHead[]> {
  const rows = await ctx.db
    .selectFrom('criteria_report')
    .select(['id', 'kind', 'first_day', 'last_day', 'digest', 'made_at'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('last_day', 'desc')
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const acts = await readActs(ctx);
  return rows.map((row) => ({ ...headOf(row), acts: acts.get(row.id) ?? [] }));
}

/** Without a right of its own: for the room's verbs, which have asked already. @throws AppError `criteria.report.not_found` */
export async function reportRow(ctx: Ctx, id: string): Promise<Report> {
  const found = isId(id)
    ? await ctx.db
        .selectFrom('criteria_report')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  const row = mustExist(found, 'criteria.report');
  return { ...headOf(row), body: row.body, acts: (await readActs(ctx, id)).get(id) ?? [] };
}

async function readActs(ctx: Ctx, id?: string): Promise<Map<string, Act[]>> {
  let query = ctx.db
    .selectFrom('criteria_report_act')
    .select(['report_id', 'act', 'actor_name', 'note', 'at'])
    .where('commune_id', '=', ctx.commune.id);
  if (id !== undefined) query = query.where('report_id', '=', id);
  const rows = await query.orderBy('at').orderBy('id').execute();
  const groups = Map.groupBy(rows, ({ report_id }) => report_id);
  return new Map(
    [...groups].map(([report, own]) => [
      report,
      own.map(({ act, actor_name: name, note, at }) => ({ act: act as Act['act'], name, note, at })),
    ]),
  );
}

type Row = { id: string; kind: string; first_day: string; last_day: string; digest: string; made_at: Date };

function headOf(row: Row): Omit<ReportHead, 'acts'> {
  return {
    id: row.id,
    kind: row.kind as ReportKind,
    first: localDate(row.first_day),
    last: localDate(row.last_day),
    digest: row.digest,
    madeAt: row.made_at,
  };
}
