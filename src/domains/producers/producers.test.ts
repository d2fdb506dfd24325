import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Actor } from '#kernel/context';
import { newId } from '#kernel/ids';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { openCertificate } from './certificate/certificate.actions.ts';
import { exportProducers } from './producer.queries.ts';
import {
  addCertificate,
  addMember,
  addProducer,
  certificatesOf,
  changeProducer,
  endMember,
  endProducer,
  endStandard,
  getProducer,
  linkMember,
  listCertificates,
  listProducers,
  membersOf,
  setStandard,
  standardOf,
  type NewProducer,
  type PaperInput,
} from './index.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2024-03-31T09:00:00+07:00') };
const on = localDate;
let khe: string, dap: string;

const as = <T>(actor: Actor, work: Parameters<typeof world.as<T>>[1], now = NOW) =>
  world.as(actor, work, now);
const producer = (more: Partial<NewProducer> = {}): NewProducer => ({
  kind: 'group',
  name: `Tổ hợp tác ${newId()}`,
  from: '2020-01-01',
  hamletId: khe,
  ...more,
});
const add = (more: Partial<NewProducer> = {}, actor: Actor = clerk) =>
  as(actor, (ctx) => addProducer(ctx, producer(more)));
const paper = (more: Partial<PaperInput> = {}): PaperInput => ({
  kind: 'vietgap',
  number: 'VG-01',
  issuer: 'Tổ chức chứng nhận',
  validFrom: '2023-01-01',
  validTo: '2024-12-31',
  ...more,
});

beforeAll(async () => {
  khe = await as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  dap = await as(system, (ctx) => addHamlet(ctx, { name: 'Đập Tràn' }));
});

describe('finding producers', () => {
  it('by words of name, head and number in any order without accents', async () => {
    await add({
      kind: 'cooperative',
      name: 'HTX chè "Đồi Xanh"',
      headName: 'Nguyễn Thị Thử',
      registrationNumber: '4600-123',
      trades: ['tea_making', 'tourism'],
    });
    const found = async (filter: object) =>
      (await as(clerk, (ctx) => listProducers(ctx, filter))).items.map(({ name }) => name);
    for (const q of ['doi xanh', 'xanh che doi', 'thu nguyen', '4600', 'HTX'])
      expect(await found({ q })).toContain('HTX chè "Đồi Xanh"');
    expect(await found({ q: 'oi xanh' })).toEqual([]);
    expect(await found({ q: '%' })).toEqual([]);
    expect(await found({ trade: 'tourism' })).toEqual(['HTX chè "Đồi Xanh"']);
    expect(await found({ kind: 'cooperative' })).toEqual(['HTX chè "Đồi Xanh"']);
    expect(await found({ hamletId: 'x' })).toEqual([]);
  });

  it('of one’s own hamlet only, in list, file, record, members and papers', async () => {
    const head = official({ role: 'hamlet_head', hamletId: dap });
    const here = await add({ hamletId: dap });
    const there = await add({ hamletId: khe });
    await as(clerk, (ctx) => addMember(ctx, here, { name: 'Hộ A', hamletId: dap, from: '2021-01-01' }));
    await as(clerk, (ctx) => addMember(ctx, here, { name: 'Hộ B', hamletId: khe, from: '2021-01-01' }));
    const certificate = await as(clerk, (ctx) => addCertificate(ctx, there, paper()));
    expect((await as(head, (ctx) => listProducers(ctx))).items.map(({ id }) => id)).toEqual([here]);
    expect((await as(head, (ctx) => exportProducers(ctx))).map(({ id }) => id)).toEqual([here]);
    expect((await as(head, (ctx) => getProducer(ctx, here))).id).toBe(here);
    const members = await as(head, (ctx) => membersOf(ctx, here));
    expect([members.items.map(({ name }) => name), members.today, members.elsewhere]).toEqual([
      ['Hộ A'],
      2,
      1,
    ]);
    expect((await as(head, (ctx) => listCertificates(ctx, { shown: 'all' }))).total).toBe(0);
    for (const refused of [
      () => as(head, (ctx) => listProducers(ctx, { hamletId: khe })),
      () => as(head, (ctx) => exportProducers(ctx, { hamletId: khe })),
      () => as(head, (ctx) => getProducer(ctx, there)),
      () => as(head, (ctx) => membersOf(ctx, there)),
      () => as(head, (ctx) => certificatesOf(ctx, there)),
      () => as(head, (ctx) => openCertificate(ctx, there, certificate)),
      () => as(head, (ctx) => addProducer(ctx, producer({ hamletId: dap }))),
      () => as(head, (ctx) => standardOf(ctx, { name: 'Hộ B', hamletId: khe }, on('2022-01-01'))),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403 });
    await as(clerk, (ctx) => endProducer(ctx, here, { lastDay: '2024-03-30' }));
    await as(clerk, (ctx) => endProducer(ctx, there, { lastDay: '2024-03-30' }));
  });

  it('never those of the neighbour, and nothing without a right', async () => {
    const id = await add();
    const foreign = world.as(clerk, (ctx) => getProducer(ctx, id), { ...NOW, commune: world.neighbour });
    await expect(foreign).rejects.toMatchObject({ status: 404 });
    for (const actor of [citizen(), anonymous, official('police')]) {
      await expect(as(actor, (ctx) => listProducers(ctx))).rejects.toMatchObject({ code: /refused|sign_in/ });
      await expect(as(actor, (ctx) => getProducer(ctx, id))).rejects.toMatchObject({
        code: /refused|sign_in/,
      });
    }
  });
});

