import type { Manifest } from '#kernel/manifest';

export const registry: Manifest = {
  name: 'registry',
  rights: {},
};
