/** The columns of a criteria set as a spreadsheet, and the words that stand in their cells. Pure. */
import { foldText } from '#kernel/text';
import type { Comparison } from '../judge.ts';
import type { Rule } from '../rollup.ts';
import type { Indicator, SetFile } from '../set.ts';

export type RowLevel = 'set' | 'theme' | 'objective' | 'indicator';

type ColumnSpec = { head: string; width: number; for: readonly RowLevel[] };
const EVERY: readonly RowLevel[] = ['set', 'theme', 'objective', 'indicator'];
const LINE: readonly RowLevel[] = ['indicator'];
const ABOVE: readonly RowLevel[] = ['set', 'theme', 'objective'];

/** Key → head, width in characters, and the rows that may fill it. Heads are compared without accents and case. */
export const COLUMNS = {
  level: { head: 'Cấp', width: 14, for: EVERY },
  code: { head: 'Mã', width: 16, for: EVERY },
  textVi: { head: 'Nội dung', width: 50, for: EVERY },
  textEn: { head: 'Nội dung tiếng Anh', width: 40, for: EVERY },
  kind: { head: 'Loại', width: 12, for: ['set', 'indicator'] },
  unitVi: { head: 'Đơn vị', width: 12, for: LINE },
  unitEn: { head: 'Đơn vị tiếng Anh', width: 14, for: LINE },
  operator: { head: 'So sánh', width: 10, for: LINE },
  threshold: { head: 'Ngưỡng', width: 12, for: LINE },
  group1: { head: 'Ngưỡng nhóm 1', width: 12, for: LINE },
  group2: { head: 'Ngưỡng nhóm 2', width: 12, for: LINE },
  group3: { head: 'Ngưỡng nhóm 3', width: 12, for: LINE },
  formula: { head: 'Công thức', width: 40, for: LINE },
  evidenceVi: { head: 'Minh chứng', width: 40, for: LINE },
  evidenceEn: { head: 'Minh chứng tiếng Anh', width: 30, for: LINE },
  source: { head: 'Nguồn', width: 40, for: ['set', 'indicator'] },
  verified: { head: 'Đã đối chiếu', width: 12, for: ['set', 'indicator'] },
  validFrom: { head: 'Áp dụng từ', width: 12, for: LINE },
  validTo: { head: 'Áp dụng đến', width: 12, for: LINE },
  owner: { head: 'Bộ phận phụ trách', width: 20, for: LINE },
  rule: { head: 'Cách tổng hợp', width: 30, for: ABOVE },
} as const satisfies Record<string, ColumnSpec>;
export type Column = keyof typeof COLUMNS;
export const COLUMN_KEYS = Object.keys(COLUMNS) as Column[];

/** Without these a list cannot be read. */
export const NEEDED: readonly Column[] = [
  'level',
  'code',
  'textVi',
  'kind',
  'threshold',
  'evidenceVi',
  'source',
];

/** A word without accents, case and signs around it. */
export function plain(text: string): string {
  return foldText(text)
    .replace(/[^a-z0-9<>=%:;.,]+/g, ' ')
    .trim();
}

/** Words of a cell: the first of each list is the one that is written. */
type Words<Key extends string> = Readonly<Record<Key, readonly [string, ...string[]]>>;

export const LEVEL_WORDS: Words<RowLevel> = {
  set: ['Bộ tiêu chí', 'Bộ'],
  theme: ['Chuyên đề', 'Nhóm chuyên đề', 'Tiêu chí'],
  objective: ['Mục tiêu'],
  indicator: ['Chỉ tiêu'],
};
export const KIND_WORDS: Words<Indicator['kind']> = {
  bool: ['Có/không', 'Có không'],
  share: ['Tỷ lệ', 'Tỉ lệ', '%'],
  count: ['Số lượng', 'Số'],
  document: ['Văn bản'],
};
export const SCOPE_WORDS: Words<SetFile['level']> = {
  commune: ['Cấp xã', 'Xã'],
  hamlet: ['Cấp xóm', 'Xóm', 'Thôn'],
};
export const OPERATOR_WORDS: Words<Comparison> = {
  '>=': ['≥', '>=', 'Từ', 'Tối thiểu'],
  '<=': ['≤', '<=', 'Tối đa'],
  '=': ['='],
};
export const YES_WORDS: Words<'yes' | 'no'> = { yes: ['Rồi', 'Có', 'x'], no: ['Chưa', 'Không'] };

/** The key whose words a cell says; undefined for any other word. */
export function wordIn<Key extends string>(words: Words<Key>, said: string): Key | undefined {
  const asked = said === '≥' ? '>=' : said === '≤' ? '<=' : said;
  return (Object.keys(words) as Key[]).find((key) =>
    words[key].some((one) => one === asked || (plain(one) !== '' && plain(one) === plain(asked))),
  );
}

/** "từ 80 % số dòng", "từ 50 điểm: 1.1=20; 1.2=30"; empty for the strict rule. */
export function ruleWords(rule: Rule): string {
  if (rule.kind === 'all') return '';
  const least = String(rule.atLeast).replace('.', ',');
  if (rule.kind === 'share') return `từ ${least} % số dòng`;
  const weights = Object.entries(rule.weights).map(
    ([code, weight]) => `${code}=${String(weight).replace('.', ',')}`,
  );
  return `từ ${least} điểm: ${weights.join('; ')}`;
}

/** What `ruleWords` wrote; undefined for what cannot be read. */
export function readRule(said: string): Rule | undefined {
  const text = plain(said);
  if (text === '' || text === 'tat ca') return { kind: 'all' };
  const share = /^tu (\d+(?:[.,]\d+)?) % so dong$/.exec(text);
  if (share) return { kind: 'share', atLeast: decimal(share[1]!) };
  const points = /^tu (\d+(?:[.,]\d+)?) diem: (.+)$/.exec(text);
  if (!points) return undefined;
  const weights: Record<string, number> = {};
  for (const part of points[2]!.split(';')) {
    const found = /^\s*([a-z0-9.]+) ?= ?(\d+(?:[.,]\d+)?)\s*$/.exec(part);
    if (!found) return undefined;
    weights[found[1]!.toUpperCase()] = decimal(found[2]!);
  }
  return { kind: 'points', atLeast: decimal(points[1]!), weights };
}

function decimal(text: string): number {
  return Number(text.replace(',', '.'));
}
