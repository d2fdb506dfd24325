import type { Manifest } from '#kernel/manifest';

export const identity: Manifest = {
  name: 'identity',
  rights: {
    'identity.session.read': { system: true, audit: 'none' },
    'identity.session.begin': { people: 'signed_in' },
    'identity.api_key.create': { roles: ['admin'], system: true },
    'identity.api_key.end': { roles: ['admin'], system: true },
    'identity.api_key.use': { system: true, audit: 'none' },
  },
};
