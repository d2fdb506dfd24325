import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { listHamlets } from '#domain/commune';
import { formatDate } from '#kernel/format';
import { changeOfficial, endOfficial } from '../../../official.actions.ts';
import { officialInput } from '../../../official-form.ts';
import { getOfficial } from '../../../official.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { official, hamlets } = await locals.run(async (ctx) => ({
    official: await getOfficial(ctx, params.id),
    hamlets: await listHamlets(ctx, { on: 'ever' }),
  }));
  return {
    official,
    term: {
      from: formatDate(official.termFrom, locale),
      to: official.termTo && formatDate(official.termTo, locale),
    },
    hamlets: hamlets.map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/registry/staff/officials'), label: m.registry_nav_officials({}, { locale }) },
      { href: url.pathname, label: official.fullName },
    ],
  };
};

export const actions: Actions = {
  change: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      changeOfficial(ctx, params.id, officialInput(typed)),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/officials')}?done=changed`);
  },

  end: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'end', typed, (ctx) =>
      endOfficial(ctx, params.id, { leavesOn: typed.leavesOn }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/registry/staff/officials')}?done=ended`);
  },
};
