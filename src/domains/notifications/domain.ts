import type { Manifest } from '#kernel/manifest';

export const notifications: Manifest = {
  name: 'notifications',
  rights: {
    // Called by other rooms' verbs after their own right; no page, route or key leads to it.
    'notifications.message.send': { people: 'everybody', audit: 'none' },
  },
};
