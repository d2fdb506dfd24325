import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { changeSettings } from '../../setting.actions.ts';
import { communeSite } from '../../setting.queries.ts';
import { placeOf } from '../../unit.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { settings, units } = await locals.run(communeSite);
  return {
    settings: { ...settings, phone: settings.phone && formatPhone(settings.phone) },
    units: units.map((unit) => ({
      id: unit.id,
      name: unit.name,
      code: unit.officialCode,
      place: placeOf(unit),
      from: unit.validFrom && formatDate(unit.validFrom, locale),
      to: unit.validTo && formatDate(unit.validTo, locale),
      source: unit.source,
      verified: unit.verified,
    })),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.commune_desk_settings({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  change: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { address = '', phone = '', email = '', introduction = '', introductionEn = '' } = typed;
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      changeSettings(ctx, { address, phone, email, introduction, introductionEn }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=changed`);
  },
};
