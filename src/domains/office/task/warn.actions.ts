/** Reminders of tasks before they are due, and escalation to giver and leaders after; each once for each deadline. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { warnOf } from '../warn.ts';
import { MOVES } from './moves.ts';
import { append, loadTask, type LoadedTask } from './record.ts';
import type { TaskAction } from './task.ts';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfTasks(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.task.warn');
  return warnOf<LoadedTask>(ctx, {
    subject: 'task',
    open: MOVES.remind.from,
    load: (one, id) => loadTask(one, id, { lock: true }),
    standing: ({ task }) => task,
    append: (one, loaded, action) => append(one, loaded, action as TaskAction, null),
    news: ({ task }, officials, kind) => {
      const giver = kind === 'escalate' && task.giver ? [task.giver] : [];
      const to = [task.assignee, ...task.with, ...giver].map((one) => officials.get(one));
      return { to, params: { title: task.title, handler: officials.get(task.assignee)?.fullName } };
    },
  });
}
