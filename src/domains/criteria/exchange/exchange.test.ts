import { afterAll, describe, expect, it } from 'vitest';
import { readSheet, writeSheet } from '#kernel/documents/xlsx.server';
import { closeThreads } from '#kernel/threads/pool.server';
import { DOMAINS } from '../../../domains.ts';
import { catalogSets } from '../catalog.ts';
import { SetInput, type SetFile } from '../set.ts';
import { cellName, type Cell } from './cells.ts';
import { COLUMN_KEYS, COLUMNS, readRule, ruleWords, type Column } from './columns.ts';
import { readSetSheet } from './read.ts';
import { SET_COLUMNS, setRows } from './write.ts';

afterAll(closeThreads);

const MEASURES = DOMAINS.flatMap((room) => room.measures ?? []);
const [smart] = catalogSets() as [SetFile];
const written = async (set: SetFile): Promise<Cell[][]> =>
  readSheet(await writeSheet(SET_COLUMNS, setRows(set)));
const at = (column: Column) => COLUMN_KEYS.indexOf(column);
/** The number of a line's row, counted as spreadsheets do. */
const rowNumber = (sheet: readonly Cell[][], code: string) =>
  sheet.findIndex((row) => row[at('code')] === code) + 1;

describe('a set as a spreadsheet', () => {
  it.each(catalogSets().map((set) => [set.code, set] as const))('%s comes back as it was', async (_, set) => {
    expect(readSetSheet(await written(set), MEASURES)).toEqual({ set, faults: [] });
  });

  it('keeps thresholds by group, days, owners and other rules of rolling up', async () => {
    const copy = structuredClone(smart);
    const [theme] = copy.themes;
    theme!.rule = { kind: 'share', atLeast: 62.5 };
    theme!.objectives[1]!.rule = {
      kind: 'points',
      atLeast: 50,
      weights: { '1.2.1': 20, '1.2.2': 30.5, '1.2.3': 10 },
    };
    Object.assign(theme!.objectives[0]!.indicators[0]!, {
      threshold: { '1': 90, '2': 80, '3': 70.5 },
      validFrom: '2023-06-01',
      validTo: '2025-12-31',
      owner: 'Văn phòng',
      verified: true,
    });
    const set = SetInput.parse(copy);
    expect(readSetSheet(await written(set), MEASURES)).toEqual({ set, faults: [] });
  });

  it('is read with a title above, columns in another order, local dates and numbers as people write them', async () => {
    const sheet = await written(smart);
    const order = [...COLUMN_KEYS.keys()].toReversed();
    const row = rowNumber(sheet, '1.1.1') - 1;
    sheet[row]![at('threshold')] = '80,0 %';
    sheet[row]![at('validFrom')] = '1/6/2023';
    sheet[rowNumber(sheet, '4.3.2') - 1]![at('threshold')] = '50.000.000';
    const turned = [['PHỤ LỤC'], [], ...sheet.map((cells) => order.map((place) => cells[place]))];
    const expected = structuredClone(smart);
    expected.themes[0]!.objectives[0]!.indicators[0]!.validFrom = '2023-06-01' as never;
    expect(readSetSheet(turned, MEASURES)).toEqual({ set: expected, faults: [] });
  });

  it('says rules in words that it reads', () => {
    for (const rule of [
      { kind: 'all' },
      { kind: 'share', atLeast: 80 },
      { kind: 'points', atLeast: 12.5, weights: { '1.1': 3, X2: 9.5 } },
    ] as const)
      expect(readRule(ruleWords(rule))).toEqual(rule);
    expect(readRule('khoảng một nửa')).toBeUndefined();
  });

  it('names cells as spreadsheets do', () => {
    expect([cellName(0, 1), cellName(25, 2), cellName(26, 3), cellName(701, 4), cellName(702, 5)]).toEqual([
      'A1',
      'Z2',
      'AA3',
      'ZZ4',
      'AAA5',
    ]);
  });
});

/** One mistake of each kind: the line, the column, what stands there, and how it is told. */
const MISTAKES: readonly (readonly [line: string, column: Column, put: Cell, code: string])[] = [
  ['1', 'code', 'một', 'criteria.set.bad_code'],
  ['1.1.1', 'code', null, 'input.missing'],
  ['1.1.2', 'code', '1.1.3', ''],
  ['1.1.3', 'textVi', '  ', 'input.missing'],
  ['1.2', 'level', 'Hạng mục', 'criteria.sheet.level'],
  ['1.3', 'rule', 'đa số', 'criteria.sheet.rule'],
  ['1.3.1', 'kind', 'phần nghìn', 'criteria.sheet.kind'],
  ['1.3.2', 'kind', null, 'input.missing'],
  ['2.1', 'rule', 'từ 2 điểm: 2.1.1=1; 2.1.2=1', 'criteria.set.weights'],
  ['2.1.1', 'threshold', 'nhiều', 'criteria.set.bad_threshold'],
  ['2.1.2', 'threshold', -1, 'criteria.set.bad_threshold'],
  ['2.1.3', 'threshold', 120, 'criteria.set.share_over'],
  ['2.2.1', 'group1', 80, 'criteria.sheet.threshold_both'],
  ['2.2.2', 'unitVi', null, 'criteria.set.no_unit'],
  ['2.3.1', 'formula', 'places.addresses_issued / ', 'criteria.formula.syntax'],
  ['2.3.2', 'formula', 'places.houses', 'criteria.formula.unknown_measure'],
  ['3', 'threshold', 5, 'criteria.sheet.not_here'],
  ['3.1.1', 'formula', 'commune.hamlets', 'criteria.formula.units'],
  ['3.1.2', 'operator', 'gần bằng', 'criteria.sheet.operator'],
  ['3.2.1', 'evidenceVi', null, 'input.missing'],
  ['3.2.2', 'source', null, 'input.missing'],
  ['3.3.1', 'verified', 'có lẽ', 'criteria.sheet.yes_no'],
  ['3.3.2', 'validFrom', '31/02/2024', 'input.bad_date'],
  ['4.1.1', 'code', '3.3.9', 'criteria.set.wrong_parent'],
  ['4.1.2', 'threshold', null, 'input.missing'],
  ['5.3.1', 'threshold', 2, 'criteria.set.not_yes'],
];

