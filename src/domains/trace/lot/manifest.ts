/** The lots' part of the room's manifest. */
import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { deriveEvents } from '../derive/derive.actions.ts';
import { lotApi } from './api.ts';
import { DERIVE_JOB, TELL_JOB } from './derive-later.ts';
import { holdCorrected, holdTouched, recheckDeclared } from './hold.actions.ts';
import { LOT_MEASURES } from './measures.ts';
import { tellOfCopies, tellOfLots } from './tell.actions.ts';

const WRITERS: readonly Role[] = ['clerk', 'specialist', 'leader'];
/** Who stands at a weighing point; those of a hamlet for its producers only. */
const AT_THE_SCALES: readonly Role[] = [...WRITERS, 'hamlet_head', 'digital_team'];
const READERS: readonly Role[] = [...AT_THE_SCALES, 'auditor'];
/** Who answers by name for what is released, held no longer, or called back. */
const ANSWERING: readonly Role[] = ['specialist', 'leader'];

export const LOTS = {
  rights: {
    'trace.lot.list': { roles: READERS, system: true, audit: 'none' },
    'trace.lot.see': { roles: READERS, system: true, audit: 'none' },
    'trace.lot.export': { roles: [...WRITERS, 'auditor'], system: true },
    'trace.product.edit': { roles: WRITERS, system: true },
    'trace.ticket.list': { roles: READERS, system: true, audit: 'none' },
    'trace.ticket.record': { roles: AT_THE_SCALES, system: true },
    'trace.ticket.pay': { roles: WRITERS, system: true },
    'trace.step.record': { roles: AT_THE_SCALES, system: true },
    'trace.step.undo': { roles: WRITERS, system: true },
    'trace.hold.place': { roles: WRITERS, system: true },
    'trace.hold.react': { system: true },
    'trace.hold.lift': { roles: ANSWERING, system: true },
    'trace.lot.test': { roles: WRITERS, system: true },
    'trace.lot.release': { roles: ANSWERING, system: true },
    'trace.label.print': { roles: WRITERS, system: true },
    'trace.recall.see': { roles: [...WRITERS, 'auditor'], system: true, audit: 'none' },
    'trace.recall.start': { roles: ANSWERING, system: true },
    'trace.recall.end': { roles: ANSWERING, system: true },
    'trace.scan.see': { people: 'everybody', audit: 'none' },
    'trace.scan.count': { system: true, audit: 'none' },
    'trace.feedback.send': { people: 'everybody', audit: 'none' },
    'trace.feedback.read': { roles: READERS, audit: 'none' },
    'trace.feedback.answer': { roles: AT_THE_SCALES },
    'trace.figures.see': { people: 'everybody', audit: 'none' },
    'trace.lot.derive': { system: true, audit: 'none' },
    'trace.lot.tell': { system: true, audit: 'none' },
  },
  jobs: {
    [DERIVE_JOB]: async (ctx) => void (await deriveEvents(ctx)),
    'trace.lot.recheck': async (ctx) => void (await recheckDeclared(ctx)),
    'trace.scan.tell': async (ctx) => void (await tellOfCopies(ctx)),
    [TELL_JOB]: async (ctx, data) => void (await tellOfLots(ctx, data)),
  },
  schedule: [
    { cron: '17 * * * *', job: 'trace.lot.recheck' },
    { cron: '37 * * * *', job: 'trace.scan.tell' },
  ],
  listeners: {
    'farming.interval.extended': async (ctx, data) => void (await holdTouched(ctx, data)),
    'farming.entry.corrected': async (ctx, data) => void (await holdCorrected(ctx, data)),
  },
  navigation: [
    {
      href: '/trace/staff',
      label: (locale) => m.trace_nav_staff({}, { locale }),
      place: 'staff',
      right: 'trace.lot.list',
      icon: 'qr',
    },
  ],
  measures: LOT_MEASURES,
  api: lotApi,
} as const satisfies Partial<Manifest>;
