import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { localDate } from '#kernel/time';
import { closeVital, openVitals } from '../../vital/vital.actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const open = await locals.run(openVitals);
  return {
    open: open.map(({ id, notice, reason, source, toldAt }) => ({
      id,
      kind: notice.kind,
      name: notice.kind === 'death' ? notice.deceased.name : notice.child.name,
      parents: notice.kind === 'birth' ? notice.parents.map(({ name }) => name).join(', ') : '',
      day: formatDate(localDate(notice.kind === 'death' ? notice.on : notice.child.birthDate), locale),
      reason,
      dossier:
        source.kind === 'dossier' ? { href: `/services/staff/${source.id}`, code: source.label } : null,
      told: formatDateTime(toldAt, locale),
    })),
    crumbs: [{ href: url.pathname, label: m.registry_nav_vital({}, { locale }) }],
  };
};

export const actions: Actions = {
  close: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'close', typed, (ctx) => closeVital(ctx, typed.id ?? ''));
    if (refused) return refused;
    redirect(303, localizeHref('/registry/staff/vital'));
  },
};
