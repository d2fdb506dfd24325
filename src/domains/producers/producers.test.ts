import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official } from '#test/world';
import { openCertificate } from './certificate/certificate.actions.ts';
import { householdChoice } from './member/household-choice.queries.ts';
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
} from './index.ts';
import { clerk, NOW, paper, useProducers } from './producers-fixture.ts';

const { world, hamlets, as, producer, add, household } = useProducers();
const on = localDate;

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

  it('by the name of a member, in the hamlets that one may see', async () => {
    const name = 'Tổ của Người Tìm Được';
    const id = await add({ name });
    await as(clerk, (ctx) =>
      addMember(ctx, id, { name: 'Phùng Văn Hiếm', hamletId: hamlets.dap, from: '2021-01-01' }),
    );
    const found = async (actor: Parameters<typeof as>[0], q: string) =>
      (await as(actor, (ctx) => listProducers(ctx, { q }))).items.map((one) => one.name);
    expect(await found(clerk, 'hiem phung')).toEqual([name]);
    // Half of the words in the name of the group, half in the member's: no one thing is called so.
    expect(await found(clerk, 'nguoi hiem')).toEqual([]);
    const head = (hamletId: string) => official({ role: 'hamlet_head', hamletId });
    expect(await found(head(hamlets.khe), 'hiem')).toEqual([]);
    expect(await found(head(hamlets.khe), 'nguoi tim')).toEqual([name]);
    expect(await found(head(hamlets.dap), 'hiem')).toEqual([]);
  });

  it('of one’s own hamlet only, in list, file, record, members and papers', async () => {
    const head = official({ role: 'hamlet_head', hamletId: hamlets.dap });
    const here = await add({ hamletId: hamlets.dap });
    const there = await add({ hamletId: hamlets.khe });
    await as(clerk, (ctx) =>
      addMember(ctx, here, { name: 'Hộ A', hamletId: hamlets.dap, from: '2021-01-01' }),
    );
    await as(clerk, (ctx) =>
      addMember(ctx, here, { name: 'Hộ B', hamletId: hamlets.khe, from: '2021-01-01' }),
    );
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
      () => as(head, (ctx) => listProducers(ctx, { hamletId: hamlets.khe })),
      () => as(head, (ctx) => exportProducers(ctx, { hamletId: hamlets.khe })),
      () => as(head, (ctx) => getProducer(ctx, there)),
      () => as(head, (ctx) => membersOf(ctx, there)),
      () => as(head, (ctx) => certificatesOf(ctx, there)),
      () => as(head, (ctx) => openCertificate(ctx, there, certificate)),
      () => as(head, (ctx) => addProducer(ctx, producer({ hamletId: hamlets.dap }))),
      () => as(head, (ctx) => standardOf(ctx, { name: 'Hộ B', hamletId: hamlets.khe }, on('2022-01-01'))),
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
    const who = { name: 'Hộ Cuối', hamletId: hamlets.khe };
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
    const member = {
      householdId: await household('Hộ Nhiều Tổ'),
      name: 'Hộ Nhiều Tổ',
      hamletId: hamlets.khe,
    };
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
        as(clerk, (ctx) =>
          addMember(ctx, id, { name: 'Hộ Tranh Chỗ', hamletId: hamlets.khe, from: '2022-01-01' }),
        ),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await as(clerk, (ctx) => membersOf(ctx, id))).today).toBe(1);
  });

  it('known by name are linked to a household later, and leave once', async () => {
    const id = await add();
    const householdId = await household('Hộ Chưa Có Sổ');
    const named = { name: 'Hộ Chưa Có Sổ', hamletId: hamlets.khe };
    const member = await as(clerk, (ctx) => addMember(ctx, id, { ...named, from: '2022-01-01' }));
    await as(clerk, (ctx) => setStandard(ctx, id, { standard: 'organic', from: '2022-01-01' }));
    await as(clerk, (ctx) => linkMember(ctx, id, member, { ...named, householdId }));
    const held = await as(clerk, (ctx) => standardOf(ctx, { householdId }, on('2022-05-01')));
    expect(held.standard).toBe('organic');
    const leave = (lastDay: string) => as(clerk, (ctx) => endMember(ctx, id, member, { lastDay }));
    await expect(leave('2021-12-31')).rejects.toMatchObject({ fields: { lastDay: 'producers.backwards' } });
    await leave('2022-12-31');
    await expect(leave('2023-12-31')).rejects.toMatchObject({ code: 'producers.member.left' });
    const stranger = as(clerk, (ctx) =>
      addMember(ctx, id, { ...named, residentId: newId(), from: '2023-01-01' }),
    );
    await expect(stranger).rejects.toMatchObject({ fields: { residentId: 'input.unknown' } });
    const nobody = as(clerk, (ctx) => linkMember(ctx, id, member, { ...named, householdId: newId() }));
    await expect(nobody).rejects.toMatchObject({ fields: { householdId: 'input.unknown' } });
  });

  it('are chosen from the register of households, by a name or a number', async () => {
    const id = await household('Lường Thị Chọn', hamlets.dap);
    const choose = (find: string, number = '') => as(clerk, (ctx) => householdChoice(ctx, { find, number }));
    const { found, total, chosen } = await choose('chon luong');
    expect([total, chosen]).toEqual([1, null]);
    expect(found[0]).toMatchObject({ id, name: 'Lường Thị Chọn', hamletId: hamlets.dap, hamlet: 'Đập Tràn' });
    const { number } = found[0]!;
    expect((await choose('', number)).chosen).toEqual(found[0]);
    for (const odd of ['', '0', 'x', `${number}0`, '%']) expect((await choose('', odd)).chosen).toBeNull();
    expect(await choose('%')).toMatchObject({ found: [], total: 0 });
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
    await as(clerk, (ctx) =>
      addMember(ctx, id, { name: 'Hộ Đổi', hamletId: hamlets.khe, from: '2020-01-01' }),
    );
    const held = async (day: string) =>
      (await as(clerk, (ctx) => standardOf(ctx, { name: 'ho doi', hamletId: hamlets.khe }, on(day))))
        .standard;
    expect([await held('2022-12-31'), await held('2023-01-01'), await held('2024-01-01')]).toEqual([
      'vietgap',
      'organic',
      null,
    ]);
  });
});
