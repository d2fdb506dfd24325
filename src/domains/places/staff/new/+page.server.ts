import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { refuse } from '#kernel/errors';
import { issueAddress } from '../../address.actions.ts';
import { changedInput } from '../../address-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { desk } = await parent();
  if (desk.address.length === 0) refuse('refused', 403);
  return {
    crumbs: [
      { href: localizeHref('/places/staff'), label: m.places_nav_addresses({}, { locale: locals.locale }) },
      { href: url.pathname, label: m.places_address_add({}, { locale: locals.locale }) },
    ],
  };
};

export const actions: Actions = {
  issue: async ({ locals, request }) => {
    const typed = await typedOf(request);
    let id = '';
    const refused = await attempt(locals, 'issue', typed, async (ctx) => {
      const { hamletId, number, place, on } = changedInput(typed);
      ({ id } = await issueAddress(ctx, { hamletId, number, place, on, shown: typed.shown === 'yes' }));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/places/staff/${id}`)}?done=issued`);
  },
};
