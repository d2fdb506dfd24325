/** What single cells of a commune's list mean. Pure; what cannot be read comes back as a code, never as a guess. */
import { readNationalId, readPhone } from '#kernel/forms/formats';
import { cleanLine, foldText } from '#kernel/text';
import { addDays, localDate, parseLocalDate, type LocalDate } from '#kernel/time';
import type { Relation } from '../household/household.ts';
import { agreesWithId } from '../resident.ts';
import type { Cell } from './columns.ts';

/** What was read: a value, perhaps with a remark; or why it could not be. */
export type Read<T> = { value: T; note?: Note } | { problem: Problem };
export type Note = 'zeros_added' | 'year_only' | 'old_id_left_out' | 'zero_added_to_phone';
export type Problem =
  | 'missing_name'
  | 'bad_name'
  | 'bad_date'
  | 'two_digit_year'
  | 'date_in_future'
  | 'bad_id'
  | 'digits_lost'
  | 'id_disagrees'
  | 'bad_sex'
  | 'bad_relation'
  | 'bad_phone'
  | 'unknown_hamlet'
  | 'missing_hamlet'
  | 'second_head'
  | 'no_head'
  | 'head_left_out'
  | 'twice_in_list'
  | 'ambiguous'
  | 'lives_elsewhere'
  | 'other_name'
  | 'other_birth'
  | 'deceased'
  | 'other_head';

