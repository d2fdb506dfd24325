/** Tasks, as the runs over everything with a limit see them. */
import type { Limited } from '../limited.ts';
import { MOVES } from './moves.ts';
import { append, loadTask, type LoadedTask } from './record.ts';
import type { TaskAction } from './task.ts';

export const LIMITED_TASKS: Limited<LoadedTask> = {
  subject: 'task',
  open: MOVES.remind.from,
  load: (ctx, id) => loadTask(ctx, id, { lock: true }),
  standing: ({ task }) => task,
  append: (ctx, loaded, action) => append(ctx, loaded, action as TaskAction, null),
  news: ({ task }, officials, kind) => {
    const giver = kind !== 'remind' && task.giver ? [task.giver] : [];
    const to = [task.assignee, ...task.with, ...giver].map((one) => officials.get(one));
    return { to, params: { title: task.title, handler: officials.get(task.assignee)?.fullName } };
  },
};
