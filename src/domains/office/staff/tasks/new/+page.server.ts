import { redirect } from '@sveltejs/kit';
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, textsOf } from '#app/attempt';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { takeFiles, taskOptions } from '../../../edge.ts';
import { giveTask } from '../../../task/task.actions.ts';
import { openTaskForm } from '../../../task/task.queries.ts';
import { SOURCES } from '../../../task/task.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    await openTaskForm(ctx);
    const officials = await listOfficials(ctx, localDateOf(ctx.now));
    return {
      officials: taskOptions(officials, localDateOf(ctx.now)),
      source: SOURCES.find((one) => one === url.searchParams.get('source')) ?? 'person',
      sourceId: (url.searchParams.get('id') ?? '').slice(0, 120),
      title: (url.searchParams.get('title') ?? '').slice(0, 300),
      clientId: newId(),
      crumbs: [
        { href: localizeHref('/office/staff/tasks'), label: m.office_nav_tasks() },
        { href: url.pathname, label: m.office_task_give() },
      ],
    };
  });

export const actions: Actions = {
  give: async ({ locals, request }) => {
    const form = await request.formData();
    const { clientId, ...typed } = textsOf(form, ['with']);
    let made = '';
    const refused = await attemptAll(locals, 'give', typed, async () => {
      await locals.run(openTaskForm);
      const files = await takeFiles(locals.files, form, 'files');
      const input = { ...typed, with: typed.with ? typed.with.split(',') : [] };
      made = await locals.run((ctx) => giveTask(ctx, input as never, { clientId, files }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/tasks/${made}`)}?done=give`);
  },
};
