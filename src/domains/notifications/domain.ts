import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import { notificationsApi } from './api.ts';
import { deliver, hearCorrection, keepZaloToken, sweepDeliveries } from './jobs.ts';
import { DELIVER } from './queue.ts';

export const notifications: Manifest = {
  name: 'notifications',
  afterClosing: true,
  api: notificationsApi,
  rights: {
    // Called by other rooms' verbs after their own right; no page, route or key leads to it.
    'notifications.message.send': { people: 'everybody', audit: 'none' },
    'notifications.delivery.work': { system: true, audit: 'none' },
    'notifications.vault.use': { system: true, audit: 'none' },
    'notifications.inbox.read': { people: 'signed_in', audit: 'none' },
    'notifications.inbox.mark': { people: 'signed_in', audit: 'none' },
    'notifications.preference.read': { people: 'signed_in', audit: 'none' },
    'notifications.preference.change': { people: 'signed_in' },
    'notifications.log.read': { roles: ['admin', 'leader', 'clerk', 'auditor'], audit: 'seen' },
    'notifications.delivery.repeat': { roles: ['admin', 'clerk'] },
    'notifications.outbox.read': { roles: ['admin', 'leader', 'clerk', 'specialist'], audit: 'none' },
    'notifications.template.read': { roles: ['admin', 'leader', 'clerk'], audit: 'none' },
    'notifications.template.change': { roles: ['admin'] },
    'notifications.setting.read': { roles: ['admin', 'leader', 'clerk', 'auditor'], audit: 'none' },
    'notifications.setting.change': { roles: ['admin'] },
  },
  listeners: { 'registry.correction.decided': hearCorrection },
  errands: {
    [DELIVER]: deliver,
    'notifications.sweep': sweepDeliveries,
    'notifications.keep_zalo_token': keepZaloToken,
  },
  schedule: [
    { cron: '*/5 * * * *', job: 'notifications.sweep' },
    { cron: '15 3 * * 1', job: 'notifications.keep_zalo_token' },
  ],
  navigation: [
    {
      href: '/notifications/staff',
      label: (locale) => m.notifications_log_nav({}, { locale }),
      place: 'staff',
      right: 'notifications.log.read',
      icon: 'send',
    },
    {
      href: '/notifications',
      label: (locale) => m.notifications_inbox_title({}, { locale }),
      place: 'account',
      right: 'notifications.inbox.read',
      icon: 'bell',
    },
  ],
};
