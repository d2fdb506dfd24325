import { describe, expect, test } from 'vitest';
import { CONTEXT, MEMBERSHIP, TODAY } from './fixtures.ts';
import { prefill } from './prefill.ts';
import { summary } from './summary.ts';

const VALUES = {
  'member.full_name': 'Hoàng Thị Đào',
  'member.birth_date': '1958',
  'member.national_id': '019158001234',
  'member.residence.hamlet': 'khe-coc',
  level: 'master',
  since: '2010-06-05',
  prize: '350000',
  titled: false,
  children: 1,
  'child.1.name': 'Lý An',
  'child.1.height': 104.5,
  'child.1.note': 'một\nhai',
  days: ['mon', 'wed'],
  photo: ['f1'],
  agree: true,
};

describe('the summary', () => {
  test('gives every asked question in words, by page and group', () => {
    const sections = summary(MEMBERSHIP, VALUES, 'vi', {
      today: TODAY,
      hamletNames: new Map([['khe-coc', 'Khe Cốc']]),
    });
    expect(sections.map((section) => section.title)).toEqual([
      'Người gia nhập',
      'Thành viên',
      'Nhãn',
      'Nhãn',
      'Con 1',
    ]);
    const text = Object.fromEntries(sections.flatMap((s) => s.rows.map((row) => [row.key, row.text])));
    expect(text).toMatchObject({
      'member.birth_date': '1958',
      'member.residence.hamlet': 'Khe Cốc',
      'member.phone': '',
      level: 'Cao thủ',
      since: '05/06/2010',
      prize: '350.000 đ',
      titled: 'Không',
      'child.1.height': '104,5 cm',
      photo: '1 tệp',
    });
    expect(text).not.toHaveProperty('title_name');
  });

  test('masks personal answers only', () => {
    const rows = summary(MEMBERSHIP, VALUES, 'en', { today: TODAY, masked: true }).flatMap((s) => s.rows);
    const text = Object.fromEntries(rows.map((row) => [row.key, row.text]));
    expect(text).toMatchObject({
      'member.full_name': 'H. T. Đ.',
      'member.national_id': '•••234',
      'member.birth_date': '•••',
      'member.phone': '',
      level: 'Master',
      prize: '350,000 VND',
    });
    expect(JSON.stringify(rows)).not.toContain('Hoàng');
  });
});

describe('pre-filling', () => {
  const facts = {
    'applicant.full_name': 'Hoàng Thị Đào',
    'applicant.birth_date': '1990-06-05',
    'applicant.national_id': 'unknown',
    'applicant.residence_hamlet': 'khe-coc',
  };

  test('offers what is known, leaves answers alone and leaves out what the form would refuse', () => {
    const { values, prefilled } = prefill(MEMBERSHIP, { 'member.full_name': 'Lý Thị Lan' }, facts, CONTEXT);
    expect(values).toEqual({
      'member.full_name': 'Lý Thị Lan',
      'member.birth_date': '1990-06-05',
      'member.residence.hamlet': 'khe-coc',
    });
    expect(prefilled).toEqual(['member.birth_date', 'member.residence.hamlet']);
  });
});
