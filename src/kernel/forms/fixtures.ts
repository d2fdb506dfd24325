import fc from 'fast-check';
import { localDate } from '../time.ts';
import { FormDefinition } from './definition.ts';

export const TODAY = localDate('2026-11-23');
export const CONTEXT = { today: TODAY, hamlets: ['khe-coc', 'tan-thai'] };

const label = { vi: 'Nhãn', en: 'Label' };

/** A club's membership form: nothing of any law, everything that a form can hold. */
export const MEMBERSHIP = FormDefinition.parse({
  id: 'membership',
  version: 1,
  title: { vi: 'Gia nhập câu lạc bộ', en: 'Joining the club' },
  verified: false,
  sources: [],
  pages: [
    {
      id: 'member',
      title: { vi: 'Thành viên', en: 'Member' },
      fields: [
        {
          kind: 'person',
          id: 'member',
          label: { vi: 'Người gia nhập', en: 'Person joining' },
          parts: ['full_name', 'birth_date', 'national_id', 'residence', 'phone', 'email'],
          requiredParts: ['full_name', 'birth_date', 'residence'],
          prefillFrom: 'applicant',
          born: { notAfter: { from: 'today' } },
        },
        {
          kind: 'choice',
          id: 'level',
          label,
          required: true,
          options: [
            { value: 'beginner', label: { vi: 'Mới chơi', en: 'Beginner' } },
            { value: 'master', label: { vi: 'Cao thủ', en: 'Master' } },
          ],
        },
      ],
    },
    {
      id: 'master',
      title: label,
      showWhen: { op: 'equals', field: 'level', value: 'master' },
      fields: [
        {
          kind: 'date',
          id: 'since',
          label,
          required: true,
          notBefore: { from: { field: 'member.birth_date' } },
        },
        { kind: 'money', id: 'prize', label, max: 1_000_000 },
        { kind: 'yes_no', id: 'titled', label, required: true },
        {
          kind: 'text',
          id: 'title_name',
          label,
          required: true,
          minLength: 2,
          maxLength: 20,
          showWhen: { op: 'equals', field: 'titled', value: true },
        },
      ],
    },
    {
      id: 'family',
      title: label,
      fields: [
        { kind: 'number', id: 'children', label, max: 3 },
        {
          kind: 'group',
          id: 'child',
          label: { vi: 'Con', en: 'Child' },
          repeat: { count: 'children', max: 3 },
          fields: [
            { kind: 'text', id: 'name', label, required: true, pattern: 'person_name' },
            { kind: 'number', id: 'height', label, decimals: 1, max: 250, unit: { vi: 'cm', en: 'cm' } },
            { kind: 'longtext', id: 'note', label, requiredWhen: { op: 'present', field: '.height' } },
          ],
        },
        {
          kind: 'choices',
          id: 'days',
          label,
          atMost: 2,
          options: ['mon', 'tue', 'wed'].map((value) => ({ value, label })),
        },
        {
          kind: 'attachment',
          id: 'photo',
          label,
          accept: ['image/jpeg'],
          maxFiles: 2,
          requiredWhen: { op: 'includes', field: 'days', value: 'wed' },
        },
        {
          kind: 'text',
          id: 'guardian',
          label,
          required: true,
          showWhen: { op: 'after', field: 'member.birth_date', than: { from: 'today', years: -18 } },
        },
        { kind: 'declaration', id: 'agree', label, required: true },
      ],
    },
  ],
});

/** What one key of a hostile or clumsy client may hold. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
  fc.constantFrom(
    '',
    ' ',
    'yes',
    'no',
    'on',
    '0',
    '-1',
    '1e9',
    'NaN',
    '__proto__',
    '2024-02-30',
    '9999-12-31',
  ),
  fc.constantFrom(
    '31/12/1999',
    '1999',
    '13/2020',
    '1.500.000',
    'master',
    'beginner',
    'wed',
    'khe-coc',
    '012345678901',
  ),
  fc.string({ unit: 'binary' }),
  fc.constant('ế'.repeat(60_000)),
);

/** A record as the outside may send it: known keys with any value, and keys of no question. */
export function anyRecord(keys: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const key = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...keys) },
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '_shown'),
    fc.string(),
  );
  return fc.array(fc.tuple(key, junk), { maxLength: 25 }).map((pairs) => {
    const record: Record<string, unknown> = {};
    for (const [name, value] of pairs) {
      Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return record;
  });
}
