import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { createResident } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import {
  addScans,
  checkBatch,
  judgeScans,
  openArchive,
  runCheck,
  startBatch,
  type ArchiveInput,
  type StoredScan,
} from './archive.actions.ts';
import { getArchive, getBatch, listArchives, listItems, piecesOf, viewItem } from './archive.queries.ts';
import { readIndex } from './address.ts';
import { correctItem } from './correct.actions.ts';
import { indexItem, keepUntil, type ItemInput } from './item.actions.ts';
import { faultsOf, inNaturalOrder, numberIn, progressOf } from './scan.ts';

const world = useWorld();
const clerk = official('specialist');
const leader = official('leader');

let names = 0;
const ARCHIVE: ArchiveInput = {
  name: 'Sổ khai sinh',
  kind: 'civil_status',
  fromYear: 1990,
  toYear: 2010,
  expected: 4,
  retentionYears: 70,
};
const open = (more: Partial<ArchiveInput> = {}) => {
  names += 1;
  return world.as(clerk, (ctx) => openArchive(ctx, { ...ARCHIVE, name: `Sổ khai sinh ${names}`, ...more }));
};
const scan = (name: string, more: Partial<StoredScan> = {}): StoredScan => ({
  name,
  hash: createHash('sha256').update(name).digest('hex'),
  size: 600_000,
  mediaType: 'image/jpeg',
  pages: null,
  width: 1400,
  height: 2000,
  ...more,
});
async function batchOf(scans: StoredScan[], archive?: string) {
  const into = archive ?? (await open());
  return world.as(clerk, async (ctx) => {
    const batch = await startBatch(ctx, into, 'Quyển 1');
    await addScans(ctx, batch, scans);
    return batch;
  });
}
/** Checks to the end, as the queue would. @returns after how many runs */
async function check(batch: string): Promise<number> {
  await world.as(clerk, (ctx) => checkBatch(ctx, batch));
  for (let runs = 1; ; runs += 1) {
    await world.as(system, (ctx) => runCheck(ctx, { batch }));
    const { state } = await world.as(clerk, (ctx) => getBatch(ctx, batch));
    if (state === 'checked') return runs;
  }
}
const judge = (batch: string, verdict: 'good' | 'redo' = 'good') =>
  world.as(clerk, async (ctx) => {
    const { scans } = await getBatch(ctx, batch);
    await judgeScans(ctx, batch, { scans: scans.map(({ id, position }) => ({ id, position, verdict })) });
  });
const index = (batch: string, more: Partial<ItemInput> = {}) =>
  world.as(clerk, (ctx) =>
    indexItem(ctx, batch, {
      kind: 'Giấy khai sinh',
      year: 1995,
      title: 'Khai sinh quyển 1',
      from: 1,
      to: 1,
      ...more,
    }),
  );

describe('the machine’s look at scans', () => {
  it('orders names as people count, and finds gaps, copies, blanks and small ones', () => {
    const scans = ['trang 10.jpg', 'trang 2.jpg', 'trang 1.jpg'].map((name) => ({ ...scan(name), id: name }));
    const ordered = inNaturalOrder(scans);
    expect(ordered.map(({ name }) => numberIn(name))).toEqual([1, 2, 10]);
    const faults = faultsOf([
      { ...scan('1.jpg'), id: 'a' },
      { ...scan('2.jpg', { size: 20_000 }), id: 'b' },
      { ...scan('4.jpg', { width: 700 }), id: 'c' },
      { ...scan('5.jpg', { hash: scan('1.jpg').hash }), id: 'd' },
    ]);
    expect([...faults.values()]).toEqual([[], ['blank'], ['small', 'gap'], ['twice']]);
  });

  it('never tells of more done than there is', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (expected, items) => {
        const { done, remaining } = progressOf({ expected, items });
        expect(done).toBeGreaterThanOrEqual(0);
        expect(done).toBeLessThanOrEqual(100);
        expect(remaining === 0 || done < 100).toBe(true);
      }),
    );
  });
});

