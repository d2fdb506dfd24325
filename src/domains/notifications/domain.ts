import type { Manifest } from '#kernel/manifest';

export const notifications: Manifest = {
  name: 'notifications',
  rights: {},
};
