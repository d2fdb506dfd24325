import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { MEASURES } from './figures.ts';
import { HOLDINGS } from './holdings.ts';

const DESK: readonly Role[] = ['admin', 'leader', 'clerk', 'specialist', 'police'];

export const criteria: Manifest = {
  name: 'criteria',
  measures: MEASURES,
  holdings: HOLDINGS,
  navigation: [
    {
      href: '/criteria/staff',
      label: (locale) => m.criteria_nav_staff({}, { locale }),
      place: 'staff',
      right: 'criteria.board.work',
      icon: 'chart',
    },
  ],
  rights: {
    'criteria.board.see': { people: 'everybody', audit: 'none' },
    'criteria.board.work': { roles: [...DESK, 'auditor'], system: true, audit: 'none' },
    'criteria.set.edit': { roles: ['admin', 'leader', 'specialist'], system: true },
    'criteria.set.publish': { roles: ['admin', 'leader'], system: true },
    'criteria.value.enter': { roles: DESK, system: true },
    'criteria.assessment.assess': { roles: DESK },
    'criteria.assessment.review': { roles: ['leader'] },
    // What the higher level appraised is entered by the leader who received its paper.
    'criteria.assessment.appraise': { roles: ['leader'] },
    'criteria.snapshot.freeze': { roles: ['leader'] },
    'criteria.snapshot.take': { roles: ['admin', 'leader', 'specialist', 'auditor'] },
    'criteria.evidence.open': { roles: [...DESK, 'auditor'] },
    'criteria.plan.assign': { roles: ['admin', 'leader'], system: true },
    'criteria.plan.fund': { roles: ['admin', 'leader'], system: true },
  },
};
