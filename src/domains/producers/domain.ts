import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { producersApi } from './api.ts';
import { remindOfExpiry } from './certificate/remind.actions.ts';
import { HOLDINGS } from './holdings.ts';
import { MEASURES } from './figures/measures.ts';

/** Who writes the register. */
const WRITERS: readonly Role[] = ['clerk', 'specialist', 'leader'];
/** Who reads it; a hamlet head and a digital team in their hamlet only. */
const READERS: readonly Role[] = [...WRITERS, 'hamlet_head', 'digital_team', 'auditor'];

export const producers: Manifest = {
  name: 'producers',
  holdings: HOLDINGS,
  measures: MEASURES,
  rights: {
    'producers.desk.open': { roles: READERS, audit: 'none' },
    'producers.producer.list': { roles: READERS, system: true, audit: 'none' },
    'producers.producer.see': { roles: READERS, system: true, audit: 'seen' },
    'producers.producer.export': { roles: READERS, audit: 'seen' },
    'producers.producer.edit': { roles: WRITERS, system: true },
    'producers.member.names': { roles: READERS, people: 'owner', system: true, audit: 'none' },
    'producers.member.edit': { roles: WRITERS, system: true },
    'producers.standard.ask': { roles: READERS, system: true, audit: 'none' },
    'producers.certificate.edit': { roles: WRITERS, system: true },
    'producers.certificate.open': { roles: READERS, audit: 'seen' },
    'producers.certificate.remind': { system: true },
    'producers.consent.edit': { roles: WRITERS, system: true },
    'producers.craft.see': { people: 'everybody', audit: 'none' },
    'producers.craft.edit': { roles: WRITERS, system: true },
    'producers.income.see': { people: 'everybody', audit: 'none' },
    'producers.income.edit': { roles: WRITERS, system: true },
    'producers.profile.see': { people: 'everybody', audit: 'none' },
    'producers.figures.see': { people: 'everybody', audit: 'none' },
  },
  jobs: {
    'producers.certificate.remind': async (ctx) => void (await remindOfExpiry(ctx)),
  },
  // After the quiet hours of the night.
  schedule: [{ cron: '30 7 * * *', job: 'producers.certificate.remind' }],
  navigation: [
    {
      href: '/producers/staff',
      label: (locale) => m.producers_desk({}, { locale }),
      place: 'staff',
      right: 'producers.desk.open',
      icon: 'leaf',
    },
  ],
  api: producersApi,
};
