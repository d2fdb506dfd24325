import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { setHall } from '../../../boundary/boundary.actions.ts';
import { endHamlet, renameHamlet } from '../../../hamlet.actions.ts';
import { getHamlet, listHamlets } from '../../../hamlet.queries.ts';
import { openDesk } from '../../../desk.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { hamlet, others } = await locals.run(async (ctx) => {
    await openDesk(ctx);
    return { hamlet: await getHamlet(ctx, params.id), others: await listHamlets(ctx) };
  });
  return {
    hamlet: { id: hamlet.id, name: hamlet.name, hall: hamlet.hall, ended: hamlet.validTo !== null },
    others: others.filter(({ id }) => id !== hamlet.id).map(({ id, name }) => ({ value: id, label: name })),
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      { href: localizeHref('/commune/staff/hamlets'), label: m.commune_desk_hamlets({}, { locale }) },
      { href: url.pathname, label: hamlet.name },
    ],
  };
};

export const actions: Actions = {
  hall: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'hall', typed, (ctx) =>
      setHall(ctx, params.id, { hall: typed.hall }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/commune/staff/hamlets')}?done=hall`);
  },

  rename: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'rename', typed, (ctx) =>
      renameHamlet(ctx, params.id, { name: typed.name ?? '', from: typed.from }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/commune/staff/hamlets')}?done=renamed`);
  },

  end: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'end', typed, (ctx) =>
      endHamlet(ctx, params.id, { lastDay: typed.lastDay ?? '', successorId: typed.successorId }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/commune/staff/hamlets')}?done=ended`);
  },
};
