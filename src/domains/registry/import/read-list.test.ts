import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, localDate } from '#kernel/time';
import { RELATIONS } from '../household/household.ts';
import {
  listRelationWords,
  readBirth,
  readId,
  readName,
  readPhoneCell,
  readRelation,
  readSex,
} from './cells.ts';
import { columnLetter, fieldOfHead, findHeads, type Cell } from './columns.ts';
import { readList } from './read-list.ts';

const TODAY = localDate('2026-11-20');
const birth = (cell: Cell) => {
  const read = readBirth(cell, TODAY);
  return 'problem' in read ? read.problem : read.value && `${read.value.day} ${read.value.known}`;
};

describe('heads of columns', () => {
  it('are known in any order, with and without accents, below title rows', () => {
    const rows: Cell[][] = [
      ['ỦY BAN NHÂN DÂN XÃ TỨC TRANH', null],
      ['DANH SÁCH NHÂN KHẨU XÓM KHE CỐC', null],
      [],
      ['STT', 'Số CCCD/ĐDCN ', 'HỌ VÀ TÊN', 'Ngày, tháng, năm sinh', 'QH với chủ hộ', 'Giới tính', 'Ghi chú'],
      ['1', '019085001234', 'Nguyễn Văn Mẫu', '1/2/1985', 'Chủ hộ', 'Nam', null],
    ];
    expect(findHeads(rows)).toEqual({
      row: 3,
      columns: { 1: 'national_id', 2: 'full_name', 3: 'birth_date', 4: 'relation', 5: 'sex' },
    });
    expect(fieldOfHead('Quan hệ với chủ hộ (ghi rõ)')).toBe('relation');
    expect(fieldOfHead('Ghi chú')).toBeUndefined();
    expect(findHeads([['a', 'b'], ['Họ tên']])).toBeUndefined();
    expect([columnLetter(0), columnLetter(25), columnLetter(26), columnLetter(701)]).toEqual([
      'A',
      'Z',
      'AA',
      'ZZ',
    ]);
  });
});

describe('days of birth', () => {
  it('are read in every style that lists have', () => {
    for (const cell of [
      { day: '1985-03-05' },
      '5/3/1985',
      '05-03-1985',
      '5.3.1985',
      '1985-03-05',
      'ngày 5 tháng 3 năm 1985',
      '5 tháng 3 năm 1985',
      ' 05 / 03 / 1985 ',
      31111,
      '31111',
    ] as Cell[])
      expect([cell, birth(cell)]).toEqual([cell, '1985-03-05 day']);
    for (const cell of [1945, '1945', '00/00/1945', '3/1945', 'tháng 3/1945'] as Cell[])
      expect(birth(cell)).toBe('1945-01-01 year');
    expect(birth(null)).toBeNull();
    expect(birth('5/3/85')).toBe('two_digit_year');
    for (const cell of ['31/2/1985', 'hôm qua', '13/13/1990', true, 3, '12/31/1985'] as Cell[])
      expect([cell, birth(cell)]).toEqual([cell, 'bad_date']);
    expect(birth('1/1/2999')).toBe('date_in_future');
  });

  it('survive every way of writing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber(localDate('1906-01-01')), max: dayNumber(TODAY) }),
        (number) => {
          const day = addDays(localDate('1970-01-01'), number);
          const [year, month, date] = day.split('-').map(Number);
          for (const cell of [
            { day },
            `${date}/${month}/${year}`,
            `${date}.${month}.${year}`,
            `ngày ${date} tháng ${month} năm ${year}`,
            dayNumber(day) - dayNumber(localDate('1899-12-30')),
          ] as Cell[])
            expect(birth(cell)).toBe(`${day} day`);
        },
      ),
    );
  });
});

describe('numbers', () => {
  const woman = { sex: 'female', birth: { day: localDate('1985-03-05'), known: 'day' } } as const;

  it('of persons get back the zeros that a spreadsheet took', () => {
    expect(readId(19185001234, woman)).toEqual({ value: '019185001234', note: 'zeros_added' });
    expect(readId("'019 185 001 234", woman)).toEqual({ value: '019185001234' });
    expect(readId('1185001234', woman)).toEqual({ value: '001185001234', note: 'zeros_added' });
    expect(readId('1.9185E+10', woman)).toEqual({ problem: 'digits_lost' });
    expect(readId(191850012345678, woman)).toEqual({ problem: 'bad_id' });
    expect(readId('090123456', woman)).toEqual({ value: null, note: 'old_id_left_out' });
    expect(readId('019085001234', woman)).toEqual({ problem: 'id_disagrees' });
    expect(readId('000185001234', woman)).toEqual({ problem: 'bad_id' });
    expect(readId('không có', woman)).toEqual({ problem: 'bad_id' });
    expect(readId(' ', woman)).toEqual({ value: null });
  });

  it('of telephones too', () => {
    expect(readPhoneCell(912345678)).toEqual({ value: '0912345678', note: 'zero_added_to_phone' });
    expect(readPhoneCell('0912.345.678 / 0987654321')).toEqual({ value: '0912345678' });
    expect(readPhoneCell('12')).toEqual({ problem: 'bad_phone' });
  });
});

