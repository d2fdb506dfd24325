/**
 * The lists that the desk's measures count, each one query over dossiers. Event time up to the end of
 * `as_of`, as known now. `from` cuts by the event that the list is about: reception, or the decision;
 * what is in progress is a stock at the end of the day, whenever it came in.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Ctx, Db } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { MeasureQuestion } from '#kernel/measures';
import { addDays, localDate, startOfDay } from '#kernel/time';
import { dueOn, type DueTest } from './due-on.ts';
import { handlerSql } from './handler.ts';

export type DossierQuery = ReturnType<typeof base>;
export type Part = (ctx: Ctx, question: MeasureQuestion) => Promise<DossierQuery>;
type Condition = RawBuilder<SqlBool>;

/** The parts of the commune that a figure can be asked for. */
export const SCOPES = ['commune', 'procedure', 'hamlet', 'officer', 'channel'] as const;

/** Stands in a scope for the dossiers without hamlet or without officer. */
export const NONE = 'none';

/** The first moment after the day. */
export function endOf(question: MeasureQuestion): Date {
  return startOfDay(addDays(localDate(question.asOf), 1));
}

/** The moment at which the question looks: the end of its day, or now when that is still to come. */
export function momentOf(ctx: Ctx, question: MeasureQuestion): Date {
  const end = endOf(question);
  return end < ctx.now ? end : ctx.now;
}

function base(db: Db, communeId: number) {
  return db.selectFrom('services_dossier as d').where('d.commune_id', '=', communeId);
}

/** Received before the end of the day, in scope: the ground of all other lists. */
export function ground(ctx: Ctx, question: MeasureQuestion): DossierQuery {
  const known = base(ctx.db, ctx.commune.id).where('d.received_at', '<', endOf(question));
  return scoped(known, question);
}

/** Narrows to one part of the commune. @throws AppError `measures.unknown_scope` */
function scoped(query: DossierQuery, question: MeasureQuestion): DossierQuery {
  const { scope } = question;
  if (scope === 'commune') return query;
  const at = scope.indexOf(':');
  const value = scope.slice(at + 1);
  const key = keyOf(scope.slice(0, Math.max(at, 0)), question);
  if (!key || value === '') return refuse('measures.unknown_scope');
  return value === NONE ? query.where(key, 'is', null) : query.where(key, '=', value);
}

/** What tells the parts of the commune apart, in SQL; undefined for a kind that there is not. */
export function keyOf(kind: string, question: MeasureQuestion): RawBuilder<string | null> | undefined {
  if (kind === 'procedure') return sql<string>`d.procedure_code`;
  if (kind === 'channel') return sql<string>`d.channel`;
  if (kind === 'hamlet') return sql<string | null>`d.hamlet_id::text`;
  if (kind === 'officer') return handlerSql(endOf(question));
  return undefined;
}

/** An event of the period: before the end of its last day, not before its first. */
function inPeriod(column: 'd.received_at' | 'd.finished_at', question: MeasureQuestion): Condition {
  const at = sql.ref(column);
  const from = question.from ? startOfDay(localDate(question.from)) : null;
  return from
    ? sql<SqlBool>`(${at} >= ${from} and ${at} < ${endOf(question)})`
    : sql<SqlBool>`${at} < ${endOf(question)}`;
}

export const received: Part = async (ctx, question) =>
  ground(ctx, question).where(inPeriod('d.received_at', question));

const finishedAs = (question: MeasureQuestion, ...outcomes: string[]): Condition =>
  sql<SqlBool>`(d.outcome in (${sql.join(outcomes)}) and ${inPeriod('d.finished_at', question)})`;

/** Finished with a decision in the period. */
export const decided: Part = async (ctx, question) =>
  ground(ctx, question).where(finishedAs(question, 'granted', 'refused'));

export const granted: Part = async (ctx, question) =>
  ground(ctx, question).where(finishedAs(question, 'granted'));

export const refused: Part = async (ctx, question) =>
  ground(ctx, question).where(finishedAs(question, 'refused'));

/** Withdrawn by the citizen in the period. */
export const withdrawn: Part = async (ctx, question) =>
  ground(ctx, question).where(finishedAs(question, 'withdrawn'));

