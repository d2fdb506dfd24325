import type { Manifest } from '#kernel/manifest';

export const services: Manifest = {
  name: 'services',
  rights: {},
};
