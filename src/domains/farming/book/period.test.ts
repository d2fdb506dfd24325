import { expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { periodsOf } from './period.ts';

const day = localDate;
const TODAY = day('2026-11-23');
const standing = (more: object = {}) => ({
  householdId: 'h',
  producerId: 'p',
  standard: 'vietgap' as const,
  from: day('2024-03-01'),
  last: null,
  papers: [],
  ...more,
});
const paper = (from: string, to: string | null, revoked: string | null = null) => ({
  id: from,
  validFrom: day(from),
  validTo: to === null ? null : day(to),
  revokedOn: revoked === null ? null : day(revoked),
});

it('keeps a book for the days of each certificate on which the holder belonged to it, never beyond today', () => {
  const papers = [paper('2023-01-01', '2024-12-31'), paper('2025-01-01', '2027-12-31')];
  expect(periodsOf([standing({ papers })], TODAY)).toEqual([
    { kind: 'vietgap', from: '2025-01-01', to: TODAY, certified: true },
    { kind: 'vietgap', from: '2024-03-01', to: '2024-12-31', certified: true },
  ]);
});

it('ends the day before a certificate was revoked, and with the membership', () => {
  const papers = [paper('2025-01-01', '2027-12-31', '2025-06-01')];
  expect(periodsOf([standing({ papers })], TODAY)[0]).toMatchObject({ to: '2025-05-31' });
  const left = standing({ papers: [paper('2025-01-01', null)], last: day('2025-03-31') });
  expect(periodsOf([left], TODAY)).toEqual([
    { kind: 'vietgap', from: '2025-01-01', to: '2025-03-31', certified: true },
  ]);
});

it('without a certificate the last twelve months, as far as the standard held', () => {
  expect(periodsOf([standing({ standard: 'organic' })], TODAY)).toEqual([
    { kind: 'organic', from: '2025-11-24', to: TODAY, certified: false },
  ]);
  expect(periodsOf([], TODAY)).toEqual([
    { kind: 'vietgap', from: '2025-11-24', to: TODAY, certified: false },
  ]);
});
