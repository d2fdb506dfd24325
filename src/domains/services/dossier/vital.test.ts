import { expect, it } from 'vitest';
import { vitalNoticeOf } from './vital.ts';

it('the forms of birth and death say who and when; other forms say nothing', () => {
  const child = { 'child.full_name': 'Lý Văn Bé', 'child.birth_date': '2026-05-20', 'child.sex': 'male' };
  const mother = {
    'mother.full_name': 'Lý Thị Mẹ',
    'mother.birth_date': '1995',
    'mother.national_id': '099195000001',
  };
  expect(vitalNoticeOf('birth-registration', { ...child, ...mother })).toEqual({
    kind: 'birth',
    child: { name: 'Lý Văn Bé', birthDate: '2026-05-20', sex: 'male' },
    parents: [{ name: 'Lý Thị Mẹ', birthDate: null, nationalId: '099195000001' }],
  });
  const deceased = {
    'deceased.full_name': 'Lý Văn Cụ',
    'deceased.birth_date': '1940-02-03',
    died_on: '2026-05-01',
  };
  expect(vitalNoticeOf('death-registration', deceased)).toEqual({
    kind: 'death',
    deceased: { name: 'Lý Văn Cụ', birthDate: '1940-02-03', nationalId: null },
    on: '2026-05-01',
  });
  expect(vitalNoticeOf('death-registration', { ...deceased, died_on: '2026' })).toBeNull();
  expect(vitalNoticeOf('general', child)).toBeNull();
});
