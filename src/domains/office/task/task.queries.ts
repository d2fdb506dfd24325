/** Lists of tasks: what is mine, what I gave, what is late, by unit; search without accents. */
import { sql, type SqlBool } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow, may, type Thing } from '#kernel/rights';
import { officialsById, ownDesks, ownHamlet } from '../people.ts';
import { askedIds, partOf } from '../asked.ts';
import { isAllowed, TASK_FORM_MOVES, type TaskFormMove, type TaskMove } from './moves.ts';
import { loadTask, thingFor, type LoadedTask } from './record.ts';
import type { TaskState } from './task.ts';

export const TASK_VIEWS = ['mine', 'given', 'open', 'late', 'closed'] as const;
export type TaskView = (typeof TASK_VIEWS)[number];

export type TaskFilter = {
  view: TaskView;
  search?: string | undefined;
  official?: string | undefined;
  unit?: string | undefined;
  state?: TaskState | undefined;
  source?: string | undefined;
  offset: number;
  limit: number;
};

const COLUMNS = [
  'id',
  'title',
  'source',
  'assignee_id',
  'giver_id',
  'unit',
  'urgency',
  'state',
  'progress',
  'due_at',
  'made_at',
  'finished_at',
] as const;
export type TaskRow = Awaited<ReturnType<typeof rowsOf>>[number];

export const MOST_TASKS = 10_000;
const OPEN = ['given', 'doing', 'reported'];

/** One page of a list, the most urgent first (closed ones: newest first). */
export async function listTasks(ctx: Ctx, filter: TaskFilter): Promise<{ total: number; rows: TaskRow[] }> {
  const desks = await ownDesks(ctx);
  if (!may(ctx, 'office.task.list')) return ownTasks(ctx, { ...filter, view: ownView(filter.view) });
  allow(ctx, 'office.task.list');
  const { total } = await filtered(ctx, filter, desks)
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { total: Number(total), rows: await rowsOf(filtered(ctx, filter, desks), filter) };
}

/** The tasks that an official of a hamlet works on: nobody else's, whatever is asked for. */
async function ownTasks(ctx: Ctx, filter: TaskFilter): Promise<{ total: number; rows: TaskRow[] }> {
  const own = await ownHamlet(ctx);
  allow(ctx, 'office.task.list', { hamlet_id: own.hamletId });
  const query = () => filtered(ctx, filter, own.desks).where('id', 'in', partOf(ctx, own.desks));
  const { total } = await query()
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return { total: Number(total), rows: await rowsOf(query(), filter) };
}

/** What a list of one's own can show: there are no tasks that one gave. */
function ownView(view: TaskView): TaskView {
  return view === 'given' ? 'mine' : view;
}

/** The same list as a whole; each reading is written to the audit record. */
export async function exportTasks(ctx: Ctx, filter: TaskFilter): Promise<TaskRow[]> {
  allow(ctx, 'office.task.export', { kind: 'tasks' }, { view: filter.view });
  return rowsOf(filtered(ctx, filter, await ownDesks(ctx)), { ...filter, offset: 0, limit: MOST_TASKS });
}

/** A task as a reader sees it, with what he may do with it now. */
export type ViewedTask = LoadedTask & { thing: Thing; moves: TaskFormMove[]; mayAttach: boolean };

/** One task with its history. @throws AppError `office.task.not_found` (404) */
export async function viewTask(ctx: Ctx, id: string): Promise<ViewedTask> {
  const loaded = await loadTask(ctx, id);
  const officials = await officialsById(ctx);
  const thing = thingFor(loaded, 'comment', officials);
  allow(ctx, 'office.task.view', thing);
  const can = (kind: TaskMove) =>
    isAllowed(loaded.task.state, kind) && may(ctx, `office.task.${kind}`, thingFor(loaded, kind, officials));
  return { ...loaded, thing, moves: TASK_FORM_MOVES.filter(can), mayAttach: can('attach') };
}

/** The tasks that come from a document, dossier, entry or indicator. */
export async function tasksFrom(ctx: Ctx, source: string, id: string): Promise<TaskRow[]> {
  allow(ctx, 'office.task.list');
  return rowsOf(base(ctx).where('source', '=', source).where('source_id', '=', id), {
    view: 'open',
    offset: 0,
    limit: 50,
  });
}

/** What one part of the commune has on its desks. */
export type UnitLoad = { unit: string; open: number; late: number; reported: number };

/** Open, late and reported tasks of each unit, the one with most late first. */
export async function loadByUnit(ctx: Ctx): Promise<UnitLoad[]> {
  allow(ctx, 'office.task.list');
  const late = sql<bigint>`count(*) filter (where state in ('given', 'doing') and due_at < ${ctx.now})`;
  const rows = await base(ctx)
    .where('state', 'in', OPEN)
    .select('unit')
    .select((q) => q.fn.countAll<bigint>().as('open'))
    .select(late.as('late'))
    .select(sql<bigint>`count(*) filter (where state = 'reported')`.as('reported'))
    .groupBy('unit')
    .orderBy(late, 'desc')
    .orderBy('unit')
    .execute();
  return rows.map(({ unit, open, late: behind, reported }) => ({
    unit,
    open: Number(open),
    late: Number(behind),
    reported: Number(reported),
  }));
}

/** Opens the form of a new task. */
export async function openTaskForm(ctx: Ctx): Promise<void> {
  allow(ctx, 'office.form.open');
}

type Query = ReturnType<typeof base>;
function base(ctx: Ctx) {
  return ctx.db.selectFrom('office_task').where('office_task.commune_id', '=', ctx.commune.id);
}

function rowsOf(query: Query, { view, offset, limit }: Pick<TaskFilter, 'view' | 'offset' | 'limit'>) {
  const ordered =
    view === 'closed'
      ? query.orderBy('finished_at', (o) => o.desc().nullsLast())
      : query.orderBy('due_at', (o) => o.asc().nullsLast());
  return ordered
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .select(COLUMNS)
    .offset(offset)
    .limit(limit)
    .execute();
}

function filtered(ctx: Ctx, filter: TaskFilter, desks: readonly string[]): Query {
  let query = viewed(ctx, filter.view, desks);
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.unit) query = query.where('unit', '=', filter.unit);
  if (filter.source) query = query.where('source', '=', filter.source);
  for (const ids of askedIds(ctx, filter)) query = query.where('id', 'in', ids);
  return query;
}

function viewed(ctx: Ctx, view: TaskView, desks: readonly string[]): Query {
  const query = base(ctx);
  switch (view) {
    case 'mine':
      if (desks.length === 0) return query.where(sql<SqlBool>`false`);
      return query.where('state', 'in', OPEN).where('id', 'in', partOf(ctx, desks));
    case 'given':
      if (desks.length === 0) return query.where(sql<SqlBool>`false`);
      return query.where('state', 'in', OPEN).where('giver_id', 'in', [...desks]);
    case 'open':
      return query.where('state', 'in', OPEN);
    case 'late':
      return query.where('state', 'in', ['given', 'doing']).where('due_at', '<', ctx.now);
    case 'closed':
      return query.where('state', 'in', ['closed', 'cancelled']);
  }
}