describe('writing a producer', () => {
  it('refuses a taken name, a foreign hamlet, and overwriting', async () => {
    const id = await add({ name: 'HTX Một Mình' });
    await expect(add({ name: 'htx mot minh' })).rejects.toMatchObject({ code: 'producers.name_taken' });
    await expect(add({ hamletId: newId() })).rejects.toMatchObject({ fields: { hamletId: 'input.unknown' } });
    await expect(add({ website: 'javascript:alert(1)' })).rejects.toMatchObject({
      fields: { website: 'producers.bad_website' },
    });
    const change = (version: number) =>
      as(clerk, (ctx) => changeProducer(ctx, id, producer({ name: 'HTX Hai' }), version));
    await change(1);
    await expect(change(1)).rejects.toMatchObject({ code: 'producers.changed_meanwhile', status: 409 });
  });

  it('ends once, not before it began, and ends what belongs to it', async () => {
    const id = await add();
    const who = { name: 'Hộ Cuối', hamletId: khe };
    await as(clerk, (ctx) => setStandard(ctx, id, { standard: 'vietgap', from: '2021-01-01' }));
    await as(clerk, (ctx) => addMember(ctx, id, { ...who, from: '2021-01-01' }));
    const end = (lastDay: string) => as(clerk, (ctx) => endProducer(ctx, id, { lastDay }));
    await expect(end('2019-12-31')).rejects.toMatchObject({ fields: { lastDay: 'producers.backwards' } });
    await end('2022-12-31');
    await expect(end('2023-12-31')).rejects.toMatchObject({ code: 'producers.ended' });
    const held = (day: string) => as(clerk, (ctx) => standardOf(ctx, who, on(day)));
    expect((await held('2022-12-31')).standard).toBe('vietgap');
    expect((await held('2023-01-01')).standard).toBeNull();
    const late = as(clerk, (ctx) => addMember(ctx, id, { name: 'Hộ Muộn', from: '2023-02-01' }));
    await expect(late).rejects.toMatchObject({ fields: { from: 'producers.outside' } });
  });
});

