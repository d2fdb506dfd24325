import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { readSheet } from '#kernel/documents/xlsx.server';
import type { RunInCommune } from '#kernel/manifest';
import { citizen, official, system, useWorld } from '#test/world';
import {
  enterList,
  forgetImport,
  getImport,
  importRows,
  listHouseholds,
  nameColumns,
  populationByHamlet,
  resumeImport,
  searchResidents,
  takeInList,
} from '../index.ts';
import { checkList, enterListed } from '../jobs.ts';
import { cellsOf, columnLetter, type Cell } from './columns.ts';
import { messyList, type Messy } from './messy-fixture.ts';

const world = useWorld();
const clerk = official('clerk');
const HAMLETS = ['Khe Cốc', 'Đập Tràn', 'Tân Thái'];

beforeAll(async () => {
  for (const name of HAMLETS) await world.as(system, (ctx) => addHamlet(ctx, { name }));
  for (const name of HAMLETS)
    await world.as(system, (ctx) => addHamlet(ctx, { name }), { commune: world.neighbour });
});

type There = { commune?: typeof world.commune };

/** Runs the jobs of an import as the worker does; `after` transactions the process dies. */
function errand({ commune = world.commune }: There = {}, after = Infinity) {
  let left = after;
  const run: RunInCommune = (work) => {
    left -= 1;
    if (left < 0) return Promise.reject(new Error('killed'));
    return world.as(system, work, { commune });
  };
  return { run, commune, installation: world.wiring.installation };
}

async function takeIn(rows: Cell[][], there: There = {}): Promise<string> {
  return world.as(clerk, (ctx) => takeInList(ctx, { fileName: 'danh-sach.xlsx', rows }), there);
}

async function check(id: string, there: There = {}): Promise<void> {
  await world.as(
    clerk,
    async (ctx) => {
      const { columns, headRow } = await getImport(ctx, id);
      await nameColumns(ctx, id, { columns: columns as never, headRow, on: '2026-01-01' });
    },
    there,
  );
  await checkList(errand(there), { import_id: id });
}

async function enter(id: string, mode: 'whole' | 'part', there: There = {}): Promise<void> {
  await world.as(clerk, (ctx) => enterList(ctx, id, mode), there);
  await enterListed(errand(there), { import_id: id });
}

/** Every problem that was found, as the fixture writes it. */
async function problemsOf(id: string, there: There = {}): Promise<string[]> {
  const { rows } = await world.as(
    clerk,
    (ctx) => importRows(ctx, id, { show: 'faulty', limit: 50_000 }),
    there,
  );
  return rows
    .flatMap(({ row, findings }) =>
      findings
        .filter(({ note }) => !note)
        .map(({ column, code }) => `${column === null ? '' : columnLetter(column)}${row} ${code}`),
    )
    .toSorted();
}

const counted = (id: string, there: There = {}) =>
  world.as(clerk, async (ctx) => (await getImport(ctx, id)).counts, there);

/** The whole register as it can be compared: people by household, in no order of ids. */
async function register({ commune = world.commune }: There = {}): Promise<string[]> {
  const { rows } = await world.owner.query(
    `select h.number, p.hamlet_id, r.full_name, r.birth_date::text, r.national_id, r.phone, m.relation, m.joined_on::text
     from registry_member m
     join registry_household h on h.commune_id = m.commune_id and h.id = m.household_id
     join registry_household_place p on p.commune_id = m.commune_id and p.household_id = h.id
     join registry_resident r on r.commune_id = m.commune_id and r.id = m.resident_id
     where m.commune_id = $1 order by 1, 3, 4, 5`,
    [commune.id],
  );
  return rows.map((row) => JSON.stringify(row));
}