it('words for relation, sex and names are understood as they are written', () => {
  const relation = (text: string) => {
    const read = readRelation(text);
    return 'problem' in read ? read.problem : read.value;
  };
  const known: Record<string, string | null> = {
    'Chủ hộ': 'head',
    'CHỦ HỘ ': 'head',
    Vợ: 'spouse',
    'con trai': 'child',
    'Con đẻ': 'child',
    'Con dâu': 'child_in_law',
    'mẹ vợ': 'parent_in_law',
    'Mẹ đẻ': 'parent',
    'cháu nội': 'grandchild',
    'Em gái': 'sibling',
    'bà nội': 'grandparent',
    'ở nhờ': 'unrelated',
    '': null,
    'bạn hàng xóm': 'bad_relation',
  };
  for (const [text, wanted] of Object.entries(known)) expect([text, relation(text)]).toEqual([text, wanted]);
  for (const one of RELATIONS) expect(relation(listRelationWords(one))).toBe(one);
  expect(readSex(' nữ')).toEqual({ value: 'female' });
  expect(readSex('Nam')).toEqual({ value: 'male' });
  expect(readSex('x')).toEqual({ problem: 'bad_sex' });
  expect(readName('  NGUYỄN  THỊ ĐÀO ')).toEqual({ value: 'Nguyễn Thị Đào' });
  expect(readName('123')).toEqual({ problem: 'bad_name' });
});

describe('a list', () => {
  const columns = { 0: 'household', 1: 'full_name', 2: 'relation', 3: 'birth_date' } as const;
  const read = (rows: Cell[][], more: object = {}) =>
    readList({
      rows: rows.map((cells, at) => ({ row: at + 5, cells })),
      columns,
      today: TODAY,
      hamletId: 'kc',
      hamletOf: (text) => (/khe cốc/i.test(text) ? 'kc' : /đập tràn/i.test(text) ? 'dt' : null),
      ...more,
    });
  const findings = (rows: Cell[][], more = {}) =>
    read(rows, more).map(({ row, group, findings: found }) => [
      row,
      group,
      found.map(({ code, column }) => `${code}@${column}`).join(' '),
    ]);

  it('makes households by number, carried on over empty cells', () => {
    expect(
      findings([
        ['(1)', '(2)', '(3)', '(4)'],
        ['1', 'Nguyễn Văn A', 'Chủ hộ', '1980'],
        [null, 'Trần Thị B', 'Vợ', '1982'],
        [null, null, null, null],
        ['2', 'Lê Văn C', 'Chủ hộ', '1970'],
        ['Tổng cộng', '3', null, null],
      ]),
    ).toEqual([
      [6, 0, 'year_only@3'],
      [7, 0, 'year_only@3'],
      [9, 1, 'year_only@3'],
    ]);
  });

  it('without numbers begins a household at every head; a hamlet alone in a row holds for what follows', () => {
    const lines = read(
      [
        [null, 'Xóm Đập Tràn', null, null],
        [null, 'Nguyễn Văn A', 'Chủ hộ', '1/1/1980'],
        [null, 'Nguyễn Văn B', 'Con', '1/1/2010'],
        [null, 'Lê Văn C', 'Chủ hộ', '1/1/1970'],
      ],
      { columns: { 1: 'full_name', 2: 'relation', 3: 'birth_date' } },
    );
    expect(lines.map(({ group, person }) => [group, person.hamletId])).toEqual([
      [0, 'dt'],
      [0, 'dt'],
      [1, 'dt'],
    ]);
  });

  it('tells two heads, a person written twice and a house without a head, at their cells', () => {
    expect(
      findings([
        ['1', 'Nguyễn Văn A', 'Chủ hộ', '1/1/1980'],
        ['1', 'Trần Thị B', 'Chủ hộ', '1/1/1982'],
        ['1', 'TRẦN THỊ B', 'Vợ', '1/1/1982'],
        ['2', 'Lê Văn C', 'Con', '1/1/1990'],
        ['2', 'Lê Văn D', 'Con', '1/1/1992'],
        ['3', 'Lê Văn ?', 'Chủ hộ', '1/1/1970'],
        ['3', 'Lê Văn E', 'Con', '1/1/1999'],
      ]),
    ).toEqual([
      [5, 0, ''],
      [6, 0, 'second_head@2'],
      [7, 0, 'twice_in_list@1'],
      [8, 1, 'no_head@2'],
      [9, 1, 'head_left_out@null'],
      [10, 2, 'bad_name@1'],
      [11, 2, 'head_left_out@null'],
    ]);
  });
});
