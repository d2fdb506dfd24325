/** Reminders of tasks before they are due, and escalation to giver and leaders after; each once for each deadline. */
import { officeCalendar } from '#domain/commune';
import { listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { isOpen } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { soonUntil } from '../due.ts';
import { actionNow } from '../log.ts';
import { officialsById } from '../people.ts';
import { officeLink, tellOfficials } from '../tell.ts';
import { append, loadTask } from './record.ts';
import type { TaskAction } from './task.ts';

/** What is done in one run; the rest waits for the next. */
const AT_ONCE = 100;

type Kind = 'remind' | 'escalate';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfTasks(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.task.warn');
  const calendar = await officeCalendar(ctx);
  if (!isOpen(calendar, ctx.now)) return 0;
  const officials = await officialsById(ctx);
  const leaders = (await listOfficials(ctx, localDateOf(ctx.now))).filter(({ unit }) => unit === 'leaders');
  const soon = soonUntil(calendar, ctx.now);
  const late = await due(ctx, 'escalate', soon);
  for (const id of late) await warn(ctx, id, 'escalate', leaders, officials);
  const near = await due(ctx, 'remind', soon);
  for (const id of near) await warn(ctx, id, 'remind', [], officials);
  return late.length + near.length;
}

async function due(ctx: Ctx, kind: Kind, soon: Date): Promise<string[]> {
  const told = kind === 'remind' ? 'reminded_due' : 'escalated_due';
  const rows = await ctx.db
    .selectFrom('office_task')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('state', 'in', ['given', 'doing'])
    .$if(kind === 'escalate', (q) => q.where('due_at', '<', ctx.now))
    .$if(kind === 'remind', (q) => q.where('due_at', '>=', ctx.now).where('due_at', '<=', soon))
    .where(told, 'is distinct from', (q) => q.ref('due_at'))
    .orderBy('due_at')
    .limit(AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

async function warn(
  ctx: Ctx,
  id: string,
  kind: Kind,
  leaders: readonly Official[],
  officials: ReadonlyMap<string, Official>,
): Promise<void> {
  const loaded = await loadTask(ctx, id, { lock: true });
  allow(ctx, `office.task.${kind}`, { kind: 'task', id });
  const { task } = loaded;
  const told = kind === 'remind' ? task.remindedDue : task.escalatedDue;
  if (!task.due || told?.getTime() === task.due.getTime()) return;
  const action = actionNow(ctx, kind, { due: task.due.toISOString() }, null) as TaskAction;
  await append(ctx, loaded, action, null);
  const workers = [task.assignee, ...task.with].map((one) => officials.get(one));
  const giver = kind === 'escalate' && task.giver ? [officials.get(task.giver)] : [];
  await tellOfficials(ctx, {
    event: kind === 'remind' ? 'office.task.due_soon' : 'office.task.overdue',
    key: `${id}:${task.due.toISOString()}`,
    to: [...new Set([...workers, ...giver, ...leaders])],
    params: {
      title: task.title,
      due: task.due,
      handler: officials.get(task.assignee)?.fullName,
      link: officeLink('tasks', id),
    },
  });
}
