import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { refuse } from '#kernel/errors';
import { workInput } from '../../../work-form.ts';
import { addWork } from '../../../work.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { desk } = await parent();
  if (!desk.work) refuse('refused', 403);
  return {
    crumbs: [
      { href: localizeHref('/places/staff/works'), label: m.places_nav_works({}, { locale: locals.locale }) },
      { href: url.pathname, label: m.places_work_add({}, { locale: locals.locale }) },
    ],
  };
};

export const actions: Actions = {
  add: async ({ locals, request }) => {
    const typed = await typedOf(request);
    let id = '';
    const refused = await attempt(locals, 'add', typed, async (ctx) => {
      id = await addWork(ctx, workInput(typed));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/places/staff/works/${id}`)}?done=added`);
  },
};
