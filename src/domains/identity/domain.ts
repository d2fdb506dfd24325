import { m } from '#i18n/messages';
import type { Manifest } from '#kernel/manifest';
import { ROLES } from '#kernel/rights';
import { identityApi } from './api.ts';
import { EXPIRE, expireGrant } from './grant.actions.ts';
import { HOLDINGS } from './holdings.ts';

export const identity: Manifest = {
  name: 'identity',
  holdings: HOLDINGS,
  afterClosing: true,
  api: identityApi,
  rights: {
    'identity.session.read': { system: true, audit: 'none' },
    'identity.session.begin': { system: true },
    'identity.session.fail': { people: 'everybody' },
    'identity.binding.create': { roles: ['clerk'] },
    'identity.account.find': { roles: ['clerk', 'police'], audit: 'seen' },
    'identity.binding.prepare': { roles: ['clerk'], audit: 'none' },
    'identity.binding.claim': { people: 'signed_in' },
    'identity.binding.wake': { people: 'signed_in' },
    'identity.binding.confirm': { system: true, audit: 'none' },
    'identity.binding.tell': { system: true, audit: 'none' },
    'identity.binding.see_own': { people: 'signed_in', audit: 'none' },
    'identity.binding.end': { roles: ['clerk', 'admin'], people: 'owner' },
    'identity.presence.read': {
      roles: ROLES,
      system: true,
      audit: 'none',
    },
    'identity.me.read': { roles: ROLES, people: 'signed_in', audit: 'none' },
    'identity.grant.create': { roles: ['admin'], system: true },
    'identity.grant.end': { roles: ['admin'], system: true },
    'identity.grant.expire': { system: true },
    'identity.grant.read': { roles: ['admin', 'leader', 'auditor'], system: true, audit: 'seen' },
    'identity.policy.read': { roles: ['admin', 'leader', 'auditor'], audit: 'none' },
    'identity.account.read': { roles: ['admin', 'leader', 'auditor'], system: true, audit: 'seen' },
    'identity.account.invite': { roles: ['admin'], system: true },
    'identity.account.renew': { roles: ['admin'], system: true },
    'identity.api_key.create': { roles: ['admin'], system: true },
    'identity.api_key.end': { roles: ['admin'], system: true },
    'identity.api_key.read': { roles: ['admin', 'auditor'], system: true, audit: 'none' },
    'identity.api_key.use': { system: true, audit: 'none' },
  },
  jobs: { [EXPIRE]: (ctx, data) => expireGrant(ctx, String(data.grant)) },
  navigation: [
    {
      href: '/identity/staff/counter',
      label: (locale) => m.identity_counter_title({}, { locale }),
      place: 'staff',
      right: 'identity.binding.create',
      icon: 'hand',
    },
    {
      href: '/identity/staff',
      label: (locale) => m.identity_nav_rights({}, { locale }),
      place: 'staff',
      right: 'identity.policy.read',
      icon: 'shield',
    },
    {
      href: '/identity',
      label: (locale) => m.identity_account_title({}, { locale }),
      place: 'account',
      right: 'identity.me.read',
      icon: 'person',
    },
  ],
};
