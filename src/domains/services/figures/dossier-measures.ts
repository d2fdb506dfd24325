/**
 * The desk's measures. Each is one query over dossiers: the number is its count and the list is its rows, so
 * both can only agree. Event time up to the end of `as_of`, as known now.
 */
import { sql, type SqlBool } from 'kysely';
import type { Ctx, Db } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { Measure, MeasurePart, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { endOfDay, localDate, startOfDay } from '#kernel/time';
import { getProcedureVersion } from '../procedure.queries.ts';
import { STATES } from '../dossier/dossier.ts';

export type DossierQuery = ReturnType<typeof received>;
export type Part = (ctx: Ctx, question: MeasureQuestion) => DossierQuery;

/** First moment after the day. */
export function endOf(question: MeasureQuestion): Date {
  return new Date(endOfDay(localDate(question.asOf)).getTime());
}

/** Dossiers received up to the day, in scope: the ground of all other lists. */
export function received(ctx: Ctx, question: MeasureQuestion) {
  const until = endOf(question);
  return scoped(
    base(ctx.db, ctx.commune.id)
      .where('d.received_at', '<=', until)
      .$if(question.from !== undefined, (q) =>
        q.where('d.received_at', '>=', startOfDay(localDate(question.from!))),
      ),
    question.scope,
  );
}

function base(db: Db, communeId: number) {
  return db.selectFrom('services_dossier as d').where('d.commune_id', '=', communeId);
}

type Base = ReturnType<typeof base>;

/** Narrows to one part of the commune. @throws AppError `measures.unknown_scope` */
function scoped(query: Base, scope: string): Base {
  const [kind, value = ''] = splitOnce(scope);
  switch (kind) {
    case 'commune':
      return query;
    case 'procedure':
      return query.where('d.procedure_code', '=', value);
    case 'channel':
      return query.where('d.channel', '=', value);
    case 'hamlet':
      return query.where(sql`d.hamlet_id::text`, '=', value);
    case 'officer':
      return query.where(sql`d.assignee_id::text`, '=', value);
    default:
      return refuse('measures.unknown_scope');
  }
}

function splitOnce(scope: string): string[] {
  const at = scope.indexOf(':');
  return at < 0 ? [scope] : [scope.slice(0, at), scope.slice(at + 1)];
}

/** Finished with a decision up to the day. */
export const decided: Part = (ctx, question) =>
  received(ctx, question)
    .where('d.finished_at', '<=', endOf(question))
    .where('d.outcome', 'in', ['granted', 'refused']);

/** Filed by the citizen or a helper, not at the counter. */
export const filedOnline: Part = (ctx, question) =>
  received(ctx, question).where('d.channel', 'in', ['online', 'helper']);

/**
 * Handled online up to the day: no paper is left that was not digitised, and no result was given only on
 * paper. The same rule as `handledOnline` of the fold; a test holds both equal.
 */
export const handledOnline: Part = (ctx, question) => {
  const until = endOf(question);
  return received(ctx, question)
    .where(sql<SqlBool>`not exists (${paperLeft(until)})`)
    .where(sql<SqlBool>`not exists (${paperResult(until)})`);
};

function paperLeft(until: Date) {
  return sql`select 1 from services_action f, jsonb_each_text(f.data -> 'papers') p
    where f.commune_id = d.commune_id and f.dossier_id = d.id and f.seq = 1 and p.value = 'paper'
      and not exists (select 1 from services_action g where g.commune_id = d.commune_id and g.dossier_id = d.id
        and g.kind = 'digitise' and g.at <= ${until} and g.data -> 'papers' ? p.key)`;
}

function paperResult(until: Date) {
  return sql`select 1 from services_action r where r.commune_id = d.commune_id and r.dossier_id = d.id
    and r.kind = 'decide' and r.at <= ${until} and r.data ->> 'medium' = 'paper'`;
}

/** Decided by the due time, or without a limit. */
export const onTime: Part = (ctx, question) =>
  decided(ctx, question).where(sql<SqlBool>`(d.due_at is null or d.finished_at <= d.due_at)`);

/** Decided on a day before the day it was due. */
export const early: Part = (ctx, question) =>
  decided(ctx, question).where(
    sql<SqlBool>`(d.finished_at at time zone 'Asia/Ho_Chi_Minh')::date < (d.due_at at time zone 'Asia/Ho_Chi_Minh')::date`,
  );

/** Decided after the due time. */
export const late: Part = (ctx, question) =>
  decided(ctx, question).where(sql<SqlBool>`d.finished_at > d.due_at`);

/** Received and not finished at the end of the day. */
export const inProgress: Part = (ctx, question) =>
  received(ctx, question).where((q) =>
    q.or([q('d.finished_at', 'is', null), q('d.finished_at', '>', endOf(question))]),
  );

/** In progress, and the due time had passed at the end of the day (or by now, for today). */
export const overdue: Part = (ctx, question) => {
  const end = endOf(question);
  return inProgress(ctx, question).where('d.due_at', '<', end < ctx.now ? end : ctx.now);
};

/** Withdrawn by the citizen up to the day. */
export const withdrawn: Part = (ctx, question) =>
  received(ctx, question).where('d.outcome', '=', 'withdrawn').where('d.finished_at', '<=', endOf(question));

type Spec = Pick<Measure, 'name' | 'title' | 'meaning'> & {
  of: Part;
  among?: Part;
  audience?: Measure['audience'];
};

const SCOPES = ['commune', 'procedure', 'hamlet', 'officer', 'channel'] as const;

/** A count, or the share of `of` among `among`. */
export function dossierMeasure({ of, among, audience = 'public', ...words }: Spec): Measure {
  const parts: Record<MeasurePart, Part> = { numerator: of, denominator: among ?? of };
  return {
    ...words,
    unit: among ? 'share' : 'count',
    scopes: SCOPES,
    audience,
    compute: async (ctx, question) => {
      allow(ctx, 'services.figures.see');
      const numerator = await count(of(ctx, question));
      if (!among) return { numerator, denominator: null, value: numerator };
      const denominator = await count(among(ctx, question));
      return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
    },
    list: async (ctx, question, part, page) => {
      allow(ctx, 'services.figures.see');
      const query = parts[part](ctx, question);
      return { total: await count(query), records: await records(ctx, query, page) };
    },
  };
}

export async function count(query: DossierQuery): Promise<number> {
  const { total } = await query.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

/** The rows as the reader may see them: officials with code and link, strangers by procedure and day only. */
export async function records(
  ctx: Ctx,
  query: DossierQuery,
  page: { offset: number; limit: number },
): Promise<MeasureRecord[]> {
  const rows = await query
    .select([
      'd.id',
      'd.code',
      'd.procedure_code',
      'd.procedure_version',
      'd.received_at',
      'd.finished_at',
      'd.due_at',
    ])
    .select(['d.channel', 'd.state'])
    .orderBy('d.received_at', 'desc')
    .orderBy('d.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const open = may(ctx, 'services.dossier.list');
  const names = Object.fromEntries(Object.entries(STATES).map(([name, number]) => [number, name]));
  return Promise.all(
    rows.map(async (row, at) => {
      const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
      const name = procedure.name[ctx.locale];
      return {
        id: open ? row.id : String(page.offset + at + 1),
        at: row.received_at!,
        label: open ? `${row.code} · ${name}` : name,
        href: open ? `/services/staff/${row.id}` : null,
        columns: { channel: row.channel, state: names[row.state] ?? '' },
      };
    }),
  );
}
