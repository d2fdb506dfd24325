import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { placesApi } from './api.ts';
import { HOLDINGS } from './holdings.ts';
import { PLACE_MEASURES } from './measures.ts';

/** Who looks after places; those of a hamlet in their hamlet only. */
const STAFF: readonly Role[] = [
  'admin',
  'leader',
  'clerk',
  'specialist',
  'police',
  'hamlet_head',
  'digital_team',
  'auditor',
];

export const places: Manifest = {
  name: 'places',
  rights: {
    'places.address.find': { people: 'everybody', audit: 'none' },
    'places.address.list': { roles: STAFF, system: true, audit: 'none' },
    'places.address.edit': {
      roles: ['admin', 'leader', 'clerk', 'specialist', 'hamlet_head', 'digital_team'],
      system: true,
    },
    'places.work.see': { people: 'everybody', audit: 'none' },
    'places.work.list': { roles: STAFF, system: true, audit: 'none' },
    'places.work.edit': { roles: ['admin', 'leader', 'clerk', 'specialist'], system: true },
    'places.work.inspect': {
      roles: ['admin', 'leader', 'clerk', 'specialist', 'hamlet_head'],
      system: true,
    },
    'places.figures.see': { people: 'everybody', audit: 'none' },
  },
  navigation: [
    {
      href: '/places/staff',
      label: (locale) => m.places_nav_staff({}, { locale }),
      place: 'staff',
      right: 'places.address.list',
      icon: 'pin',
    },
  ],
  measures: PLACE_MEASURES,
  holdings: HOLDINGS,
  api: placesApi,
};
