import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { refuse } from '#kernel/errors';
import { createResident } from '../../resident.actions.ts';
import { residentInput } from '../../resident-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.writeResidents) refuse('refused', 403);
  const hamlets = await locals.run((ctx) => listHamlets(ctx));
  return {
    hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: url.pathname, label: m.registry_resident_add({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  create: async ({ locals, request }) => {
    const typed = await typedOf(request);
    let id = '';
    const refused = await attempt(locals, 'create', typed, async (ctx) => {
      id = await createResident(ctx, residentInput(typed));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/${id}`)}?done=created`);
  },
};