describe('members', () => {
  it('belong to several producers, and to one once at a time', async () => {
    const [vietgap, organic] = [await add(), await add()];
    const member = { householdId: newId(), name: 'Hộ Nhiều Tổ', hamletId: khe };
    await as(clerk, (ctx) => setStandard(ctx, vietgap, { standard: 'vietgap', from: '2020-06-01' }));
    await as(clerk, (ctx) => setStandard(ctx, organic, { standard: 'organic', from: '2021-01-01' }));
    const join = (to: string, from: string, last?: string) =>
      as(clerk, (ctx) => addMember(ctx, to, { ...member, from, ...(last && { last }) }));
    await join(vietgap, '2020-01-01', '2021-06-30');
    await join(organic, '2021-03-01');
    await expect(join(vietgap, '2021-06-30')).rejects.toMatchObject({ code: 'producers.member.overlaps' });
    await join(vietgap, '2021-07-01');
    const held = async (day: string) => (await as(clerk, (ctx) => standardOf(ctx, member, on(day)))).standard;
    expect(await held('2020-05-31')).toBeNull();
    expect(await held('2020-06-01')).toBe('vietgap');
    expect(await held('2021-02-28')).toBe('vietgap');
    expect(await held('2021-03-01')).toBe('organic');
    const both = await as(clerk, (ctx) => standardOf(ctx, member, on('2021-07-01')));
    expect(both.held.map(({ standard }) => standard)).toEqual(['organic', 'vietgap']);
  });

  it('of parallel writers one takes the place', async () => {
    const id = await add();
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        as(clerk, (ctx) => addMember(ctx, id, { name: 'Hộ Tranh Chỗ', hamletId: khe, from: '2022-01-01' })),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await as(clerk, (ctx) => membersOf(ctx, id))).today).toBe(1);
  });

  it('known by name are linked to a household later, and leave once', async () => {
    const id = await add();
    const household = newId();
    const named = { name: 'Hộ Chưa Có Sổ', hamletId: khe };
    const member = await as(clerk, (ctx) => addMember(ctx, id, { ...named, from: '2022-01-01' }));
    await as(clerk, (ctx) => setStandard(ctx, id, { standard: 'organic', from: '2022-01-01' }));
    await as(clerk, (ctx) => linkMember(ctx, id, member, { ...named, householdId: household }));
    const held = await as(clerk, (ctx) => standardOf(ctx, { householdId: household }, on('2022-05-01')));
    expect(held.standard).toBe('organic');
    const leave = (lastDay: string) => as(clerk, (ctx) => endMember(ctx, id, member, { lastDay }));
    await expect(leave('2021-12-31')).rejects.toMatchObject({ fields: { lastDay: 'producers.backwards' } });
    await leave('2022-12-31');
    await expect(leave('2023-12-31')).rejects.toMatchObject({ code: 'producers.member.left' });
    const stranger = as(clerk, (ctx) =>
      addMember(ctx, id, { ...named, residentId: newId(), from: '2023-01-01' }),
    );
    await expect(stranger).rejects.toMatchObject({ fields: { residentId: 'input.unknown' } });
  });
});

describe('standards', () => {
  it('follow each other: a new one ends the running one the day before', async () => {
    const id = await add();
    const set = (standard: 'vietgap' | 'organic', from: string) =>
      as(clerk, (ctx) => setStandard(ctx, id, { standard, from }));
    await set('vietgap', '2021-01-01');
    await set('organic', '2023-01-01');
    await expect(set('vietgap', '2022-01-01')).rejects.toMatchObject({ code: 'producers.standard_overlaps' });
    await as(clerk, (ctx) => endStandard(ctx, id, { lastDay: '2023-12-31' }));
    await as(clerk, (ctx) => addMember(ctx, id, { name: 'Hộ Đổi', hamletId: khe, from: '2020-01-01' }));
    const held = async (day: string) =>
      (await as(clerk, (ctx) => standardOf(ctx, { name: 'ho doi', hamletId: khe }, on(day)))).standard;
    expect([await held('2022-12-31'), await held('2023-01-01'), await held('2024-01-01')]).toEqual([
      'vietgap',
      'organic',
      null,
    ]);
  });
});
