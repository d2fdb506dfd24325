import type { Manifest } from '#kernel/manifest';

export const commune: Manifest = {
  name: 'commune',
  rights: {},
};
