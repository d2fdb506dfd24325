import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import { communeApi } from './api.ts';
import { MEASURES } from './figures.ts';
import { HOLDINGS } from './holdings.ts';

export const commune: Manifest = {
  name: 'commune',
  holdings: HOLDINGS,
  measures: MEASURES,
  rights: {
    'commune.set_up': { roles: ['admin'], system: true },
    'commune.unit.see': { people: 'everybody', audit: 'none' },
    'commune.merger.see': { roles: ['admin', 'leader', 'clerk', 'auditor'], system: true, audit: 'none' },
    'commune.merger.carry_out': { system: true },
    'commune.hamlet.see': { people: 'everybody', audit: 'none' },
    'commune.hamlet.edit': { roles: ['admin', 'leader'], system: true },
    'commune.calendar.see': { people: 'everybody', audit: 'none' },
    'commune.calendar.edit': { roles: ['admin', 'leader'], system: true },
    'commune.announcement.see': { people: 'everybody', audit: 'none' },
    'commune.announcement.edit': { roles: ['admin', 'leader', 'clerk'], system: true },
    'commune.desk.open': { roles: ['admin', 'leader', 'clerk'], audit: 'none' },
    'commune.setting.see': { people: 'everybody', audit: 'none' },
    'commune.setting.edit': { roles: ['admin', 'leader'], system: true },
  },
  navigation: [
    {
      href: '/commune/staff',
      label: (locale) => m.commune_nav_staff({}, { locale }),
      place: 'staff',
      right: 'commune.desk.open',
      icon: 'office',
    },
  ],
  api: communeApi,
};
