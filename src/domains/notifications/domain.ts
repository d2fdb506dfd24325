import type { Manifest } from '#kernel/manifest';
import { deliver, keepZaloToken, sweepDeliveries } from './jobs.ts';
import { DELIVER } from './notify.actions.ts';

export const notifications: Manifest = {
  name: 'notifications',
  rights: {
    // Called by other rooms' verbs after their own right; no page, route or key leads to it.
    'notifications.message.send': { people: 'everybody', audit: 'none' },
    'notifications.delivery.work': { system: true, audit: 'none' },
    'notifications.vault.use': { system: true, audit: 'none' },
  },
  errands: {
    [DELIVER]: deliver,
    'notifications.sweep': sweepDeliveries,
    'notifications.keep_zalo_token': keepZaloToken,
  },
  schedule: [
    { cron: '*/5 * * * *', job: 'notifications.sweep' },
    { cron: '15 3 * * 1', job: 'notifications.keep_zalo_token' },
  ],
};
