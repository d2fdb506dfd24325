/** The work queue: what is mine, what is late, what comes due; search by code, name without accents, phone. */
import { sql, type SqlBool } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { foldText, words } from '#kernel/text';
import { OPEN_STATES, STATES, type Channel, type State } from '../dossier/dossier.ts';
import { desksOf } from '../dossier/officer.ts';

export const QUEUE_VIEWS = ['mine', 'unassigned', 'open', 'late', 'due_soon', 'done', 'all'] as const;

export type QueueView = (typeof QUEUE_VIEWS)[number];

/** Orders that an index gives. `due`: the most urgent first, only among open dossiers. */
export const QUEUE_SORTS = ['due', 'filed', 'filed_up', 'code'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

export type QueueFilter = {
  view: QueueView;
  /** Code, name in any order without accents, or phone. */
  search?: string | undefined;
  procedure?: string | undefined;
  state?: State | undefined;
  hamlet?: string | undefined;
  assignee?: string | undefined;
  channel?: Channel | undefined;
  /** Left out: the most urgent first, finished ones and what was searched for newest first. */
  sort?: QueueSort | undefined;
  offset: number;
  limit: number;
};

export type QueueRow = {
  id: string;
  code: string;
  procedure_code: string;
  procedure_version: number;
  applicant_name: string;
  hamlet_id: string | null;
  channel: string;
  state: number;
  step: number;
  assignee_id: string | null;
  filed_at: Date;
  due_at: Date | null;
  step_due_at: Date | null;
  clock_stopped_at: Date | null;
  last_seq: number;
};

/** What the spreadsheet shows besides. */
export type ExportRow = QueueRow & {
  applicant_phone: string | null;
  received_at: Date | null;
  finished_at: Date | null;
  returned_at: Date | null;
};

const COLUMNS = [
  'services_dossier.id',
  'code',
  'procedure_code',
  'procedure_version',
  'applicant_name',
  'hamlet_id',
  'channel',
  'state',
  'step',
  'assignee_id',
  'filed_at',
  'due_at',
  'step_due_at',
  'clock_stopped_at',
  'last_seq',
] as const;
/** How long before the limit a dossier counts as coming due. */
const SOON_MS = 24 * 3_600_000;
/** Beyond this many the total is told as "more than". */
export const MOST_COUNTED = 10_000;

/**
 * One page of a queue, the most urgent first (finished ones: newest first).
 * @returns `total` up to {@link MOST_COUNTED}
 */
export async function workQueue(ctx: Ctx, filter: QueueFilter): Promise<{ total: number; rows: QueueRow[] }> {
  allow(ctx, 'services.dossier.list');
  const query = await filtered(ctx, filter);
  const counted = await ctx.db
    .selectFrom(query.select('services_dossier.id').limit(MOST_COUNTED).as('found'))
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await ordered(query, filter)
    .select(COLUMNS)
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return { total: Number(counted.total), rows };
}

/** The same list as a whole, up to {@link MOST_COUNTED} rows; each reading is written to the audit record. */
export async function exportQueue(ctx: Ctx, filter: QueueFilter): Promise<ExportRow[]> {
  const { view, search } = filter;
  allow(ctx, 'services.dossier.export', { kind: 'dossiers' }, { view, search: search ?? null });
  return ordered(await filtered(ctx, filter), filter)
    .select([...COLUMNS, 'applicant_phone', 'received_at', 'finished_at', 'returned_at'])
    .limit(MOST_COUNTED)
    .execute();
}

/** How many dossiers stand in a view, counted no further than needed to be told. */
export async function countQueue(ctx: Ctx, filter: Pick<QueueFilter, 'view'>, most: number): Promise<number> {
  allow(ctx, 'services.dossier.list');
  const query = await filtered(ctx, { ...filter, offset: 0, limit: 0 });
  const { total } = await ctx.db
    .selectFrom(query.select('services_dossier.id').limit(most).as('found'))
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Urgency is an order of open dossiers only: among all of them no index gives it. */
function ordered(query: Query, { view, search, sort }: QueueFilter): Query {
  const finished = view === 'done' || view === 'all';
  const usual = finished || search ? 'filed' : 'due';
  const order = finished && sort === 'due' ? usual : (sort ?? usual);
  switch (order) {
    case 'due':
      return query
        .orderBy('due_at', (o) => o.asc().nullsLast())
        .orderBy('filed_at')
        .orderBy('code');
    case 'filed':
      return query.orderBy('filed_at', 'desc').orderBy('code', 'desc');
    case 'filed_up':
      return query.orderBy('filed_at').orderBy('code');
    case 'code':
      return query.orderBy('code', 'desc');
  }
}

async function filtered(ctx: Ctx, filter: QueueFilter): Promise<Query> {
  let query = base(ctx);
  const { now } = ctx;
  if (filter.view === 'mine') {
    const { own, covered } = await desksOf(ctx);
    const desks = [...own, ...covered];
    query = desks.length > 0 ? query.where('assignee_id', 'in', desks) : query.where(sql<SqlBool>`false`);
  }
  if (filter.view === 'unassigned') query = query.where('assignee_id', 'is', null);
  if (filter.view === 'late') query = query.where('due_at', '<', now);
  if (filter.view === 'due_soon') {
    query = query.where('due_at', '>=', now).where('due_at', '<', new Date(now.getTime() + SOON_MS));
  }
  if (filter.view === 'done') query = query.where('state', '=', STATES.done);
  else if (filter.view !== 'all') query = query.where('state', 'in', OPEN_STATES);
  if (filter.state) query = query.where('state', '=', STATES[filter.state]);
  if (filter.procedure) query = query.where('procedure_code', '=', filter.procedure);
  if (filter.hamlet) query = query.where('hamlet_id', '=', filter.hamlet);
  if (filter.assignee) query = query.where('assignee_id', '=', filter.assignee);
  if (filter.channel) query = query.where('channel', '=', filter.channel);
  return filter.search ? searched(ctx, query, filter.search) : query;
}

type Query = ReturnType<typeof base>;
function base(ctx: Ctx) {
  return ctx.db.selectFrom('services_dossier').where('services_dossier.commune_id', '=', ctx.commune.id);
}

/** A phone is found whole, a code by its beginning, a name by the beginnings of its words in any order. */
function searched(ctx: Ctx, query: Query, typed: string): Query {
  const digits = typed.replaceAll(/[\s.]/g, '');
  if (/^(0|\+84)\d{9}$/.test(digits)) {
    return query.where('applicant_phone', '=', digits.replace(/^0/, '+84'));
  }
  if (/^[a-z]\d{2}[\d.]*-/i.test(typed.trim())) {
    const code = typed.trim().toUpperCase();
    return query.where('code', '>=', code).where('code', '<', `${code}\uffff`);
  }
  for (const word of words(foldText(typed)).slice(0, 6)) {
    query = query.where('services_dossier.id', 'in', (q) =>
      q
        .selectFrom('services_dossier_word')
        .select('dossier_id')
        .where('services_dossier_word.commune_id', '=', ctx.commune.id)
        .where('word', '>=', word)
        .where('word', '<', `${word}\uffff`),
    );
  }
  return query;
}
