import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { updateResident } from '../../../resident.actions.ts';
import { residentInput } from '../../../resident-form.ts';
import { getResident } from '../../../resident.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the form is a view of the record: to correct it. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { resident, hamlets } = await locals.run(
    async (ctx) => ({
      resident: await getResident(ctx, params.id),
      hamlets: await listHamlets(ctx, { on: 'ever' }),
    }),
    { purpose: 'correction' },
  );
  return {
    resident,
    hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: url.pathname, label: m.registry_resident_edit({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  change: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const version = Math.trunc(Number(typed.version)) || 0;
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      updateResident(ctx, params.id, residentInput(typed), version),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/${params.id}`)}?done=changed`);
  },
};
