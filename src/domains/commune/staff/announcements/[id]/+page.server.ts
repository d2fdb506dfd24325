import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { rewordAnnouncement } from '../../../announcement.actions.ts';
import { getAnnouncement } from '../../../announcement.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { id, kind, title, body, titleEn, bodyEn } = await locals.run((ctx) =>
    getAnnouncement(ctx, params.id),
  );
  return {
    announcement: { id, kind, title, body, titleEn, bodyEn },
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      {
        href: localizeHref('/commune/staff/announcements'),
        label: m.commune_desk_announcements({}, { locale }),
      },
      { href: url.pathname, label: title },
    ],
  };
};

export const actions: Actions = {
  reword: async ({ locals, params, request }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'reword', typed, (ctx) =>
      rewordAnnouncement(ctx, params.id, {
        title: typed.title ?? '',
        body: typed.body ?? '',
        titleEn: typed.titleEn,
        bodyEn: typed.bodyEn,
      }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/commune/staff/announcements')}?done=reworded`);
  },
};
