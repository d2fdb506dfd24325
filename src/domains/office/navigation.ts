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
  {
    href: '/office/staff/tasks',
    label: (locale) => m.office_nav_tasks({}, { locale }),
    place: 'staff',
    right: 'office.task.list',
    icon: 'list',
  },
  {
    href: '/office/staff/calendar',
    label: (locale) => m.office_nav_calendar({}, { locale }),
    place: 'staff',
    right: 'office.entry.list',
    icon: 'calendar',
  },
  {
    href: '/office/staff/publications',
    label: (locale) => m.office_nav_publications({}, { locale }),
    place: 'staff',
    right: 'office.publication.list',
    icon: 'eye',
  },
  {
    href: '/office/staff/archives',
    label: (locale) => m.office_nav_archives({}, { locale }),
    place: 'staff',
    right: 'office.archive.list',
    icon: 'directory',
  },
];
