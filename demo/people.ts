/** Invented people: names as they are heard in the region, numbers that cannot be anybody's. */
import type { LocalDate } from '#kernel/time';
import type { Random } from './random.ts';

const FAMILY = [
  ['Nguyễn', 30],
  ['Trần', 9],
  ['Hoàng', 8],
  ['Lê', 6],
  ['Phạm', 5],
  ['Dương', 5],
  ['Lý', 5],
  ['Ma', 5],
  ['Nông', 5],
  ['Đặng', 4],
  ['Vũ', 4],
  ['Lương', 4],
  ['Triệu', 3],
  ['Bùi', 3],
  ['Đỗ', 3],
  ['Tô', 2],
  ['Lục', 2],
  ['Trương', 2],
] as const;
const MIDDLE = {
  male: ['Văn', 'Đức', 'Quang', 'Xuân', 'Minh', 'Hữu', 'Công', 'Đình'],
  female: ['Thị', 'Thị', 'Thị', 'Thu', 'Ngọc', 'Thanh', 'Bích', 'Thị Kim'],
} as const;
const GIVEN = {
  male: [
    'An',
    'Bình',
    'Cường',
    'Dũng',
    'Đạt',
    'Hải',
    'Hùng',
    'Khải',
    'Lâm',
    'Long',
    'Nam',
    'Phúc',
    'Quyết',
    'Sơn',
    'Thắng',
    'Thịnh',
    'Trường',
    'Tuấn',
    'Vinh',
    'Vượng',
  ],
  female: [
    'Anh',
    'Bưởi',
    'Chanh',
    'Dung',
    'Đào',
    'Hà',
    'Hằng',
    'Hoa',
    'Hương',
    'Lan',
    'Liên',
    'Loan',
    'Mai',
    'Nga',
    'Nhung',
    'Oanh',
    'Phượng',
    'Thảo',
    'Thuỷ',
    'Yến',
  ],
} as const;

export type Sex = 'male' | 'female';

export function nameOf(random: Random, sex: Sex): string {
  return `${random.weighted(FAMILY)} ${random.pick(MIDDLE[sex])} ${random.pick(GIVEN[sex])}`;
}

/**
 * A telephone number in a range that belongs to nobody: of the prefixes 050–059 only 052, 055, 056, 058 and
 * 059 are given to mobile networks, and landlines begin with 02 since 2017. 0540–0549 have the right shape
 * and ring nowhere.
 * @param series 0 to 9: 0 officials of the first commune, 1 its residents, 5 and 6 the neighbour's
 */
export function phoneOf(series: number, number: number): string {
  return `+8454${series}${String(number).padStart(6, '0')}`;
}

/**
 * An identification number of the right shape that belongs to nobody: births in Viet Nam are registered
 * under the province codes 001 to 096 and abroad from 101, so that 099 is never given out. Sex and year agree
 * with the person (NĐ 137/2015/NĐ-CP art. 13).
 */
export function idNumberOf(sex: Sex, birth: LocalDate, number: number): string {
  const year = Number(birth.slice(0, 4));
  const sign = Math.floor((year - 1900) / 100) * 2 + (sex === 'female' ? 1 : 0);
  return `099${sign}${birth.slice(2, 4)}${String(number).padStart(6, '0')}`;
}
