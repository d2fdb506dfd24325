/** Lists of houses from spreadsheets: read, looked at, taken in; by whom. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet, takeStock } from '#domain/commune';
import { writeSheet, readSheet } from '#kernel/documents/xlsx.server';
import type { Actor } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { endAddress, getAddress, importAddresses, issueAddress, listAddresses } from '../index.ts';
import { readCsv } from './csv.ts';
import { MADE_A_DAY, readAddressList, type ListedHouse } from './read-addresses.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2024-04-22T09:00:00+07:00') };
let khe: string, tan: string;

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }), NOW);
  tan = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Tân Thái' }), NOW);
});

const csv = (text: string) => readAddressList(readCsv(new TextEncoder().encode(text))!);
const take = (lines: ListedHouse[], actor: Actor = clerk, dry = false) =>
  world.as(actor, (ctx) => importAddresses(ctx, { lines, dry }), NOW);
const total = async () => (await world.as(clerk, (ctx) => listAddresses(ctx), NOW)).total;

describe('a list of houses', () => {
  it('is read whatever writes it: semicolons, tabs, quotes, titles above, columns in any order', () => {
    const house = { hamlet: 'Khe Cốc', number: '12/3', shown: false };
    expect(csv('Xóm,Số nhà,Vị trí\nKhe Cốc,12/3,"21.7223, 105.7703"\n')).toEqual([
      { row: 2, ...house, place: '21.7223, 105.7703' },
    ]);
    expect(
      csv(
        '\ufeffDANH SÁCH NHÀ;;\r\n;;\r\nVĩ độ;Kinh độ (E);SỐ NHÀ;xóm\r\n;;;\r\n21,7223;105,7703;12/3;Khe Cốc',
      ),
    ).toEqual([{ row: 5, ...house, place: '21,7223 ; 105,7703' }]);
    expect(csv('Xóm\tSố nhà\tMã vị trí\tHiện vị trí\n"Khe ""Cốc"""\t1\tPQCC+W4\tCó')).toEqual([
      { row: 2, hamlet: 'Khe "Cốc"', number: '1', place: 'PQCC+W4', shown: true },
    ]);
    const wide = Buffer.from('\ufeffXóm\tSố nhà\tVị trí\nKhe Cốc\t1\tPQCC+W4', 'utf16le');
    expect(readAddressList(readCsv(new Uint8Array(wide))!)).toHaveLength(1);
    expect(readCsv(new Uint8Array([0x58, 0xf3, 0x6d]))).toBeUndefined();
  });

  it('is refused as a whole without its columns, without rows, or too long', () => {
    const code = (text: string) => {
      try {
        return csv(text).length;
      } catch (thrown) {
        return (thrown as { code: string }).code;
      }
    };
    expect(code('')).toBe('places.import.empty');
    expect(code('Xóm,Số nhà,Vị trí\n,,\n')).toBe('places.import.empty');
    expect(code('Xóm,Vị trí\nKhe Cốc,PQCC+W4')).toBe('places.import.columns');
    expect(code('Xóm,Số nhà,Vĩ độ\nKhe Cốc,1,21')).toBe('places.import.columns');
    expect(code(`Xóm,Số nhà,Vị trí\n${'Khe Cốc,1,7PH7PQCC+W4\n'.repeat(5001)}`)).toBe(
      'places.import.too_many',
    );
  });

  it('tells every fault at its cell, and writes nothing with a single one', async () => {
    const lines = csv(
      [
        'Xóm;Số nhà;Vị trí',
        'Khe Cốc;1;7PH7PQCC+W4',
        'Khe Cóc Xa;2;7PH7PQCC+W4',
        'xóm KHE COC;<b>;105.77, 21.72',
        'Tân Thái;;ở kia',
        'Khe Cốc;1 ;21.7223, 105.7703',
      ].join('\n'),
    );
    lines.push({ row: 9, hamlet: 'Khe Cốc', number: MADE_A_DAY, place: '7PH7PQCC+W4', shown: false });
    const { faults, fresh } = await take(lines);
    expect(fresh).toBe(1);
    expect(faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'hamlet', 'places.import.unknown_hamlet'],
      [4, 'number', 'places.bad_number'],
      [4, 'place', 'places.not_in_viet_nam'],
      [5, 'number', 'input.missing'],
      [5, 'place', 'places.bad_place'],
      [6, 'number', 'places.import.twice'],
      [9, 'number', 'places.import.made_a_day'],
    ]);
    expect(await total()).toBe(0);
  });

  it('comes in once, however often it is sent, and says what the register has elsewhere', async () => {
    const rows = Array.from({ length: 1200 }, (_, at) => ({ hamlet: 'Xóm Khe Cốc', number: at + 1 }));
    const bytes = await writeSheet<(typeof rows)[number]>(
      [
        { label: 'Xóm', kind: 'text', value: ({ hamlet }) => hamlet },
        { label: 'Số nhà', kind: 'number', value: ({ number }) => number },
        { label: 'Vĩ độ', kind: 'number', digits: 6, value: ({ number }) => 21.7 + number * 0.00001 },
        { label: 'Kinh độ', kind: 'number', digits: 6, value: () => 105.77 },
        { label: 'Hiện vị trí', kind: 'boolean', value: ({ number }) => number === 1 },
      ],
      rows,
    );
    const lines = readAddressList(await readSheet(bytes));
    expect(await take(lines, clerk, true)).toMatchObject({ fresh: 1200, known: 0, faults: [] });
    expect(await total()).toBe(0);
    expect(await take(lines)).toMatchObject({ fresh: 1200, known: 0, faults: [] });
    expect(await total()).toBe(1200);
    expect(await take(lines)).toEqual({ fresh: 0, known: 1200, faults: [], elsewhere: [] });
    expect(await total()).toBe(1200);
    const list = await world.as(clerk, (ctx) => listAddresses(ctx, { q: '1' }), NOW);
    const { address, changes } = await world.as(clerk, (ctx) => getAddress(ctx, list.items[0]!.id), NOW);
    expect(address).toMatchObject({ number: '1', shown: true, hamletId: khe, issuedOn: '2024-04-22' });
    expect(changes).toMatchObject([{ kind: 'issue', seq: 1, number: '1' }]);
    const moved = await take([{ ...lines[0]!, place: '21.75, 105.8' }]);
    expect(moved).toMatchObject({ known: 1, elsewhere: [{ row: 2, code: 'places.import.elsewhere' }] });
    expect((await world.as(clerk, (ctx) => getAddress(ctx, address.id), NOW)).address.lat).toBe(address.lat);
    await world.as(clerk, (ctx) => endAddress(ctx, address.id, { reason: 'Phá' }), NOW);
    expect(await take(lines)).toMatchObject({ fresh: 1, known: 1199 });
  });

  it('is taken from those who issue addresses, from a hamlet head for his hamlet only', async () => {
    const lines = csv('Xóm;Số nhà;Vị trí\nKhe Cốc;A1;7PH7PQCC+W4\nTân Thái;A1;7PH7PQCC+W4');
    const head = official({ role: 'hamlet_head', hamletId: tan });
    const before = await total();
    expect(await take(lines, head)).toMatchObject({
      fresh: 1,
      faults: [{ row: 2, column: 'hamlet', code: 'places.import.other_hamlet' }],
    });
    expect(await total()).toBe(before);
    expect(await take(lines.slice(1), head)).toMatchObject({ fresh: 1, faults: [] });
    expect(await total()).toBe(before + 1);
    for (const actor of [anonymous, citizen(), official('auditor')])
      await expect(take(lines, actor)).rejects.toMatchObject({
        status: actor.kind === 'anonymous' ? 401 : 403,
      });
    const wrong = { lines: 'x' } as unknown as { lines: ListedHouse[] };
    await expect(world.as(clerk, (ctx) => importAddresses(ctx, wrong))).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

describe('before communes merge', () => {
  it('the addresses in force are counted', async () => {
    const { id } = await world.as(
      clerk,
      (ctx) => issueAddress(ctx, { hamletId: khe, number: 'B1', place: '7PH7PQCC+W4' }),
      NOW,
    );
    const count = async () =>
      (await world.as(system, takeStock, NOW)).counts.find(({ name }) => name === 'places.addresses')!.count;
    const before = await count();
    expect(before).toBe(await total());
    await world.as(clerk, (ctx) => endAddress(ctx, id, { reason: 'Phá' }), NOW);
    expect(await count()).toBe(before - 1);
  });
});
