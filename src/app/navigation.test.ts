import { expect, test } from 'vitest';
import type { Actor } from '#kernel/context';
import type { NavItem } from '#kernel/manifest';
import { icons } from '#ui/icons.ts';
import { DOMAINS } from '../domains.ts';
import { entriesFor, navigationOf } from './navigation.ts';

const policy = new Map([
  ['desk.open', { roles: ['clerk' as const] }],
  ['mine.open', { people: 'signed_in' as const }],
]);
const items: NavItem[] = [
  {
    href: '/services/staff',
    label: (locale) => (locale === 'vi' ? 'Hồ sơ' : 'Dossiers'),
    place: 'staff',
    right: 'desk.open',
    icon: 'dossier',
  },
  { href: '/services/mine', label: () => 'Của tôi', place: 'account', right: 'mine.open' },
];
const stranger: Actor = { kind: 'anonymous' };

function person(role?: string, hamletId: string | null = null): Actor {
  const grants = role ? [{ role, hamletId }] : [];
  return { kind: 'person', userId: 'u', name: 'Tô Văn Khiêm', phone: null, residentId: null, grants };
}

test('the rail shows what a role may open, at the address of the reader’s language', () => {
  expect(entriesFor(items, 'staff', { actor: person('clerk'), policy, locale: 'vi' })).toEqual([
    { href: '/can-bo/ho-so', label: 'Hồ sơ', icon: 'dossier' },
  ]);
  expect(entriesFor(items, 'staff', { actor: person('clerk'), policy, locale: 'en' })).toEqual([
    { href: '/en/staff/dossiers', label: 'Dossiers', icon: 'dossier' },
  ]);
});

test('a role held for one hamlet opens the page as well', () => {
  const reader = { actor: person('clerk', 'hamlet-1'), policy, locale: 'vi' as const };
  expect(entriesFor(items, 'staff', reader)).toHaveLength(1);
});

test('citizens see their own entries, strangers none', () => {
  expect(entriesFor(items, 'staff', { actor: person(), policy, locale: 'vi' })).toEqual([]);
  expect(entriesFor(items, 'account', { actor: person(), policy, locale: 'vi' })).toHaveLength(1);
  expect(entriesFor(items, 'account', { actor: stranger, policy, locale: 'vi' })).toEqual([]);
});

test('every room names a declared right and a drawing that exists', () => {
  const declared = new Set(DOMAINS.flatMap((room) => Object.keys(room.rights)));
  for (const item of navigationOf(DOMAINS)) {
    expect(declared.has(item.right), `${item.href} asks for ${item.right}`).toBe(true);
    expect(item.icon === undefined || item.icon in icons, `${item.href} wants ${item.icon}`).toBe(true);
  }
});
