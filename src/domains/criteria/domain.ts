import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { MEASURES } from './figures.ts';
import { MONEY_MEASURES } from './money/figures.ts';
import { reportsApi } from './report/api.ts';
import { makeReports, sendUpwards } from './report/jobs.ts';
import { SEND } from './report/report.actions.ts';
import { HOLDINGS } from './holdings.ts';
import { provinceApi } from './province/api.ts';
import { republishLive } from './province/publish.actions.ts';
import { REPUBLISH } from './province/republish.ts';

const DESK: readonly Role[] = ['admin', 'leader', 'clerk', 'specialist', 'police'];

export const criteria: Manifest = {
  name: 'criteria',
  measures: [...MEASURES, ...MONEY_MEASURES],
  holdings: HOLDINGS,
  api: (api) => {
    provinceApi(api);
    reportsApi(api);
  },
  jobs: {
    'criteria.report.make': makeReports,
    [REPUBLISH]: async (ctx) => {
      await republishLive(ctx);
    },
  },
  // Rooms without a listener here: their changes reach the province within the quarter of an hour.
  schedule: [
    { cron: '*/15 * * * *', job: REPUBLISH },
    { cron: '0 6 1 * *', job: 'criteria.report.make' },
  ],
  errands: { [SEND]: sendUpwards },
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
    // By the higher level's inspector who signs in here, or by the leader who received its paper.
    'criteria.assessment.appraise': { roles: ['leader', 'auditor'] },
    'criteria.board.publish': { roles: ['leader'] },
    'criteria.board.republish': { system: true, audit: 'none' },
    // What communes published to everybody; what only the province may see also needs the province's own site.
    'criteria.province.see': { people: 'everybody', audit: 'none' },
    'criteria.province.review': { roles: ['leader', 'specialist', 'auditor'], audit: 'seen' },
    'criteria.snapshot.freeze': { roles: ['leader'] },
    'criteria.snapshot.take': { roles: ['admin', 'leader', 'specialist', 'auditor'] },
    'criteria.evidence.open': { roles: [...DESK, 'auditor'] },
    'criteria.comment.write': { roles: [...DESK, 'auditor'] },
    'criteria.consultation.open': { roles: ['leader'] },
    'criteria.opinion.give': { people: 'signed_in' },
    'criteria.opinion.read': { people: 'everybody', audit: 'none' },
    'criteria.opinion.list': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'criteria.opinion.answer': { roles: ['leader', 'specialist'] },
    'criteria.survey.see': { roles: [...DESK, 'auditor'], audit: 'none' },
    'criteria.survey.draw': { roles: ['leader', 'specialist'] },
    'criteria.survey.record': { roles: ['leader', 'clerk', 'specialist', 'police'] },
    'criteria.plan.assign': { roles: ['admin', 'leader'], system: true },
    'criteria.plan.work': { roles: DESK, system: true },
    'criteria.plan.fund': { roles: ['admin', 'leader'], system: true },
    'criteria.report.see': { roles: [...DESK, 'auditor'], system: true, audit: 'none' },
    'criteria.report.make': { roles: ['admin', 'leader', 'specialist'], system: true },
    'criteria.report.sign': { roles: ['leader'] },
    'criteria.report.send': { roles: ['admin', 'leader'] },
    'criteria.report.record': { system: true },
    // The higher level's key has the role of an auditor.
    'criteria.report.take': { roles: ['admin', 'leader', 'specialist', 'auditor'] },
    'criteria.money.see': { people: 'everybody', audit: 'none' },
    'criteria.money.keep': { roles: ['admin', 'leader', 'specialist', 'auditor'], audit: 'none' },
    'criteria.money.enter': { roles: ['admin', 'leader', 'specialist'], system: true },
    'criteria.money.correct': { roles: ['admin', 'leader'], system: true },
    // Names of givers: of the whole commune, for those who keep the ledger.
    'criteria.donor.see': { roles: ['admin', 'leader', 'specialist', 'auditor'], audit: 'seen' },
    'criteria.donor.enter': { roles: ['admin', 'leader', 'specialist'], system: true },
  },
};
