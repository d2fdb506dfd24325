/** The room's entries in the officials' rail. */
import { m } from '#i18n/messages';
import type { NavItem } from '#kernel/manifest';

export const STAFF_NAVIGATION: readonly NavItem[] = [
  {
    href: '/services/staff',
    label: (locale) => m.services_nav_queue({}, { locale }),
    place: 'staff',
    right: 'services.dossier.list',
    icon: 'dossier',
  },
  {
    href: '/services/staff/file',
    label: (locale) => m.services_nav_counter({}, { locale }),
    place: 'staff',
    right: 'services.counter.open',
    icon: 'receive',
  },
  {
    href: '/services/staff/register',
    label: (locale) => m.services_nav_register({}, { locale }),
    place: 'staff',
    right: 'services.register.read',
    icon: 'directory',
  },
  {
    href: '/services/staff/mandates',
    label: (locale) => m.services_nav_mandates({}, { locale }),
    place: 'staff',
    right: 'services.mandate.list',
    icon: 'people',
  },
  {
    href: '/services/staff/slips',
    label: (locale) => m.services_nav_slips({}, { locale }),
    place: 'staff',
    right: 'services.slip.type_in',
    icon: 'star',
  },
  {
    href: '/services/staff/figures',
    label: (locale) => m.services_nav_figures({}, { locale }),
    place: 'staff',
    right: 'services.figures.see_work',
    icon: 'chart',
  },
  {
    href: '/services/staff/procedures',
    label: (locale) => m.services_nav_procedures({}, { locale }),
    place: 'staff',
    right: 'services.procedure.open_drafts',
    icon: 'edit',
  },
];
