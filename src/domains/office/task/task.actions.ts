/** Tasks: given, worked on, reported, closed. All go through the table of moves. */
import { z } from 'zod';
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Id, line, lines, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import { Due } from '../document/input.ts';
import { URGENCIES } from '../document/kinds.ts';
import { limitOf } from '../due.ts';
import { addFiles, type StoredFile } from '../file.actions.ts';
import { actionNow, onlyOneAtATime, wasDone } from '../log.ts';
import { mayBringIn, mustTakeWork, officialActing, officialsById } from '../people.ts';
import { isAllowed, type TaskFormMove, type TaskMove } from './moves.ts';
import { append, insertTask, loadTask, thingFor, type LoadedTask } from './record.ts';
import { SOURCES, type TaskAction } from './task.ts';
import { tellTask } from './tell.ts';

const Ids = z.array(Id).max(60, 'input.too_big').default([]);

export const NewTask = z.object({
  title: line(300),
  detail: optional(lines(5000)).default(null),
  source: z.enum(SOURCES).default('person'),
  /** Of the document, dossier, entry of the calendar or indicator that it comes from. */
  sourceId: optional(line(120)).default(null),
  assignee: Id,
  with: Ids,
  urgency: z.enum(URGENCIES).default('normal'),
  ...Due,
});
export type NewTask = z.input<typeof NewTask>;

const Note = z.object({ note: lines(2000) });
const MaybeNote = z.object({ note: optional(lines(2000)).default(null) });
const Percent = z.coerce
  .number('office.task.bad_percent')
  .int('office.task.bad_percent')
  .min(0, 'office.task.bad_percent')
  .max(100, 'office.task.bad_percent');

/** What each move asks for; moves that are not here ask for nothing. */
const INPUTS = {
  progress: z.object({ percent: Percent, note: MaybeNote.shape.note }),
  report: Note,
  send_back: Note,
  close: MaybeNote,
  cancel: Note,
  comment: Note,
  hand_over: z.object({ to: Id, note: MaybeNote.shape.note }),
  involve: z.object({ with: Ids }),
  postpone: Note.extend(Due),
} as const;

export type ActOptions = { clientId?: string | undefined; seen?: number | undefined };

/**
 * Gives a task to an official of this commune in office. @returns its id
 * @throws AppError `input.invalid`, `office.official.not_in_office`, `office.file.too_many`
 */
export async function giveTask(
  ctx: Ctx,
  input: NewTask,
  { clientId, files = [] }: { clientId?: string | undefined; files?: readonly StoredFile[] } = {},
): Promise<string> {
  allow(ctx, 'office.task.give', { kind: 'task' });
  const { due: day, dueDays: days, sourceId, source, ...given } = checked(NewTask, input);
  const assignee = await mustTakeWork(ctx, given.assignee);
  for (const one of given.with) await mustTakeWork(ctx, one);
  const limit = limitOf(await officeCalendar(ctx), ctx.now, { day, days });
  const before = await findByClientId(ctx, clientId);
  if (before) return before.id;
  const id = newId(ctx.now);
  const official = await officialActing(ctx);
  const data = {
    ...given,
    source: { kind: source, id: sourceId },
    unit: assignee.unit,
    ...limit,
  };
  const action = actionNow(ctx, 'give', data, official?.id ?? null) as TaskAction;
  const loaded = await insertTask(ctx, id, action, clientId ?? null);
  if (files.length > 0) await addFiles(ctx, id, files);
  await tellTask(ctx, loaded, action);
  return id;
}

/**
 * One move of a task.
 * @throws AppError `office.task.not_found`, `refused`, `input.invalid`, `office.task.not_in_this_state` (409),
 *   `office.task.changed_meanwhile` (409)
 */
export async function actOnTask(
  ctx: Ctx,
  id: string,
  kind: TaskFormMove,
  input: unknown = {},
  { clientId, seen }: ActOptions = {},
): Promise<LoadedTask> {
  const loaded = await loadTask(ctx, id, { lock: true });
  const officials = await officialsById(ctx);
  allow(ctx, `office.task.${kind}`, thingFor(loaded, kind, officials));
  if (await wasDone(ctx, id, clientId)) return loaded;
  if (seen !== undefined && seen !== loaded.row.last_seq) refuse('office.task.changed_meanwhile', 409);
  mustBeAllowed(loaded, kind);
  return take(ctx, loaded, kind, await dataOf(ctx, loaded, kind, input), clientId);
}

/** Adds files to a task, with a line in its history. @throws AppError like {@link actOnTask} */
export async function attachToTask(
  ctx: Ctx,
  id: string,
  files: readonly StoredFile[],
  { clientId }: ActOptions = {},
): Promise<void> {
  const loaded = await loadTask(ctx, id, { lock: true });
  const officials = await officialsById(ctx);
  allow(ctx, 'office.task.attach', thingFor(loaded, 'attach', officials));
  if (files.length === 0 || (await wasDone(ctx, id, clientId))) return;
  mustBeAllowed(loaded, 'attach');
  await addFiles(ctx, id, files);
  await take(ctx, loaded, 'attach', { names: files.map(({ name }) => name) }, clientId);
}

/** What the move writes down. */
async function dataOf(ctx: Ctx, { task }: LoadedTask, kind: TaskFormMove, input: unknown): Promise<unknown> {
  if (kind === 'accept') return {};
  if (kind === 'postpone') {
    const { due: day, dueDays: days, note } = checked(INPUTS.postpone, input);
    return { ...limitOf(await officeCalendar(ctx), ctx.now, { day, days }), note };
  }
  if (kind === 'hand_over') {
    const given = checked(INPUTS.hand_over, input);
    const { unit } = await mustTakeWork(ctx, given.to);
    return { ...given, unit };
  }
  const data = checked(INPUTS[kind], input);
  if ('with' in data) await mustBeBroughtIn(ctx, data.with, task.with);
  return data;
}

/** Who works on it already stays; others must be within the actor's reach. @throws AppError `office.official.not_yours` */
async function mustBeBroughtIn(ctx: Ctx, asked: readonly string[], known: readonly string[]): Promise<void> {
  for (const one of asked) {
    const official = await mustTakeWork(ctx, one);
    if (!known.includes(one) && !mayBringIn(ctx.actor, official)) refuse('office.official.not_yours');
  }
}

function mustBeAllowed({ task }: LoadedTask, kind: TaskMove): void {
  if (!isAllowed(task.state, kind)) refuse('office.task.not_in_this_state', 409);
}

async function take(
  ctx: Ctx,
  loaded: LoadedTask,
  kind: TaskMove,
  data: unknown,
  clientId: string | undefined,
): Promise<LoadedTask> {
  const official = await officialActing(ctx);
  const action = actionNow(ctx, kind, data, official?.id ?? null) as TaskAction;
  const moved = await append(ctx, loaded, action, clientId ?? null);
  await tellTask(ctx, moved, action);
  return moved;
}

async function findByClientId(ctx: Ctx, clientId: string | undefined) {
  if (!clientId) return undefined;
  await onlyOneAtATime(ctx, `office.task:${clientId}`);
  return ctx.db
    .selectFrom('office_task')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
}
