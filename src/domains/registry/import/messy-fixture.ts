/** A list as communes have it, with every fault that was seen in one, and what must be said of it. */
import writeXlsxFile from 'write-excel-file/node';
import type { CellObject } from 'write-excel-file/node';
import { addDays, dayNumber, localDate, type LocalDate } from '#kernel/time';
import { seeded, type Random } from '../../../../demo/random.ts';
import { idNumberOf, nameOf, type Sex } from '../../../../demo/people.ts';
import { columnLetter, type Field } from './columns.ts';

export type Messy = {
  file: Uint8Array;
  /** `C15 bad_date`, for every problem; rows left out for their head's sake as `15 head_left_out`. */
  problems: string[];
  /** Rows that are people. */
  people: number;
  households: number;
};

const HEADS: Record<Field, string> = {
  hamlet: 'Xóm ',
  household: 'Số hộ',
  full_name: 'HỌ VÀ TÊN',
  relation: 'Quan hệ với chủ hộ',
  birth_date: 'Ngày, tháng, năm sinh',
  sex: 'Giới tính',
  national_id: 'Số CCCD/ĐDCN (12 số)',
  phone: 'Số điện thoại',
  address: 'Địa chỉ',
};
const ORDER: readonly (Field | null)[] = [
  null,
  'national_id',
  'full_name',
  'household',
  'sex',
  'birth_date',
  null,
  'relation',
  'phone',
  'hamlet',
  'address',
];

type One = { relation: string; sex: Sex; birth: LocalDate; name: string; id: string; phone: string | null };
type Row = Record<Field, CellObject | null>;

/** @param rows about how many people @param hamlets their names */
export async function messyList(rows: number, hamlets: readonly string[], seed = 5): Promise<Messy> {
  const random = seeded(seed);
  const made = new Maker(random, hamlets);
  while (made.people < rows) made.house();
  const file = await writeXlsxFile([{ sheet: 'Danh sách', data: made.sheet as never }], {});
  return {
    file: new Uint8Array(await file.toBuffer()),
    problems: made.problems.toSorted(),
    people: made.people,
    households: made.households,
  };
}

class Maker {
  readonly sheet: (CellObject | null)[][] = [];
  problems: string[] = [];
  people = 0;
  households = 0;
  #number = 0;
  readonly #random: Random;
  readonly #hamlets: readonly string[];

  constructor(random: Random, hamlets: readonly string[]) {
    this.#random = random;
    this.#hamlets = hamlets;
    this.sheet.push([{ value: 'ỦY BAN NHÂN DÂN XÃ MẪU', columnSpan: ORDER.length } as CellObject]);
    this.sheet.push(
      [{ value: 'DANH SÁCH HỘ VÀ NHÂN KHẨU (DEMO)', columnSpan: ORDER.length } as CellObject],
      [],
    );
    this.sheet.push(
      ORDER.map((field, at) => ({ value: field ? HEADS[field] : at === 0 ? 'STT' : 'Ghi chú' })),
    );
    this.sheet.push(ORDER.map((_, at) => ({ value: `(${at + 1})` })));
  }

