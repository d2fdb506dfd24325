import { expect, it } from 'vitest';
import { isMailbox, isMobile, maskEmail } from './contact.ts';

it.each(['an@example.vn', "o'neil+xa@mail.example.com"])('%s is one mailbox', (email) => {
  expect(isMailbox(email)).toBe(true);
});

it.each([
  'an@example',
  'an',
  '@example.vn',
  'a@b.vn, c@d.vn',
  'An <an@example.vn>',
  'a@b.vn\r\nBcc: c@d.vn',
  'a b@c.vn',
  '"a"@c.vn',
  'a@-b.vn',
  `${'a'.repeat(65)}@b.vn`,
  'đ@b.vn',
])('%s is none', (email) => {
  expect(isMailbox(email)).toBe(false);
});

it('tells mobile numbers from landlines', () => {
  expect(
    ['+84912345678', '+84312345678', '+842083822115', '0912345678', '+8491234567'].map(isMobile),
  ).toEqual([true, true, false, false, false]);
});

it('masks a mailbox', () => {
  expect([maskEmail('hoa.nguyen@example.vn'), maskEmail('@x'), maskEmail('')]).toEqual([
    'h…@example.vn',
    '…',
    '…',
  ]);
});
