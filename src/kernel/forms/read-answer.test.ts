import { describe, expect, test } from 'vitest';
import { CONTEXT } from './fixtures.ts';
import { FormDefinition } from './definition.ts';
import { fieldsOf } from './flatten.ts';
import { readAnswer } from './read-answer.ts';
import type { FormValues } from './values.ts';

const label = { vi: 'Nhãn', en: 'Label' };

function read(field: object, input: unknown, values: FormValues = {}): unknown {
  const form = FormDefinition.parse({
    id: 'one',
    version: 1,
    title: label,
    verified: false,
    sources: [],
    pages: [
      {
        id: 'p',
        title: label,
        fields: [
          { kind: 'date', id: 'other', label },
          { id: 'it', label, ...field },
        ],
      },
    ],
  });
  const it = fieldsOf(form).find((one) => one.key === 'it');
  const reading = it ? readAnswer(it, input, values, CONTEXT) : {};
  return reading.error?.code ?? reading.value;
}

describe('an answer as people type it', () => {
  test.each([
    ['2023-06-05', '2023-06-05'],
    ['5/6/2023', '2023-06-05'],
    [' 05-06-2023 ', '2023-06-05'],
    ['29/2/2024', '2024-02-29'],
    ['29/2/2023', 'bad_date'],
    ['2023-13-01', 'bad_date'],
    ['6/2023', 'bad_date'],
    ['1023-01-01', 'bad_date'],
    ['hôm qua', 'bad_date'],
    [20230605, 'not_understood'],
    ['', undefined],
  ])('date %s is %s', (typed, expected) => {
    expect(read({ kind: 'date' }, typed)).toBe(expected);
  });

  test.each([
    ['1958', '1958'],
    ['3/1958', '1958-03'],
    ['03/09/1958', '1958-09-03'],
    ['58', 'bad_partial_date'],
    ['13/1958', 'bad_partial_date'],
  ])('partial date %s is %s', (typed, expected) => {
    expect(read({ kind: 'date', partial: true }, typed)).toBe(expected);
  });

  test('date limits count from today and from other answers; an open year is not refused', () => {
    const adult = { kind: 'date', partial: true, notAfter: { from: 'today', years: -18 } };
    expect(read(adult, '2008-11-23')).toBe('2008-11-23');
    expect(read(adult, '2008-11-24')).toBe('date_too_late');
    expect(read(adult, '2008')).toBe('2008');
    expect(read(adult, '2009')).toBe('date_too_late');
    const later = { kind: 'date', notBefore: { from: { field: 'other' } } };
    expect(read(later, '2020-01-01', { other: '2020-01-02' })).toBe('date_too_early');
    expect(read(later, '2020-01-02', { other: '2020-01-02' })).toBe('2020-01-02');
    expect(read(later, '2020-01-01')).toBe('2020-01-01');
  });

  test.each([
    ['019 185 001234', '019185001234'],
    ['019185001234', '019185001234'],
    ['000185001234', 'bad_national_id'],
    ['01918500123', 'bad_national_id'],
    ['01918500123a', 'bad_national_id'],
  ])('national id %s is %s', (typed, expected) => {
    expect(read({ kind: 'national_id' }, typed)).toBe(expected);
  });

  test.each([
    ['0912 345 678', '0912345678'],
    ['+84912345678', '0912345678'],
    ['84 912.345.678', '0912345678'],
    ['+84 (0) 912 345 678', '0912345678'],
    ['0208 3855 123', '02083855123'],
    ['0112345678', 'bad_phone'],
    ['912345678', 'bad_phone'],
    ['09123456789', 'bad_phone'],
  ])('phone %s is %s', (typed, expected) => {
    expect(read({ kind: 'phone' }, typed)).toBe(expected);
  });

  test.each([
    ['1.500.000 đ', '1500000'],
    ['1500000', '1500000'],
    ['1,500,000 VND', '1500000'],
    ['0050000', '50000'],
    ['9007199254740993', 'bad_money'],
    ['-5', 'bad_money'],
    ['1,5', 'bad_money'],
    ['2000000001', 'too_large'],
  ])('money %s is %s', (typed, expected) => {
    expect(read({ kind: 'money', max: 2_000_000_000 }, typed)).toBe(expected);
  });

  test.each([
    ['1.145,5', 1145.5],
    ['1145.5', 1145.5],
    ['1.145', 1145],
    ['12,5', 12.5],
    ['12,55', 'too_many_decimals'],
    ['-3', 'too_small'],
    ['một', 'bad_number'],
    ['1e5', 'bad_number'],
    [Number.NaN, 'bad_number'],
    [12.5, 12.5],
  ])('number %s is %s', (typed, expected) => {
    expect(read({ kind: 'number', decimals: 1 }, typed)).toBe(expected);
  });

  test('a whole number takes no fraction', () => {
    expect(read({ kind: 'number' }, '2,5')).toBe('not_whole');
  });

  test('yes, no and the declaration', () => {
    expect(read({ kind: 'yes_no' }, 'yes')).toBe(true);
    expect(read({ kind: 'yes_no' }, 'no')).toBe(false);
    expect(read({ kind: 'yes_no' }, 'maybe')).toBe('not_understood');
    expect(read({ kind: 'declaration' }, 'yes')).toBe(true);
    expect(read({ kind: 'declaration' }, 'no')).toBe(undefined);
  });

  test('choices keep the order of the form and no doubles', () => {
    const options = ['a', 'b', 'c'].map((value) => ({ value, label }));
    expect(read({ kind: 'choices', options }, ['c', 'a', 'c'])).toEqual(['a', 'c']);
    expect(read({ kind: 'choices', options }, 'b')).toEqual(['b']);
    expect(read({ kind: 'choices', options, atMost: 1 }, ['a', 'b'])).toBe('too_many');
    expect(read({ kind: 'choices', options }, ['a', 'x'])).toBe('not_an_option');
    expect(read({ kind: 'choice', options }, ['a', 'b'])).toBe('not_understood');
  });

  test('names, lengths and other shapes', () => {
    expect(read({ kind: 'text', pattern: 'person_name' }, 'H’Hen Niê')).toBe('H’Hen Niê');
    expect(read({ kind: 'text', pattern: 'person_name' }, 'Đặng Thị Nguyễn-Hoàng')).toBe(
      'Đặng Thị Nguyễn-Hoàng',
    );
    expect(read({ kind: 'text', pattern: 'person_name' }, 'A1')).toBe('bad_person_name');
    expect(read({ kind: 'text', pattern: 'email' }, 'a@b')).toBe('bad_email');
    expect(read({ kind: 'text', pattern: 'tax_code' }, '4600123456-001')).toBe('4600123456-001');
    expect(read({ kind: 'text', maxLength: 3 }, 'ếếếế')).toBe('too_long');
    expect(read({ kind: 'text', maxLength: 3 }, 'e\u0302\u0301e\u0302\u0301e\u0302\u0301')).toBe('ếếế');
    expect(read({ kind: 'text', minLength: 3 }, 'ab')).toBe('too_short');
    expect(read({ kind: 'longtext' }, 'một\r\nhai')).toBe('một\nhai');
    expect(read({ kind: 'text' }, 'x'.repeat(1_000_000))).toBe('too_long');
  });

  test('hamlets are those of the commune', () => {
    expect(read({ kind: 'hamlet' }, 'khe-coc')).toBe('khe-coc');
    expect(read({ kind: 'hamlet' }, 'elsewhere')).toBe('not_an_option');
  });

  test('files are names of stored files, each once', () => {
    const field = { kind: 'attachment', accept: ['application/pdf'], maxFiles: 2 };
    expect(read(field, ['f1', 'f1', 'f2'])).toEqual(['f1', 'f2']);
    expect(read(field, ['f1', 'f2', 'f3'])).toBe('too_many');
    expect(read(field, ['../../etc/passwd'])).toBe('bad_file');
  });
});
