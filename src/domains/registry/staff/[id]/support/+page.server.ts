import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { loadSupport, supportActions } from '../../../support/edge.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  return {
    ...(await loadSupport({ locals, url }, { kind: 'resident', id: params.id })),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: localizeHref(`/registry/staff/${params.id}`), label: m.registry_resident({}, { locale }) },
      { href: url.pathname, label: m.registry_nav_support({}, { locale }) },
    ],
  };
};

export const actions: Actions = supportActions((params) => ({ kind: 'resident', id: params['id']! }));