describe('a batch', () => {
  it('is checked by a job in several runs, repeated runs changing nothing', async () => {
    const batch = await batchOf(Array.from({ length: 130 }, (_, at) => scan(`p${130 - at}.jpg`)));
    expect(await check(batch)).toBe(2);
    await world.as(system, (ctx) => runCheck(ctx, { batch }));
    const { scans, checked } = await world.as(clerk, (ctx) => getBatch(ctx, batch));
    expect(checked).toBe(130);
    expect(scans.map(({ name }) => name).slice(0, 3)).toEqual(['p1.jpg', 'p2.jpg', 'p3.jpg']);
    expect(scans.every(({ faults }) => faults.length === 0)).toBe(true);
  });

  it('keeps the order that a person gives it, places running from 1', async () => {
    const batch = await batchOf(['a1', 'a2', 'a3'].map((name) => scan(name)));
    await check(batch);
    const { scans } = await world.as(clerk, (ctx) => getBatch(ctx, batch));
    await world.as(clerk, (ctx) =>
      judgeScans(ctx, batch, { scans: [{ id: scans[0]!.id, position: 9, verdict: 'redo' }] }),
    );
    const after = await world.as(clerk, (ctx) => getBatch(ctx, batch));
    expect(after.scans.map(({ name, position }) => `${position} ${name}`)).toEqual(['1 a2', '2 a3', '3 a1']);
    expect(after.scans[2]!.verdict).toBe('redo');
  });
});

describe('the index', () => {
  it('takes only good pages, each once, and counts what is done and remains', async () => {
    const archive = await open();
    const batch = await batchOf(
      ['b1', 'b2', 'b3'].map((name) => scan(name)),
      archive,
    );
    await expect(index(batch)).rejects.toMatchObject({ code: 'office.batch.not_checked' });
    await check(batch);
    await expect(index(batch)).rejects.toMatchObject({ fields: { from: 'office.batch.page_not_good' } });
    await judge(batch);
    await expect(index(batch, { to: 9 })).rejects.toMatchObject({
      fields: { to: 'office.batch.no_such_page' },
    });
    const id = await index(batch, { to: 2, person: 'Trần Thị Mẫu', number: '12' });
    await expect(index(batch, { from: 2, to: 3 })).rejects.toMatchObject({
      fields: { from: 'office.batch.page_taken' },
    });
    const item = await world.as(leader, (ctx) => viewItem(ctx, id));
    expect(item.scans.map(({ name }) => name)).toEqual(['b1', 'b2']);
    expect(item.keep_until).toBe('2065-12-31');
    const found = await world.as(clerk, (ctx) =>
      listItems(ctx, { search: 'mau tran', offset: 0, limit: 10 }),
    );
    expect(found.rows.map((row) => row.id)).toEqual([id]);
    expect(await world.as(clerk, (ctx) => getArchive(ctx, archive))).toMatchObject({ scans: 3, items: 1 });
    const row = (await world.as(clerk, listArchives)).find((one) => one.id === archive)!;
    expect(progressOf(row)).toEqual({ done: 25, remaining: 3 });
  });

  it('hides the pieces of a restricted archive from who may not open them', async () => {
    const archive = await open({ closed: true });
    const batch = await batchOf([scan('c1')], archive);
    await check(batch);
    await judge(batch);
    const id = await index(batch);
    const ids = async (actor: typeof clerk) =>
      (await world.as(actor, (ctx) => listItems(ctx, { archive, offset: 0, limit: 10 }))).rows.map(
        (row) => row.id,
      );
    expect(await ids(leader)).toEqual([id]);
    expect(await ids(clerk)).toEqual([]);
    await expect(world.as(clerk, (ctx) => viewItem(ctx, id))).rejects.toMatchObject({ code: 'refused' });
    expect((await world.as(leader, (ctx) => viewItem(ctx, id))).title).toBe('Khai sinh quyển 1');
  });

  it('keeps for ever where no time is set', () => {
    expect(keepUntil(1995, null)).toBeNull();
    expect(keepUntil(2000, 20)).toBe('2020-12-31');
  });
});

