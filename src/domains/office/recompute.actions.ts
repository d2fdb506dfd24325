/** Limits after a change of the office calendar: what was promised moves by a letter, and who works on it is told. */
import {
  letterOfChange,
  officeCalendar,
  queueRecomputing,
  readCalendarChange,
  readRecomputing,
  type CalendarChange,
} from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { addDays, startOfDay } from '#kernel/time';
import { dueAgain } from './due.ts';
import { LIMITED_DOCUMENTS } from './document/limited.ts';
import { TABLES, type Limited } from './limited.ts';
import { actionNow } from './log.ts';
import { officialsById } from './people.ts';
import { LIMITED_TASKS } from './task/limited.ts';
import { officeLink, tellOfficials } from './tell.ts';

export const RECOMPUTE = { document: 'office.document.recompute', task: 'office.task.recompute' } as const;

const EVENTS = { document: 'office.document.due_moved', task: 'office.task.due_moved' } as const;

/** Finds the open documents and tasks whose limit lies behind the changed days, and queues their recomputing. */
export async function hearCalendarChange(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'office.limit.recompute');
  const change = readCalendarChange(data);
  if (!change) return;
  const letter = await letterOfChange(ctx, change);
  await queueFor(ctx, LIMITED_DOCUMENTS, change, letter);
  await queueFor(ctx, LIMITED_TASKS, change, letter);
}

async function queueFor<Loaded>(
  ctx: Ctx,
  { subject, open }: Limited<Loaded>,
  { from, until }: CalendarChange,
  letter: string,
): Promise<void> {
  const rows = await ctx.db
    .selectFrom(TABLES[subject])
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('state', 'in', open)
    .where('due_at', '>=', startOfDay(from))
    .$if(until !== undefined, (q) => q.where('made_at', '<', startOfDay(addDays(until!, 1))))
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  await queueRecomputing(ctx, RECOMPUTE[subject], ids, letter);
}

/** The job for documents. Done again it changes nothing. */
export async function recomputeDocuments(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'office.limit.recompute');
  const { ids, letter } = readRecomputing(data);
  for (const id of ids) await recompute(ctx, LIMITED_DOCUMENTS, id, letter);
}

/** The job for tasks. Done again it changes nothing. */
export async function recomputeTasks(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'office.limit.recompute');
  const { ids, letter } = readRecomputing(data);
  for (const id of ids) await recompute(ctx, LIMITED_TASKS, id, letter);
}

async function recompute<Loaded>(
  ctx: Ctx,
  limited: Limited<Loaded>,
  id: string,
  letter: string,
): Promise<void> {
  const { subject, load, standing, append, news, open } = limited;
  const loaded = await load(ctx, id);
  const { due: before, asked, state } = standing(loaded);
  if (!before || !asked || !open.includes(state)) return;
  const due = dueAgain(await officeCalendar(ctx), asked);
  if (!due || due.getTime() === before.getTime()) return;
  allow(ctx, `office.${subject}.recalculate`, { kind: subject, id });
  const said = { letter, before: before.toISOString(), due: due.toISOString() };
  await append(ctx, loaded, actionNow(ctx, 'recalculate', said, null));
  const { to, params } = news(loaded, await officialsById(ctx), 'recalculate');
  await tellOfficials(ctx, {
    event: EVENTS[subject],
    key: `${id}:${said.due}`,
    to: [...new Set(to)],
    params: { ...params, due, reason: letter || undefined, link: officeLink(`${subject}s`, id) },
  });
}