  house(): void {
    this.households += 1;
    const hamlet = this.#random.pick(this.#hamlets);
    const family = this.#family();
    const rows = family.map((one, at) => this.#row(one, hamlet, at === 0));
    const fault = this.#random.chance(0.12) ? this.#random.pick(FAULTS) : null;
    if (this.#random.chance(0.03)) this.sheet.push([]);
    const first = this.sheet.length + 1;
    // The head of one house in a hundred cannot be read: nobody of that house comes in.
    if (this.#random.chance(0.01)) {
      rows[0]!.birth_date = { value: '30/02/1970' };
      this.#problem(first, 'birth_date', 'bad_date');
      for (let at = 1; at < rows.length; at += 1) this.problems.push(`${first + at} head_left_out`);
    } else if (fault && rows.length > 1) {
      const at = this.#random.int(1, rows.length - 1);
      fault.spoil(rows[at]!, family[at]!);
      const [field, code] = fault.says;
      this.#problem(first + at, field, code);
    }
    for (const row of rows) {
      this.people += 1;
      this.sheet.push(
        ORDER.map((field, at) =>
          field ? row[field] : at === 0 ? { value: this.people, type: Number } : null,
        ),
      );
    }
  }

  #problem(row: number, field: Field, code: string): void {
    this.problems.push(`${columnLetter(ORDER.indexOf(field))}${row} ${code}`);
  }

  #family(): One[] {
    const random = this.#random;
    const birth = addDays(localDate('1945-01-01'), random.int(0, 45 * 365));
    const family = [this.#one('Chủ hộ', random.chance(0.7) ? 'male' : 'female', birth)];
    const spouse: Sex = family[0]!.sex === 'male' ? 'female' : 'male';
    if (random.chance(0.85))
      family.push(
        this.#one(spouse === 'female' ? 'Vợ' : 'chồng ', spouse, addDays(birth, random.int(-900, 900))),
      );
    for (let child = random.int(0, 4); child > 0; child -= 1) {
      const sex: Sex = random.chance(0.5) ? 'male' : 'female';
      const born = addDays(birth, random.int(20 * 365, 30 * 365));
      family.push(this.#one(random.pick(['Con', 'con đẻ', 'Con ']), sex, born));
    }
    return family;
  }

  #one(relation: string, sex: Sex, birth: LocalDate): One {
    this.#number += 1;
    const id = `019${idNumberOf(sex, birth, this.#number).slice(3)}`;
    const phone = this.#random.chance(0.4) ? `0540${String(this.#number).padStart(6, '0')}` : null;
    return { relation, sex, birth, name: nameOf(this.#random, sex), id, phone };
  }

  #row(one: One, hamlet: string, first: boolean): Row {
    const random = this.#random;
    const name = random.chance(0.2)
      ? `  ${one.name.toUpperCase()} `
      : random.chance(0.2)
        ? `${one.name}  `
        : one.name;
    return {
      hamlet: { value: random.chance(0.3) ? `Xóm ${hamlet} ` : hamlet },
      household: first ? { value: this.households, type: Number } : null,
      full_name: { value: name },
      relation: { value: one.relation },
      birth_date: this.#birth(one.birth),
      sex: { value: one.sex === 'male' ? random.pick(['Nam', 'nam ']) : random.pick(['Nữ', ' nữ']) },
      // Excel's own doing: a number that begins with 0 loses it.
      national_id: random.chance(0.4) ? { value: Number(one.id), type: Number } : { value: one.id },
      phone:
        one.phone === null
          ? null
          : random.chance(0.5)
            ? { value: Number(one.phone), type: Number }
            : { value: one.phone },
      address: first ? { value: `Nhà số ${this.households} ` } : null,
    };
  }

  #birth(day: LocalDate): CellObject {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number];
    const styles: CellObject[] = [
      { value: new Date(`${day}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' },
      { value: `${date}/${month}/${year}` },
      { value: `${date}-${month}-${year} ` },
      { value: `${date}.${month}.${year}` },
      { value: `ngày ${date} tháng ${month} năm ${year}` },
      { value: dayNumber(day) - dayNumber(localDate('1899-12-30')), type: Number },
    ];
    return this.#random.pick(styles);
  }
}

type Fault = { says: readonly [Field, string]; spoil: (row: Row, one: One) => void };

const FAULTS: readonly Fault[] = [
  { says: ['relation', 'second_head'], spoil: (row) => (row.relation = { value: 'CHỦ HỘ' }) },
  { says: ['relation', 'bad_relation'], spoil: (row) => (row.relation = { value: 'người quen' }) },
  { says: ['birth_date', 'bad_date'], spoil: (row) => (row.birth_date = { value: '31/2/1990' }) },
  { says: ['birth_date', 'two_digit_year'], spoil: (row) => (row.birth_date = { value: '5/3/90' }) },
  { says: ['birth_date', 'date_in_future'], spoil: (row) => (row.birth_date = { value: '5/3/2090' }) },
  { says: ['sex', 'bad_sex'], spoil: (row) => (row.sex = { value: 'x' }) },
  { says: ['full_name', 'missing_name'], spoil: (row) => (row.full_name = { value: '   ' }) },
  { says: ['national_id', 'bad_id'], spoil: (row) => (row.national_id = { value: '12345' }) },
  { says: ['national_id', 'digits_lost'], spoil: (row) => (row.national_id = { value: '1.9185E+10' }) },
  {
    says: ['national_id', 'id_disagrees'],
    spoil: (row, { sex, birth }) => {
      row.national_id = {
        value: `019${idNumberOf(sex === 'male' ? 'female' : 'male', birth, 999999).slice(3)}`,
      };
    },
  },
  { says: ['phone', 'bad_phone'], spoil: (row) => (row.phone = { value: '12 34' }) },
  { says: ['hamlet', 'unknown_hamlet'], spoil: (row) => (row.hamlet = { value: 'Xóm Không Có' }) },
];