describe('a correction', () => {
  const CHANGED = { kind: 'Giấy khai sinh', year: 1996, title: 'Khai sinh quyển 1', person: 'Lê Văn Mẫu' };
  const indexed = async (more: Partial<ArchiveInput> = {}) => {
    const batch = await batchOf([scan(`k${names}`)], await open(more));
    await check(batch);
    await judge(batch);
    return index(batch, { person: 'Lê Văn Mậu' });
  };
  const correct = (actor: typeof clerk, id: string, more: object, seen = 1) =>
    world.as(actor, (ctx) => correctItem(ctx, id, { ...CHANGED, reason: 'đọc nhầm', ...more }, seen));

  it('keeps what was said before, moves what follows from it, and is found by the new words', async () => {
    const id = await indexed();
    await correct(clerk, id, {});
    const item = await world.as(leader, (ctx) => viewItem(ctx, id));
    expect(item).toMatchObject({ person: 'Lê Văn Mẫu', year: 1996, keep_until: '2066-12-31', version: 2 });
    expect(item.changes).toHaveLength(1);
    expect(item.changes[0]).toMatchObject({
      reason: 'đọc nhầm',
      before: { person: 'Lê Văn Mậu', year: 1995 },
      after: { person: 'Lê Văn Mẫu', year: 1996 },
    });
    await expect(correct(clerk, id, {}, 1)).rejects.toMatchObject({ code: 'office.item.changed_meanwhile' });
    await correct(clerk, id, {}, 2);
    expect((await world.as(leader, (ctx) => viewItem(ctx, id))).changes).toHaveLength(1);
    await expect(correct(clerk, id, { reason: ' ' }, 2)).rejects.toMatchObject({
      fields: { reason: 'input.missing' },
    });
  });

  it('links a piece with a resident; the index of that person has his pieces alone', async () => {
    const person = (fullName: string) =>
      world.as(official('clerk'), (ctx) => createResident(ctx, { fullName, birthDate: '1970-01-01' }));
    const [his, hers] = [await person('Lê Văn Mẫu'), await person('Lê Thị Mẫu')];
    const [id, other, shut] = [await indexed(), await indexed(), await indexed({ closed: true })];
    const both = official('admin', 'specialist');
    const link = (piece: string, residentId: string) => {
      const input = { ...CHANGED, reason: 'gắn với người trong sổ', residentId };
      return world.as(both, (ctx) => correctItem(ctx, piece, input, 1), { purpose: 'dossier' });
    };
    await link(id, his);
    await link(other, hers);
    await link(shut, his);
    const pieces = async (actor: typeof clerk, address: string) => {
      const { filter } = readIndex(new URLSearchParams(address));
      const list = (ctx: Ctx) => listItems(ctx, { ...filter, offset: 0, limit: 50 });
      return (await world.as(actor, list)).rows.map((row) => row.id);
    };
    expect(await pieces(clerk, `resident=${his}`)).toEqual([id]);
    expect(new Set(await pieces(leader, `resident=${his}`))).toEqual(new Set([id, shut]));
    expect(await pieces(clerk, `resident=${hers}`)).toEqual([other]);
    await expect(pieces(official({ role: 'hamlet_head', hamletId: his }), '')).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('links a piece with a dossier, and shows it there to who may', async () => {
    const code = 'H55.242-260901-0001';
    const [id, shut] = [await indexed(), await indexed({ closed: true })];
    await correct(clerk, id, { dossierCode: code });
    await expect(correct(clerk, shut, { dossierCode: code })).rejects.toMatchObject({ code: 'refused' });
    await correct(official('admin'), shut, { dossierCode: code });
    const pieces = async (actor: typeof clerk) =>
      (await world.as(actor, (ctx) => piecesOf(ctx, { dossier: code }))).map((one) => one.id);
    expect(await pieces(clerk)).toEqual([id]);
    expect(new Set(await pieces(leader))).toEqual(new Set([id, shut]));
    expect(await pieces(official())).toEqual([]);
  });
});
