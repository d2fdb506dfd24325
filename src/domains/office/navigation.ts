/** The room's entries in the officials' rail. */
import { m } from '#i18n/messages';
import type { NavItem } from '#kernel/manifest';

export const STAFF_NAVIGATION: readonly NavItem[] = [
  {
    href: '/office/staff/documents',
    label: (locale) => m.office_nav_documents({}, { locale }),
    place: 'staff',
    right: 'office.document.list',
    icon: 'mail',
  },
];
