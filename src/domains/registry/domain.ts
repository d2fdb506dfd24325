import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { registryApi } from './api.ts';
import { MEASURES } from './figures/measures.ts';
import { publishedOfHamlet } from './figures/reported.actions.ts';
import { sweepImports } from './import/import.actions.ts';
import { checkList, enterListed } from './jobs.ts';
import { tellLeft } from './official.actions.ts';
import { HOLDINGS } from './holdings.ts';
import { STAY_MEASURES } from './stay/measures.ts';
import { SUPPORT_MEASURES } from './support/measures.ts';
import { eraseExpired } from './retention/erase.actions.ts';

/** Everybody who works for the commune. */
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

/** Who reads the registers of people, masked; a hamlet's head his hamlet's. */
const READERS: readonly Role[] = ['clerk', 'specialist', 'police', 'leader', 'hamlet_head', 'auditor'];

/** Who is poor, ill or alone is for those who look after them: not for every reader of the register. */
const SUPPORT_READERS: readonly Role[] = ['clerk', 'specialist', 'leader', 'hamlet_head'];

export const registry: Manifest = {
  name: 'registry',
  holdings: HOLDINGS,
  published: publishedOfHamlet,
  rights: {
    'registry.desk.open': { roles: STAFF, audit: 'none' },
    'registry.official.see': { people: 'everybody', audit: 'none' },
    'registry.official.list': { roles: STAFF, system: true, audit: 'none' },
    'registry.official.name': { roles: STAFF, people: 'signed_in', system: true, audit: 'none' },
    'registry.official.work_with': { roles: STAFF, system: true, audit: 'none' },
    'registry.official.of_user': { roles: STAFF, people: 'owner', system: true, audit: 'none' },
    'registry.official.edit': { roles: ['admin', 'leader'], system: true },
    'registry.official.tell_left': { roles: ['admin', 'leader'], system: true },
    'registry.duty.see': { roles: STAFF, system: true, audit: 'none' },
    'registry.duty.edit': { roles: ['admin', 'leader', 'clerk'], system: true },
    'registry.absence.see': { roles: STAFF, people: 'signed_in', system: true, audit: 'none' },
    'registry.absence.list': { roles: ['admin', 'leader', 'clerk'], system: true, audit: 'none' },
    'registry.absence.edit': { roles: ['admin', 'leader'], people: 'owner', system: true },
    'registry.resident.list': { roles: READERS, system: true, audit: 'seen' },
    'registry.resident.view': {
      roles: ['clerk', 'specialist', 'police', 'leader', 'hamlet_head'],
      people: 'owner',
      system: true,
      audit: 'seen',
    },
    'registry.resident.exists': { roles: STAFF, people: 'signed_in', system: true, audit: 'none' },
    'registry.resident.own': { people: 'signed_in', system: true, audit: 'none' },
    'registry.resident.edit': { roles: ['clerk', 'police'], system: true },
    'registry.duplicate.see': { roles: ['clerk', 'police'], system: true, audit: 'seen' },
    'registry.duplicate.decide': { roles: ['clerk', 'police'], system: true },
    'registry.household.list': { roles: READERS, system: true, audit: 'seen' },
    'registry.household.view': { roles: READERS, system: true, audit: 'seen' },
    'registry.household.edit': { roles: ['clerk', 'police'], system: true },
    'registry.household.enter': { roles: ['clerk', 'police'], system: true },
    'registry.household.export': { roles: ['clerk', 'police', 'hamlet_head'], system: true, audit: 'seen' },
    'registry.stay.list': { roles: READERS, system: true, audit: 'seen' },
    'registry.stay.export': { roles: ['clerk', 'police', 'hamlet_head'], system: true, audit: 'seen' },
    'registry.stay.record': { roles: ['clerk', 'police'], system: true },
    'registry.support.see': { roles: SUPPORT_READERS, system: true, audit: 'seen' },
    'registry.support.export': {
      roles: ['clerk', 'specialist', 'hamlet_head'],
      system: true,
      audit: 'seen',
    },
    'registry.support.record': { roles: ['clerk', 'specialist'], system: true },
    'registry.vital.hear': { system: true },
    'registry.vital.see': { roles: ['clerk', 'police'], system: true, audit: 'seen' },
    'registry.vital.link': { roles: STAFF, system: true, audit: 'none' },
    'registry.import.see': { roles: ['clerk', 'police'], system: true, audit: 'seen' },
    'registry.import.run': { roles: ['clerk', 'police'], system: true },
    'registry.import.work': { system: true, audit: 'none' },
    'registry.own.open': { people: 'signed_in', audit: 'none' },
    'registry.own.see': { people: 'owner', audit: 'seen' },
    // Called by other rooms' verbs after their own right; no page, route or key leads to it.
    'registry.consent.check': { people: 'everybody', system: true, audit: 'none' },
    'registry.consent.see': { roles: READERS, people: 'owner', system: true, audit: 'seen' },
    'registry.consent.give': { roles: ['clerk'], people: 'owner' },
    'registry.consent.withdraw': { roles: ['clerk'], people: 'owner' },
    'registry.correction.ask': { people: 'owner' },
    'registry.correction.withdraw': { people: 'owner' },
    'registry.correction.see': { roles: ['clerk', 'police'], people: 'owner', audit: 'seen' },
    'registry.correction.decide': { roles: ['clerk', 'police'] },
    'registry.retention.erase': { system: true },
    'registry.figures.see': { people: 'everybody', audit: 'none' },
    'registry.figures.report': { roles: ['admin', 'leader', 'clerk'], system: true },
  },
  jobs: {
    'registry.official.tell_left': tellLeft,
    'registry.import.sweep': sweepImports,
    'registry.retention.erase': async (ctx) => void (await eraseExpired(ctx)),
  },
  errands: { 'registry.import.check': checkList, 'registry.import.enter': enterListed },
  schedule: [
    { cron: '40 3 * * *', job: 'registry.import.sweep' },
    { cron: '45 3 * * *', job: 'registry.retention.erase' },
  ],
  navigation: [
    {
      href: '/registry/staff',
      label: (locale) => m.registry_desk({}, { locale }),
      place: 'staff',
      right: 'registry.desk.open',
      icon: 'people',
    },
    {
      href: '/registry/own',
      label: (locale) => m.registry_own_title({}, { locale }),
      place: 'account',
      right: 'registry.own.open',
      icon: 'shield',
    },
  ],
  api: registryApi,
  measures: [...MEASURES, ...STAY_MEASURES, ...SUPPORT_MEASURES],
};
