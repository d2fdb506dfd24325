/** The list as it is filtered, as a spreadsheet. */
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { localDateOf } from '#kernel/time';
import { readTasks } from '../../../task/address.ts';
import { exportTasks, type TaskRow } from '../../../task/task.queries.ts';
import type { Source, TaskState } from '../../../task/task.ts';
import { SOURCE_WORDS, taskStateWords, unitName } from '../../../task/words.ts';
import { namesOfOfficials } from '../../../edge.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const filter = readTasks(url.searchParams);
    const { rows, names, day } = await locals.run(async (ctx) => ({
      rows: await exportTasks(ctx, { ...filter, offset: 0, limit: 0 }),
      names: await namesOfOfficials(ctx),
      day: localDateOf(ctx.now),
    }));
    const bytes = await writeSheet(columns(names), rows, m.office_nav_tasks());
    return fileResponse(bytes, { name: `nhiem-vu-${filter.view}-${day}.xlsx`, type: XLSX });
  });

function columns(names: ReadonlyMap<string, string>): SheetColumn<TaskRow>[] {
  return [
    { label: m.office_task_title(), kind: 'text', value: ({ title }) => title, width: 60 },
    {
      label: m.office_task_source(),
      kind: 'text',
      value: ({ source }) => SOURCE_WORDS[source as Source['kind']](),
      width: 16,
    },
    { label: m.office_task_assignee(), kind: 'text', value: ({ assignee_id }) => names.get(assignee_id) },
    { label: m.office_task_unit(), kind: 'text', value: ({ unit }) => unitName(unit) },
    { label: m.office_task_giver(), kind: 'text', value: ({ giver_id }) => giver_id && names.get(giver_id) },
    {
      label: m.office_task_state(),
      kind: 'text',
      value: ({ state }) => taskStateWords(state as TaskState),
      width: 20,
    },
    { label: m.office_task_percent(), kind: 'number', value: ({ progress }) => progress },
    { label: m.office_task_given_at(), kind: 'datetime', value: ({ made_at }) => made_at },
    { label: m.office_task_due(), kind: 'datetime', value: ({ due_at }) => due_at },
    { label: m.office_task_finished(), kind: 'datetime', value: ({ finished_at }) => finished_at },
  ];
}