describe('mistakes in a file of 39 lines', () => {
  it('are each told by their cell, all at once, and nothing is taken in', async () => {
    const sheet = await written(smart);
    const rows = new Map(MISTAKES.map(([line]) => [line, rowNumber(sheet, line)]));
    for (const [line, column, put] of MISTAKES) sheet[rows.get(line)! - 1]![at(column)] = put;
    const { set, faults } = readSetSheet(sheet, MEASURES);
    expect(set).toBeNull();
    const told = new Map(faults.map(({ cell, code }) => [`${cell} ${code}`, true]));
    const expected = MISTAKES.filter(([, , , code]) => code !== '').map(
      ([line, column, , code]) => `${cellName(at(column), rows.get(line)!)} ${code}`,
    );
    for (const one of expected) expect([...told.keys()]).toContain(one);
    expect(new Set(MISTAKES.map(([, column, , code]) => `${column} ${code}`)).size).toBeGreaterThanOrEqual(
      20,
    );
    // A code that stands twice is told where it stands the second time; nothing else is called a mistake.
    const second = `${cellName(at('code'), rows.get('1.1.3')!)} criteria.set.code_twice`;
    expect([...told.keys()].toSorted()).toEqual([...expected, second].toSorted());
  });

  const whole = (change: (sheet: Cell[][]) => void) => async () => {
    const sheet = await written(smart);
    change(sheet);
    return readSetSheet(sheet, MEASURES).faults.map(({ cell, code }) => `${cell} ${code}`);
  };
  it.each([
    ['an empty file', (sheet: Cell[][]) => sheet.splice(0), 'A1 criteria.sheet.no_heads'],
    [
      'a missing column',
      (sheet: Cell[][]) => (sheet[0]![at('source')] = 'Ghi chú'),
      'V1 criteria.sheet.no_column',
    ],
    [
      'a column twice',
      (sheet: Cell[][]) => (sheet[0]![at('owner')] = COLUMNS.code.head),
      'T1 criteria.sheet.column_twice',
    ],
    ['no row of the set', (sheet: Cell[][]) => sheet.splice(1, 1), 'A2 criteria.sheet.no_set'],
    ['two rows of the set', (sheet: Cell[][]) => sheet.push(sheet[1]!), 'A66 criteria.sheet.set_twice'],
    [
      'a level nobody knows',
      (sheet: Cell[][]) => (sheet[1]![at('kind')] = 'Cấp huyện'),
      'E2 criteria.sheet.scope',
    ],
    [
      'an indicator above all headings',
      (sheet: Cell[][]) => sheet.splice(2, 2),
      'A3 criteria.sheet.out_of_order',
    ],
    [
      'a heading without lines',
      (sheet: Cell[][]) => sheet.splice(rowNumber(sheet, '6.3.1') - 1, 2),
      'B63 criteria.set.empty',
    ],
    [
      'groups not all there',
      (sheet: Cell[][]) => Object.assign(sheet[4]!, { [at('threshold')]: null, [at('group2')]: 5 }),
      'J5 criteria.sheet.threshold_group',
    ],
    [
      'days the wrong way round',
      (sheet: Cell[][]) =>
        Object.assign(sheet[4]!, { [at('validFrom')]: '2024-02-01', [at('validTo')]: '2024-01-01' }),
      'S5 criteria.set.days_reversed',
    ],
  ])('%s is told', async (_, change, told) => {
    expect(await whole(change)()).toContain(told);
  });

  it('a file that is put right gives the set that was meant', async () => {
    const sheet = await written(smart);
    const spoiled = sheet.map((row) => [...row]);
    for (const [line, column, put] of MISTAKES) spoiled[rowNumber(sheet, line) - 1]![at(column)] = put;
    expect(readSetSheet(spoiled, MEASURES).set).toBeNull();
    for (const [line, column] of MISTAKES) {
      const row = rowNumber(sheet, line) - 1;
      spoiled[row]![at(column)] = sheet[row]![at(column)];
    }
    expect(readSetSheet(spoiled, MEASURES).set).toEqual(smart);
  });
});
