import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { tellOfInterval } from './diary/tell.actions.ts';
import { DIARY_MEASURES } from './figures/diary-measures.ts';
import { MEASURES } from './figures/measures.ts';
import { HOLDINGS } from './holdings.ts';
import { INSPECTION_MEASURES } from './inspection/measures.ts';

/** Who writes about growing areas, and about plots everywhere. */
const WRITERS: readonly Role[] = ['clerk', 'specialist', 'leader'];
/** Who reads the register of plots; those of a hamlet their hamlet only. */
const READERS: readonly Role[] = [...WRITERS, 'hamlet_head', 'digital_team', 'auditor'];

export const farming: Manifest = {
  name: 'farming',
  holdings: HOLDINGS,
  measures: [...MEASURES, ...DIARY_MEASURES, ...INSPECTION_MEASURES],
  rights: {
    'farming.plot.list': { roles: READERS, system: true, audit: 'none' },
    'farming.plot.see': { roles: READERS, people: 'owner', system: true, audit: 'none' },
    'farming.plot.edit': { roles: [...WRITERS, 'hamlet_head'], system: true },
    'farming.plot.import': { roles: [...WRITERS, 'hamlet_head'], system: true },
    'farming.area.see': { people: 'everybody', audit: 'none' },
    'farming.area.edit': { roles: WRITERS, system: true },
    'farming.test.edit': { roles: [...WRITERS, 'hamlet_head'], system: true },
    'farming.product.see': { people: 'everybody', audit: 'none' },
    'farming.label.record': { roles: WRITERS, people: 'owner', system: true },
    'farming.technician.edit': { roles: WRITERS, system: true },
    // Anybody may send; what of it is taken is asked entry by entry.
    'farming.diary.send': { people: 'signed_in', system: true },
    'farming.diary.write': { roles: [...WRITERS, 'hamlet_head'], people: 'owner', system: true },
    'farming.diary.see': { roles: READERS, people: 'owner', system: true, audit: 'none' },
    'farming.device.use': { people: 'signed_in', audit: 'none' },
    'farming.device.shut_out': { roles: WRITERS, people: 'owner' },
    'farming.interval.tell': { system: true, audit: 'none' },
    'farming.diary.settle': { roles: WRITERS, people: 'owner', system: true },
    'farming.inspection.record': { roles: [...WRITERS, 'hamlet_head'], people: 'owner', system: true },
    'farming.inspection.close': { roles: [...WRITERS, 'hamlet_head'], people: 'owner', system: true },
    'farming.figures.see': { people: 'everybody', audit: 'none' },
  },
  listeners: {
    'farming.interval.extended': async (ctx, data) => void (await tellOfInterval(ctx, data)),
  },
  navigation: [
    {
      href: '/farming/staff',
      label: (locale) => m.farming_nav_staff({}, { locale }),
      place: 'staff',
      right: 'farming.plot.list',
      icon: 'leaf',
    },
    {
      href: '/farming/phone',
      label: (locale) => m.farming_phone_title({}, { locale }),
      place: 'account',
      right: 'farming.device.use',
      icon: 'phone',
    },
    {
      href: '/farming/staff/diary',
      label: (locale) => m.farming_diaries({}, { locale }),
      place: 'staff',
      right: 'farming.plot.list',
      icon: 'leaf',
    },
    {
      href: '/farming/staff/inspections',
      label: (locale) => m.farming_inspections({}, { locale }),
      place: 'staff',
      right: 'farming.plot.list',
      icon: 'check',
    },
    {
      href: '/farming/diary',
      label: (locale) => m.farming_nav_diary({}, { locale }),
      place: 'account',
      right: 'farming.diary.send',
      icon: 'leaf',
    },
  ],
};