/** A cell as text: numbers without exponent, days as people write them, spaces put in order. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return cell.day.split('-').toReversed().join('/');
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell.toFixed(0) : String(cell);
  return cleanLine(String(cell));
}

/** A name; one written all in capitals gets small letters. */
export function readName(cell: Cell | undefined): Read<string> {
  const text = cellText(cell);
  if (text === '') return { problem: 'missing_name' };
  if (!/^[\p{L}\p{M}][\p{L}\p{M}'’. -]*$/u.test(text) || text.length > 100) return { problem: 'bad_name' };
  if (text !== text.toUpperCase() || text.length < 4) return { value: text };
  const small = text.toLowerCase().replace(/(^|[\s'’.-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
  return { value: small };
}

export type Birth = { day: LocalDate; known: 'day' | 'year' };

/** Excel counts days from 30/12/1899. */
const SERIAL_ZERO = localDate('1899-12-30');

/**
 * A day of birth in the ways in which lists have it: a real day, 5/3/1985, 05-03-1985, 5.3.1985, 1985-03-05,
 * "ngày 5 tháng 3 năm 1985", Excel's number of a day, or only a year.
 */
export function readBirth(cell: Cell | undefined, today: LocalDate): Read<Birth | null> {
  const found = birthOf(cell);
  if ('problem' in found || found.value === null) return found;
  if (found.value.day > today) return { problem: 'date_in_future' };
  return found.value.day < '1880-01-01' ? { problem: 'bad_date' } : found;
}

function birthOf(cell: Cell | undefined): Read<Birth | null> {
  if (cell === null || cell === undefined) return { value: null };
  if (typeof cell === 'boolean') return { problem: 'bad_date' };
  if (typeof cell === 'object') return dayOf(cell.day);
  if (typeof cell === 'number') return numberBirth(cell);
  const text = foldText(cell).replace(/\s+/g, ' ');
  if (text === '' || text === '-') return { value: null };
  if (/^\d{4,5}$/.test(text)) return numberBirth(Number(text));
  const spoken = /^(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})$/.exec(text);
  const usual = /^(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})$/.exec(text);
  const turned = /^(\d{4}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{1,2})$/.exec(text);
  if (/^\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2}$/.test(text)) return { problem: 'two_digit_year' };
  const parts = spoken ?? usual;
  if (parts) return dayParts(parts[3]!, parts[2]!, parts[1]!);
  if (turned) return dayParts(turned[1]!, turned[2]!, turned[3]!);
  const month = /^(?:thang )?(\d{1,2}) ?[/.-] ?(\d{4})$/.exec(text);
  if (month && Number(month[1]) <= 12) return onlyYear(month[2]!);
  return { problem: 'bad_date' };
}

function dayParts(year: string, month: string, day: string): Read<Birth> {
  // 00/00/1945: whoever wrote it knew the year.
  if (Number(month) === 0 && Number(day) === 0) return onlyYear(year);
  return dayOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function dayOf(text: string): Read<Birth> {
  const day = parseLocalDate(text);
  return day ? { value: { day, known: 'day' } } : { problem: 'bad_date' };
}

function onlyYear(year: string): Read<Birth> {
  return { value: { day: localDate(`${year}-01-01`), known: 'year' }, note: 'year_only' };
}

function numberBirth(number: number): Read<Birth> {
  if (Number.isInteger(number) && number >= 1880 && number <= 2100) return onlyYear(String(number));
  // From 1905 on, so that a year is never taken for a day.
  if (Number.isInteger(number) && number > 2100 && number < 80_000)
    return { value: { day: addDays(SERIAL_ZERO, number), known: 'day' } };
  return { problem: 'bad_date' };
}

const SEX_WORDS: Record<string, 'male' | 'female'> = {
  nam: 'male',
  trai: 'male',
  m: 'male',
  male: 'male',
  nu: 'female',
  gai: 'female',
  f: 'female',
  female: 'female',
};

export function readSex(cell: Cell | undefined): Read<'male' | 'female' | null> {
  const text = foldText(cellText(cell)).replace(/\.$/, '');
  if (text === '' || text === '-') return { value: null };
  const value = SEX_WORDS[text];
  return value ? { value } : { problem: 'bad_sex' };
}

/**
 * A personal identification number. Excel keeps numbers without their leading zeros and long ones with an exponent:
 * zeros are put back where the number then agrees with the person, lost digits are told.
 */
export function readId(
  cell: Cell | undefined,
  person: { sex: 'male' | 'female' | null; birth: Birth | null },
): Read<string | null> {
  const text = cellText(cell).replace(/^['’`]/, '');
  if (text === '' || text === '-') return { value: null };
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return { problem: 'digits_lost' };
  const digits = text.replace(/[\s.-]/g, '');
  if (!/^\d+$/.test(digits)) return { problem: 'bad_id' };
  if (digits.length === 9) return { value: null, note: 'old_id_left_out' };
  const padded = digits.length >= 10 && digits.length < 12 ? digits.padStart(12, '0') : digits;
  const nationalId = readNationalId(padded);
  if (nationalId === undefined) return { problem: 'bad_id' };
  const { sex, birth } = person;
  if (!agreesWithId({ nationalId, sex, birthDate: birth?.day ?? null })) return { problem: 'id_disagrees' };
  return padded === digits ? { value: nationalId } : { value: nationalId, note: 'zeros_added' };
}

/** A telephone number; a cell with two numbers gives the first. */
export function readPhoneCell(cell: Cell | undefined): Read<string | null> {
  const text = cellText(cell).replace(/^['’`]/, '');
  if (text === '' || text === '-') return { value: null };
  const first = text.split(/[/;,]| - /)[0]!.trim();
  const phone = readPhone(first);
  if (phone) return { value: phone };
  const padded = /^[35789]\d{8}$/.test(first.replace(/[\s.]/g, '')) ? readPhone(`0${first}`) : undefined;
  return padded ? { value: padded, note: 'zero_added_to_phone' } : { problem: 'bad_phone' };
}

const RELATION_WORDS: readonly (readonly [Relation, RegExp])[] = [
  ['head', /^(chu ho|chu gia dinh|ch)$/],
  ['child_in_law', /^(con )?(dau|re)$|^con (dau|re)\b/],
  ['parent_in_law', /^(bo|cha|me|bo me) (vo|chong|vo chong)$/],
  ['spouse', /^(vo|chong|vo chong)$/],
  ['child', /^con( (trai|gai|de|ruot|nuoi|ca|thu|ut|chung|rieng).*)?$/],
  ['parent', /^(bo|cha|me|bo me)( (de|ruot|nuoi))?$/],
  ['grandparent', /^(ong|ba|cu|ong ba)( (noi|ngoai))?$/],
  ['grandchild', /^chau( (noi|ngoai|trai|gai|ruot|dich ton).*)?$/],
  ['sibling', /^(anh|chi|em|anh chi em)( (trai|gai|ruot))?$/],
  [
    'relative',
    /^(chu|bac|co|di|cau|mo|thim|duong|chau ho|ho hang|nguoi than|anh re|em re|chi dau|em dau|chat)$/,
  ],
  ['unrelated', /^(o nho|o cung|o tro|nguoi o|khac|nguoi giup viec)$/],
];

/** What somebody is to the head. @returns null for an empty cell */
export function readRelation(cell: Cell | undefined): Read<Relation | null> {
  const text = foldText(cellText(cell))
    .replace(/[^a-z ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '') return { value: null };
  const found = RELATION_WORDS.find(([, words]) => words.test(text));
  return found ? { value: found[0] } : { problem: 'bad_relation' };
}

const LIST_WORDS: Record<Relation, string> = {
  head: 'Chủ hộ',
  spouse: 'Vợ chồng',
  child: 'Con',
  parent: 'Bố mẹ',
  grandparent: 'Ông bà',
  grandchild: 'Cháu',
  sibling: 'Anh chị em',
  child_in_law: 'Con dâu rể',
  parent_in_law: 'Bố mẹ vợ chồng',
  relative: 'Họ hàng',
  unrelated: 'Khác',
};

/** A relation as lists have it: {@link readRelation} reads it back. */
export function listRelationWords(relation: Relation): string {
  return LIST_WORDS[relation];
}
