/** A task between table and fold: reading its actions, appending one, keeping the projection true. */
import type { Selectable } from 'kysely';
import type { Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import type { OfficeTask } from '#kernel/schema';
import { readLog, writeLog } from '../log.ts';
import { writePeople, type Person } from '../people.ts';
import { indexWords } from '../word.ts';
import { MOVES, type TaskMove } from './moves.ts';
import { foldTask, type Task, type TaskAction } from './task.ts';

/** The row, its actions and their fold: what a verb works with. */
export type LoadedTask = {
  row: Selectable<OfficeTask>;
  actions: readonly TaskAction[];
  task: Task;
};

/**
 * Reads a task; `lock` keeps others from acting on it until this transaction ends.
 * @throws AppError `office.task.not_found` (404), also for another commune's
 */
export async function loadTask(ctx: Ctx, id: string, { lock = false } = {}): Promise<LoadedTask> {
  const query = ctx.db
    .selectFrom('office_task')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  const found = isId(id) ? await (lock ? query.forUpdate() : query).executeTakeFirst() : undefined;
  const row = mustExist(found, 'office.task');
  const actions = (await readLog(ctx, id)) as TaskAction[];
  return { row, actions, task: foldTask(actions) };
}

/** The task as the rule of one move sees it: owned by who works on it, or by who gave it. */
export function thingFor(
  { row, task }: LoadedTask,
  kind: TaskMove,
  officials: ReadonlyMap<string, Official>,
): Thing {
  const userOf = (id: string | null) => (id && officials.get(id)?.userId) || null;
  const workers = [task.assignee, ...task.with].map(userOf);
  const givers = [userOf(task.giver)];
  const owners = { worker: workers, giver: givers, both: [...workers, ...givers] }[MOVES[kind].own];
  return { kind: 'task', id: row.id, commune_id: row.commune_id, owners };
}

/** Makes the row of a new task, with its first action. */
export async function insertTask(
  ctx: Ctx,
  id: string,
  first: TaskAction,
  clientId: string | null,
): Promise<LoadedTask> {
  const task = foldTask([first]);
  const row = await ctx.db
    .insertInto('office_task')
    .values({
      commune_id: ctx.commune.id,
      id,
      made_at: first.at,
      client_id: clientId,
      last_seq: 1,
      ...projectionOf(task),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await writeLog(ctx, 'task', id, 1, first, clientId);
  await writePeople(ctx, id, peopleOf(task));
  await indexWords(ctx, id, [task.title, task.detail]);
  return { row, actions: [first], task };
}

/** Appends one action and brings row and people up to date. */
export async function append(
  ctx: Ctx,
  loaded: LoadedTask,
  action: TaskAction,
  clientId: string | null,
): Promise<LoadedTask> {
  const actions = [...loaded.actions, action];
  const task = foldTask(actions);
  const seq = loaded.row.last_seq + 1;
  await writeLog(ctx, 'task', loaded.row.id, seq, action, clientId);
  const row = await ctx.db
    .updateTable('office_task')
    .set({ ...projectionOf(task), last_seq: seq })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', loaded.row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (action.kind === 'hand_over' || action.kind === 'involve')
    await writePeople(ctx, row.id, peopleOf(task));
  return { row, actions, task };
}

/** The columns of `office_task` that follow from the fold. A test holds them equal to a fresh fold. */
export function projectionOf(task: Task) {
  return {
    title: task.title,
    source: task.source.kind,
    source_id: task.source.id,
    assignee_id: task.assignee,
    giver_id: task.giver,
    unit: task.unit,
    urgency: task.urgency,
    state: task.state,
    progress: task.progress,
    due_at: task.due,
    finished_at: task.finishedAt,
    reminded_due: task.remindedDue,
    escalated_due: task.escalatedDue,
  };
}

function peopleOf(task: Task): Person[] {
  const others = task.with.filter((one) => one !== task.assignee);
  return [
    { officialId: task.assignee, part: 'handler', seenAt: null },
    ...others.map((officialId) => ({ officialId, part: 'with' as const, seenAt: null })),
  ];
}