describe('a messy list of 20,000 rows', () => {
  let messy: Messy;
  let rows: Cell[][];
  let id: string;

  beforeAll(async () => {
    messy = await messyList(20_000, HAMLETS);
    rows = cellsOf(await readSheet(messy.file));
  });

  it('has each fault told at its cell, and none besides', async () => {
    id = await takeIn(rows);
    await check(id);
    const problems = await problemsOf(id);
    expect(messy.problems.length).toBeGreaterThan(500);
    expect(new Set(messy.problems.map((one) => one.split(' ')[1])).size).toBe(13);
    expect(problems).toEqual(messy.problems);
    const { faulty, new: fresh, raw } = await counted(id);
    expect([raw, faulty + fresh]).toEqual([0, messy.people]);
  });

  it('is not entered as a whole while it has problems', async () => {
    await expect(world.as(clerk, (ctx) => enterList(ctx, id, 'whole'))).rejects.toMatchObject({
      code: 'registry.import.has_problems',
    });
    expect(await register()).toEqual([]);
  });

  it('comes in without the rows at fault, also when the job is killed in the middle and begun anew', async () => {
    const there = { commune: world.neighbour };
    await enter(id, 'part');
    const whole = await register();
    expect(whole).toHaveLength(messy.people - new Set(messy.problems.map((one) => /\d+/.exec(one)![0])).size);
    const other = await takeIn(rows, there);
    await check(other, there);
    await world.as(clerk, (ctx) => enterList(ctx, other, 'part'), there);
    await expect(enterListed(errand(there, 12), { import_id: other })).rejects.toThrow('killed');
    const half = await register(there);
    expect(half.length).toBeGreaterThan(1000);
    expect(half.length).toBeLessThan(whole.length);
    await world.as(clerk, (ctx) => resumeImport(ctx, other), there);
    await enterListed(errand(there), { import_id: other });
    const plain = (lines: string[]) =>
      lines.map((line) => line.replace(/"hamlet_id":"[^"]*"/, '')).toSorted();
    expect(plain(await register(there))).toEqual(plain(whole));
    expect((await world.as(clerk, (ctx) => getImport(ctx, other), there)).state).toBe('done');
  });

  it('changes nothing when it is entered again', async () => {
    const before = await register();
    const again = await takeIn(rows);
    await check(again);
    expect(await problemsOf(again)).toEqual(messy.problems);
    expect(await counted(again)).toMatchObject({ new: 0, joins: 0 });
    await enter(again, 'part');
    expect(await register()).toEqual(before);
  });
});

describe('a short list', () => {
  const there = () => ({ commune: world.neighbour });
  const HEAD: Cell[] = ['Số hộ', 'Họ và tên', 'Quan hệ', 'Ngày sinh', 'CCCD', 'Xóm'];

  it('is entered as a whole; what the register knows is completed, never overwritten', async () => {
    const list = (id: Cell, birth: Cell): Cell[][] => [
      HEAD,
      ['1', 'Hoàng Văn Lẻ', 'Chủ hộ', '1/1/1970', null, 'Khe Cốc'],
      ['1', 'Hoàng Thị Loi', 'Con', birth, id, 'Khe Cốc'],
    ];
    const first = await takeIn(list(null, '2/2/1999'), there());
    await check(first, there());
    await enter(first, 'whole', there());
    const second = await takeIn(list('019199000123', '2/2/1999'), there());
    await check(second, there());
    expect(await counted(second, there())).toMatchObject({ same: 2, faulty: 0 });
    await enter(second, 'whole', there());
    const found = await world.as(clerk, (ctx) => searchResidents(ctx, { q: '019199000123' }), there());
    expect(found.items.map(({ fullName }) => fullName)).toEqual(['Hoàng Thị Loi']);
    const third = await takeIn(list('019199000123', '3/3/1999'), there());
    await check(third, there());
    expect(await problemsOf(third, there())).toEqual(['D3 other_birth']);
  });

  it('moves nobody out of his house and makes nobody head of another’s', async () => {
    const first = await takeIn(
      [
        HEAD,
        ['7', 'Ma Văn Một', 'Chủ hộ', '1/1/1961', null, 'Tân Thái'],
        ['7', 'Ma Văn Hai', 'Con', '1/1/1991', null, 'Tân Thái'],
        ['8', 'Ma Văn Ba', 'Chủ hộ', '1/1/1963', null, 'Tân Thái'],
      ],
      there(),
    );
    await check(first, there());
    await enter(first, 'whole', there());
    const second = await takeIn(
      [
        HEAD,
        ['8', 'Ma Văn Ba', 'Chủ hộ', '1/1/1963', null, 'Tân Thái'],
        ['8', 'Hai Văn Ma', 'Em', '1/1/1991', null, 'Tân Thái'],
        ['7', 'Ma Văn Mới', 'Chủ hộ', '1/1/1965', null, 'Tân Thái'],
        ['7', 'Ma Văn Một', 'Em', '1/1/1961', null, 'Tân Thái'],
      ],
      there(),
    );
    await check(second, there());
    expect(await problemsOf(second, there())).toEqual(['B3 lives_elsewhere', 'C4 other_head']);
  });

  it('can have its columns named by hand, and is forgotten when it is not wanted', async () => {
    const id = await takeIn([
      ['a', 'b'],
      ['Lục Văn Tay', 'chủ hộ'],
    ]);
    const name = (columns: Record<string, string>) =>
      world.as(clerk, (ctx) =>
        nameColumns(ctx, id, { columns: columns as never, headRow: 1, on: '2026-01-01' }),
      );
    await expect(name({ 1: 'relation' })).rejects.toMatchObject({
      fields: { columns: 'registry.import.no_name_column' },
    });
    await expect(name({ 0: 'full_name', 1: 'full_name' })).rejects.toMatchObject({
      fields: { columns: 'registry.import.column_twice' },
    });
    await name({ 0: 'full_name', 1: 'relation' });
    await checkList(errand(), { import_id: id });
    expect(await problemsOf(id)).toEqual(['2 missing_hamlet']);
    await world.as(clerk, (ctx) => forgetImport(ctx, id));
    await expect(world.as(clerk, (ctx) => getImport(ctx, id))).rejects.toMatchObject({ status: 404 });
  });

  it('is for the desk and the police', async () => {
    const rows: Cell[][] = [['Họ tên'], ['A']];
    for (const actor of [citizen(), official('leader'), official('hamlet_head'), official('admin')])
      await expect(world.as(actor, (ctx) => takeInList(ctx, { fileName: 'x', rows }))).rejects.toMatchObject({
        status: 403,
      });
  });
});

it('households and people are counted after it', async () => {
  const sum = await world.as(clerk, (ctx) => populationByHamlet(ctx));
  const { total } = await world.as(clerk, (ctx) => listHouseholds(ctx));
  expect(sum.reduce((all, one) => all + one.households, 0)).toBe(total);
});
