/** The tasks that come from a thing, ready to be listed on that thing's page in any room. */
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { may } from '#kernel/rights';
import { officialsById } from '../people.ts';
import { tasksFrom } from './task.queries.ts';
import type { Source, TaskState } from './task.ts';
import { taskLabel } from './words.ts';

export type TaskLinks = Awaited<ReturnType<typeof taskLinks>>;

/**
 * The tasks given from a document, dossier, entry of the calendar or indicator, and the address under which
 * another is given; `giveHref` is null for who may give none, and the list empty for who may not see any.
 */
export async function taskLinks(ctx: Ctx, source: Source & { id: string; title?: string }) {
  if (!may(ctx, 'office.task.list')) return { items: [], giveHref: null };
  const rows = await tasksFrom(ctx, source.kind, source.id);
  const officials = await officialsById(ctx);
  const { kind, id, title } = source;
  const query = new URLSearchParams({ source: kind, id, ...(title && { title }) });
  return {
    items: rows.map((row) => ({
      id: row.id,
      href: localizeHref(`/office/staff/tasks/${row.id}`),
      title: row.title,
      about: officials.get(row.assignee_id)?.fullName ?? null,
      state: taskLabel(row.state as TaskState),
    })),
    giveHref: may(ctx, 'office.task.give') ? `${localizeHref('/office/staff/tasks/new')}?${query}` : null,
  };
}
