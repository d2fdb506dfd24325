/** Who is told what when something happens to a task. */
import type { Ctx } from '#kernel/context';
import { officialsById } from '../people.ts';
import { fromWhom, officeLink, tellOfficials } from '../tell.ts';
import type { LoadedTask } from './record.ts';
import type { TaskAction } from './task.ts';

/** Tells those whom the move concerns. */
export async function tellTask(ctx: Ctx, { row, task }: LoadedTask, action: TaskAction): Promise<void> {
  if (ctx.silent) return;
  const officials = await officialsById(ctx);
  const key = `${row.id}:${row.last_seq}`;
  const workers = [task.assignee, ...task.with].map((one) => officials.get(one));
  const params = {
    title: task.title,
    due: task.due ?? undefined,
    from: fromWhom(ctx),
    handler: officials.get(task.assignee)?.fullName,
    link: officeLink('tasks', row.id),
  };
  switch (action.kind) {
    case 'give':
    case 'hand_over':
    case 'involve':
      return tellOfficials(ctx, { event: 'office.task.assigned', key, to: workers, params });
    case 'report': {
      const to = [task.giver ? officials.get(task.giver) : undefined];
      return tellOfficials(ctx, {
        event: 'office.task.reported',
        key,
        to,
        params: { ...params, reason: action.data.note },
      });
    }
    case 'send_back':
      return tellOfficials(ctx, {
        event: 'office.task.sent_back',
        key,
        to: workers,
        params: { ...params, reason: action.data.note },
      });
    default:
  }
}