/** Filed by the citizen or a helper, not at the counter. */
export const filedOnline: Part = async (ctx, question) =>
  (await received(ctx, question)).where('d.channel', 'in', ['online', 'helper']);

/** Every paper is electronic: filed so, or digitised at the desk up to the day. */
export const digitised: Part = async (ctx, question) =>
  (await received(ctx, question)).where(sql<SqlBool>`not exists (${paperLeft(endOf(question))})`);

/**
 * Handled online up to the day: no paper is left that was not digitised, and no result was given only on
 * paper. The same rule as `handledOnline` of the fold; a test holds both equal.
 */
export const handledOnline: Part = async (ctx, question) =>
  (await digitised(ctx, question)).where(sql<SqlBool>`not exists (${resultOn('paper', endOf(question))})`);

/** Granted in the period with an electronic result. */
export const electronicResult: Part = async (ctx, question) =>
  (await granted(ctx, question)).where(sql<SqlBool>`exists (${resultOn('electronic', endOf(question))})`);

function paperLeft(before: Date) {
  return sql`select 1 from services_action f, jsonb_each_text(f.data -> 'papers') p
    where f.commune_id = d.commune_id and f.dossier_id = d.id and f.seq = 1 and p.value = 'paper'
      and not exists (select 1 from services_action g where g.commune_id = d.commune_id and g.dossier_id = d.id
        and g.kind = 'digitise' and g.at < ${before} and g.data -> 'papers' ? p.key)`;
}

function resultOn(medium: 'paper' | 'electronic', before: Date) {
  return sql`select 1 from services_action r where r.commune_id = d.commune_id and r.dossier_id = d.id
    and r.kind = 'decide' and r.at < ${before} and r.data ->> 'medium' = ${medium}`;
}

const IN_TIME = sql<SqlBool>`(d.due_at is null or d.finished_at <= d.due_at)`;

/** Decided by the due time, or without a limit. */
export const onTime: Part = async (ctx, question) => (await decided(ctx, question)).where(IN_TIME);

/** Decided on a day before the day it was due. */
export const early: Part = async (ctx, question) =>
  (await decided(ctx, question)).where(
    sql<SqlBool>`(d.finished_at at time zone 'Asia/Ho_Chi_Minh')::date < (d.due_at at time zone 'Asia/Ho_Chi_Minh')::date`,
  );

/** Decided after the due time. */
export const late: Part = async (ctx, question) =>
  (await decided(ctx, question)).where(sql<SqlBool>`d.finished_at > d.due_at`);

const unfinished = (question: MeasureQuestion): Condition =>
  sql<SqlBool>`(d.finished_at is null or d.finished_at >= ${endOf(question)})`;

/** Received and not finished at the end of the day. */
export const inProgress: Part = async (ctx, question) => ground(ctx, question).where(unfinished(question));

async function inProgressDue(ctx: Ctx, question: MeasureQuestion, test: DueTest): Promise<DossierQuery> {
  const query = await inProgress(ctx, question);
  return query.where(await dueOn(ctx, query, endOf(question), test));
}

/** In progress, and the due time had passed at the end of the day (or by now, for today). */
export const overdue: Part = (ctx, question) =>
  inProgressDue(ctx, question, { before: momentOf(ctx, question) });

const SOON_MS = 24 * 3_600_000;

/** In progress, and due within the next 24 hours. */
export const dueSoon: Part = (ctx, question) => {
  const from = momentOf(ctx, question);
  return inProgressDue(ctx, question, { from, before: new Date(from.getTime() + SOON_MS) });
};

/** In progress, or decided in the period: the denominator of the progress index of QĐ 766/QĐ-TTg. */
export const worked: Part = async (ctx, question) =>
  ground(ctx, question).where(
    sql<SqlBool>`(${finishedAs(question, 'granted', 'refused')} or ${unfinished(question)})`,
  );

/** Decided in time in the period, or in progress and not overdue: its numerator. */
export const onSchedule: Part = async (ctx, question) => {
  const query = await worked(ctx, question);
  const overdueNow = await dueOn(ctx, await inProgress(ctx, question), endOf(question), {
    before: momentOf(ctx, question),
  });
  const open = unfinished(question);
  return query.where(
    sql<SqlBool>`((${open} and (${overdueNow}) is not true) or (not ${open} and ${IN_TIME}))`,
  );
};
