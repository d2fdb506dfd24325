import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import { servicesApi } from './api.ts';
import { hearOfficialLeft } from './deadline/leave.actions.ts';
import { hearCalendarChange, recomputeSome } from './deadline/recompute.actions.ts';
import { warnOfDeadlines } from './deadline/warn.actions.ts';
import { sweepDrafts } from './draft/draft.actions.ts';
import { tellRegister } from './dossier/vital.actions.ts';
import { moveRights } from './dossier/moves.ts';
import { HOLDINGS } from './holdings.ts';
import { MEASURES } from './figures/measures.ts';
import { STAFF_NAVIGATION } from './navigation.ts';

const STAFF = ['clerk', 'specialist', 'leader', 'police', 'admin'] as const;

export const services: Manifest = {
  name: 'services',
  holdings: HOLDINGS,
  api: servicesApi,
  measures: MEASURES,
  navigation: [
    ...STAFF_NAVIGATION,
    {
      href: '/services/mine',
      label: (locale) => m.services_mine_title({}, { locale }),
      place: 'account',
      right: 'services.dossier.list_own',
      icon: 'dossier',
    },
    {
      href: '/services/drafts',
      label: (locale) => m.services_drafts_title({}, { locale }),
      place: 'account',
      right: 'services.dossier.list_own',
      icon: 'edit',
    },
  ],
  listeners: {
    'commune.calendar.changed': hearCalendarChange,
    'registry.official.left': hearOfficialLeft,
    'services.dossier.decided': tellRegister,
  },
  jobs: {
    'services.deadline.recompute': recomputeSome,
    'services.deadline.warn': async (ctx) => void (await warnOfDeadlines(ctx)),
    'services.draft.sweep': async (ctx) => void (await sweepDrafts(ctx)),
  },
  schedule: [
    { cron: '*/15 * * * *', job: 'services.deadline.warn' },
    { cron: '20 3 * * *', job: 'services.draft.sweep' },
  ],
  rights: {
    'services.dossier.file_online': { people: 'signed_in' },
    'services.dossier.file_as_helper': { people: 'owner' },
    'services.dossier.file_at_counter': { roles: ['clerk', 'police'], system: true },
    'services.dossier.list_own': { people: 'signed_in', audit: 'none' },
    'services.dossier.list': { roles: STAFF, audit: 'none' },
    'services.dossier.view': { roles: [...STAFF, 'auditor'], people: 'owner', audit: 'seen' },
    'services.dossier.track': { people: 'everybody', audit: 'none' },
    ...moveRights(),
    'services.deadline.recompute': { system: true },
    'services.dossier.tell_register': { system: true },
    'services.deadline.warn': { system: true },
    'services.desk.clear': { system: true },
    'services.register.read': { roles: [...STAFF, 'auditor'], audit: 'seen' },
    'services.dossier.export': { roles: STAFF, audit: 'seen' },
    'services.filter.use': { roles: STAFF, audit: 'none' },
    'services.counter.open': { roles: ['clerk', 'police'], audit: 'none' },
    'services.paper.print': { roles: STAFF },
    'services.attachment.add_scan': { roles: ['clerk', 'police'] },
    'services.attachment.add_result': { roles: ['clerk', 'leader', 'police'] },
    // Whose draft it is, sign-in or browser's key, is asked of the draft itself.
    'services.draft.start': { people: 'everybody', audit: 'none' },
    'services.draft.see': { people: 'everybody', audit: 'none' },
    'services.draft.save': { people: 'everybody', audit: 'none' },
    'services.draft.delete': { people: 'everybody', audit: 'none' },
    'services.draft.submit': { people: 'signed_in' },
    'services.draft.sweep': { system: true },
    'services.attachment.add_to_draft': { people: 'everybody', audit: 'none' },
    'services.figures.see': { people: 'everybody', audit: 'none' },
    'services.figures.see_work': { roles: [...STAFF, 'auditor'], system: true, audit: 'none' },
    'services.figures.export': { roles: [...STAFF, 'auditor'] },
    'services.rating.see': { roles: ['leader', 'admin'], people: 'owner', system: true, audit: 'seen' },
    'services.result.check': { people: 'everybody', audit: 'none' },
    'services.slip.renew': { roles: ['clerk', 'police'] },
    'services.slip.renew_own': { people: 'signed_in' },
    'services.slip.answer': { people: 'everybody', audit: 'none' },
    'services.slip.type_in': { roles: ['clerk', 'police'] },
    'services.mandate.record': { roles: ['clerk', 'police'], system: true },
    'services.mandate.end': { roles: ['clerk', 'police'] },
    'services.mandate.list': { roles: ['clerk', 'police', 'leader'], audit: 'seen' },
    'services.mandate.list_own': { people: 'signed_in', audit: 'none' },
    'services.mandate.use': { people: 'signed_in' },
    'services.procedure.see': { people: 'everybody', audit: 'none' },
    'services.procedure.import': { roles: ['admin'], system: true },
    'services.procedure.open_drafts': { roles: ['admin'], audit: 'none' },
    'services.procedure.edit': { roles: ['admin'] },
    'services.procedure.publish': { roles: ['admin'] },
  },
};
