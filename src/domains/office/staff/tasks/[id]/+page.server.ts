import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, attemptAll, textsOf } from '#app/attempt';
import { formatDateTime, type Locale } from '#kernel/format';
import { newId } from '#kernel/ids';
import { aroundWork, helperOptions, takeFiles } from '../../../edge.ts';
import { listFiles } from '../../../file.actions.ts';
import type { Task } from '../../../task/task.ts';
import { TASK_FORM_MOVES } from '../../../task/moves.ts';
import { taskRow } from '../../../task/row-view.ts';
import { actOnTask, attachToTask } from '../../../task/task.actions.ts';
import { viewTask } from '../../../task/task.queries.ts';
import { sourceHref } from '../../../task/source.ts';
import { taskTimeline } from '../../../task/timeline.ts';
import { SOURCE_WORDS, unitName } from '../../../task/words.ts';
import { fileLines } from '../../../words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { id } = params;
    const viewed = await viewTask(ctx, id);
    const around = await aroundWork(ctx);
    const { names, officials } = around;
    const { task, row } = viewed;
    return {
      id,
      head: taskRow(row, around),
      facts: factsOf(task, names, ctx.locale),
      sourceHref: sourceHref(task.source),
      now: { progress: task.progress, with: task.with },
      files: fileLines(
        await listFiles(ctx, id, viewed.thing),
        localizeHref(`/office/staff/tasks/${id}/files`),
      ),
      course: taskTimeline(viewed.actions, names, ctx.locale),
      moves: viewed.moves,
      mayAttach: viewed.mayAttach,
      officials: helperOptions(ctx, officials, task.with),
      seen: String(row.last_seq),
      clientId: newId(),
      done: url.searchParams.get('done'),
      crumbs: [
        { href: localizeHref('/office/staff/tasks'), label: m.office_nav_tasks() },
        { href: url.pathname, label: task.title },
      ],
    };
  });

function factsOf(task: Task, names: ReadonlyMap<string, string>, locale: Locale) {
  const at = (when: Date | null) => when && formatDateTime(when, locale);
  return [
    { label: m.office_task_assignee(), value: `${names.get(task.assignee)}, ${unitName(task.unit)}` },
    { label: m.office_task_with(), value: task.with.map((one) => names.get(one)).join(', ') || null },
    { label: m.office_task_giver(), value: (task.giver && names.get(task.giver)) || null },
    { label: m.office_task_source(), value: SOURCE_WORDS[task.source.kind]() },
    { label: m.office_task_due(), value: at(task.due) },
    { label: m.office_task_finished(), value: at(task.finishedAt) },
    { label: m.office_task_detail(), value: task.detail },
  ];
}

export const actions: Actions = {
  move: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const { kind: asked, clientId, seen, ...typed } = textsOf(form, ['with']);
    const kind = TASK_FORM_MOVES.find((one) => one === asked) ?? 'comment';
    const input = { ...typed, with: typed.with ? typed.with.split(',') : [] };
    const refused = await attempt(locals, `move-${kind}`, typed, (ctx) =>
      actOnTask(ctx, params.id, kind, input, { clientId, seen: Number(seen) || undefined }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=${kind}`);
  },

  attach: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const { clientId } = textsOf(form);
    const refused = await attemptAll(locals, 'attach', {}, async () => {
      await locals.run((ctx) => viewTask(ctx, params.id));
      const files = await takeFiles(locals.files, form, 'files');
      await locals.run((ctx) => attachToTask(ctx, params.id, files, { clientId }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(url.pathname)}?done=attach`);
  },
};
