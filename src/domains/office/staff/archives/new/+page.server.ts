import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { openArchive } from '../../../archive/archive.actions.ts';
import { openArchiveForm } from '../../../archive/archive.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  await locals.run(openArchiveForm);
  return {
    crumbs: [
      { href: localizeHref('/office/staff/archives'), label: m.office_nav_archives() },
      { href: url.pathname, label: m.office_archive_open() },
    ],
  };
};

export const actions: Actions = {
  open: async ({ locals, request }) => {
    const typed = textsOf(await request.formData());
    let made = '';
    const refused = await attempt(locals, 'open', typed, async (ctx) => {
      made = await openArchive(ctx, { ...typed, closed: typed.closed === 'yes' } as never);
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/office/staff/archives/${made}`)}?done=opened`);
  },
};
