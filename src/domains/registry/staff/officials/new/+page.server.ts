import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { refuse } from '#kernel/errors';
import { appointOfficial } from '../../../official.actions.ts';
import { officialInput } from '../../../official-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.writeOfficials) refuse('refused', 403);
  const hamlets = await locals.run((ctx) => listHamlets(ctx));
  return {
    hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/registry/staff/officials'), label: m.registry_nav_officials({}, { locale }) },
      { href: url.pathname, label: m.registry_official_appoint({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  appoint: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'appoint', typed, (ctx) =>
      appointOfficial(ctx, { ...officialInput(typed), termFrom: typed.termFrom ?? '', termTo: typed.termTo }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/officials')}?done=appointed`);
  },
};
