import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { loadSupport, supportActions } from '../../../../support/edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const page = await loadSupport({ locals, url }, { kind: 'household', id: params.id });
  return {
    ...page,
    crumbs: [
      { href: localizeHref('/registry/staff/households'), label: m.registry_nav_households({}, { locale }) },
      {
        href: localizeHref(`/registry/staff/households/${params.id}`),
        label: page.record
          ? m.registry_household({ number: page.record.name }, { locale })
          : m.registry_support_household({}, { locale }),
      },
      { href: url.pathname, label: m.registry_nav_support({}, { locale }) },
    ],
  };
};

export const actions: Actions = supportActions((params) => ({ kind: 'household', id: params['id']! }));
