import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { performOpening } from '../../../household/perform.actions.ts';
import { getResident } from '../../../resident.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** With `?person=` the head is somebody of the register; looking at him is a view of his record. */
export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.writeHouseholds) refuse('refused', 403);
  const person = url.searchParams.get('person');
  const found = await locals.run(
    async (ctx) => ({
      hamlets: await listHamlets(ctx),
      head: person ? await getResident(ctx, person) : null,
      today: localDateOf(ctx.now),
    }),
    { purpose: 'correction' },
  );
  return {
    clientId: newId(),
    today: found.today,
    head: found.head && { id: found.head.id, name: found.head.fullName },
    hamlets: found.hamlets.map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/registry/staff/households'), label: m.registry_nav_households({}, { locale }) },
      { href: url.pathname, label: m.registry_household_open({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  open: async ({ locals, request }) => {
    const typed = await typedOf(request);
    let id = '';
    const refused = await attempt(locals, 'open', typed, async (ctx) => {
      id = await performOpening(ctx, typed);
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/registry/staff/households/${id}`)}?done=opened`);
  },
};
