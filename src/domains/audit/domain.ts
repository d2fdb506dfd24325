import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import { linkSome } from './jobs.ts';

export const audit: Manifest = {
  name: 'audit',
  afterClosing: true,
  rights: {
    'audit.trail.read': { roles: ['admin', 'auditor'], audit: 'seen' },
    'audit.views.see': { people: 'owner', audit: 'none' },
    // The erasure writes its own entry, in the same step (migration kernel/0002).
    'audit.detail.erase': { roles: ['admin'], system: true, audit: 'none' },
    'audit.chain.link': { system: true, audit: 'none' },
    'audit.chain.head': { system: true, audit: 'none' },
    'audit.chain.verify': { system: true, audit: 'done' },
  },
  navigation: [
    {
      href: '/audit/staff',
      label: (locale) => m.audit_title({}, { locale }),
      place: 'staff',
      right: 'audit.trail.read',
      icon: 'list',
    },
  ],
  jobs: { 'audit.chain.link': linkSome },
  schedule: [{ cron: '* * * * *', job: 'audit.chain.link' }],
};
