import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { createResident } from '../resident.actions.ts';
import { openHousehold } from '../household/household.actions.ts';
import { moveOut, recordDeath } from '../household/member.actions.ts';
import { getHousehold } from '../household/household.queries.ts';
import { STAY_MEASURES } from './measures.ts';
import { endStay, recordStay, type NewStay } from './stay.actions.ts';
import { exportStays, listStays, staysOf } from './stay.queries.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2026-06-01T09:00:00+07:00') };
const asClerk = <T>(work: Parameters<typeof world.as<T>>[1]) => world.as(clerk, work, NOW);
let here: string;
let there: string;
let guest: string;
let member: string;

beforeAll(async () => {
  here = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  there = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Xóm kia' }));
  guest = await asClerk((ctx) => createResident(ctx, { fullName: 'Lý Văn Trọ', hamletId: here }));
  const head = { person: { fullName: 'Lý Thị Vắng', birthDate: '1990-05-05' } };
  const house = await asClerk((ctx) => openHousehold(ctx, { hamletId: there, on: '2020-01-01', head }));
  member = (await asClerk((ctx) => getHousehold(ctx, house))).people[0]!.id;
});

const stay = (more: Partial<NewStay> = {}): NewStay => ({
  kind: 'residence',
  hamletId: here,
  elsewhere: 'Bắc Ninh',
  from: '2026-05-01',
  to: '2026-06-30',
  ...more,
});
const record = (id: string, more: Partial<NewStay> = {}) => asClerk((ctx) => recordStay(ctx, id, stay(more)));
const counted = (at: number, asOf: string, scope = 'commune') =>
  asClerk(async (ctx) => {
    const question = { asOf: localDate(asOf), scope };
    const { numerator } = await STAY_MEASURES[at]!.compute(ctx, question);
    const list = await STAY_MEASURES[at]!.list(ctx, question, 'numerator', { offset: 0, limit: 50 });
    expect([list.total, list.records.length]).toEqual([numerator, numerator]);
    return numerator;
  });

describe('temporary residence and absence', () => {
  it('hold from the first to the last day, one at a time', async () => {
    const id = await record(guest);
    await expect(record(guest, { from: '2026-06-30', to: '2026-07-05' })).rejects.toMatchObject({
      code: 'registry.stay.overlaps',
    });
    await record(guest, { from: '2026-07-01', to: '2026-07-05', hamletId: there });
    expect(
      await Promise.all(['2026-04-30', '2026-05-01', '2026-06-30'].map((day) => counted(0, day))),
    ).toEqual([0, 1, 1]);
    expect(await counted(0, '2026-07-01', `hamlet:${here}`)).toBe(0);
    expect(await counted(0, '2026-07-01', `hamlet:${there}`)).toBe(1);
    // The guest goes on 1 June: that day is still his, and June is free again.
    await asClerk((ctx) => endStay(ctx, id, '2026-06-01'));
    expect(await counted(0, '2026-06-01')).toBe(1);
    expect(await counted(0, '2026-06-02')).toBe(0);
    await expect(asClerk((ctx) => endStay(ctx, id, '2026-06-01'))).rejects.toMatchObject({
      fields: { last: 'registry.stay.not_inside' },
    });
    expect((await asClerk((ctx) => staysOf(ctx, guest)))?.stays.map(({ from, to }) => [from, to])).toEqual([
      ['2026-07-01', '2026-07-05'],
      ['2026-05-01', '2026-06-01'],
    ]);
  });

  it('are for guests without a household here, and for members of one who are away', async () => {
    await expect(record(member)).rejects.toMatchObject({ code: 'registry.stay.lives_here' });
    await expect(
      record(guest, { kind: 'absence', from: '2027-01-01', to: '2027-02-01' }),
    ).rejects.toMatchObject({ code: 'registry.stay.no_household' });
    await expect(record(member, { kind: 'absence', to: '2028-05-01' })).rejects.toMatchObject({
      fields: { to: 'registry.stay.too_long' },
    });
    await expect(record(member, { kind: 'absence', to: '2026-04-01' })).rejects.toMatchObject({
      status: 422,
    });
    await record(member, { kind: 'absence', hamletId: there });
    expect([await counted(1, '2026-06-01'), await counted(1, '2026-07-01')]).toEqual([1, 0]);
  });

  it('are written by clerks and police, and read by a hamlet’s head of his hamlet only', async () => {
    const headOf = (hamletId: string) => official({ role: 'hamlet_head', hamletId });
    const names = async (hamletId: string, day: string) =>
      (await world.as(headOf(hamletId), (ctx) => listStays(ctx, { day: localDate(day) }), NOW)).items.map(
        ({ name }) => name,
      );
    expect(await names(there, '2026-05-15')).toEqual(['Lý Thị Vắng']);
    expect(await names(here, '2026-05-15')).toEqual(['Lý Văn Trọ']);
    const at = { day: localDate('2026-05-15') };
    expect(await world.as(headOf(here), (ctx) => exportStays(ctx, at), NOW)).toHaveLength(1);
    expect(await asClerk((ctx) => exportStays(ctx, at))).toHaveLength(2);
    expect((await asClerk((ctx) => listStays(ctx, { ...at, kind: 'absence' }))).total).toBe(1);
    const refused = { status: 403 };
    await expect(
      world.as(headOf(here), (ctx) => listStays(ctx, { ...at, hamletId: there }), NOW),
    ).rejects.toMatchObject(refused);
    await expect(world.as(headOf(here), (ctx) => staysOf(ctx, member), NOW)).rejects.toMatchObject(refused);
    await expect(world.as(headOf(here), (ctx) => recordStay(ctx, guest, stay()), NOW)).rejects.toMatchObject(
      refused,
    );
    await expect(world.as(official('leader'), (ctx) => exportStays(ctx, at), NOW)).rejects.toMatchObject(
      refused,
    );
    await expect(world.as(anonymous, (ctx) => listStays(ctx), NOW)).rejects.toMatchObject({ status: 401 });
  });

  it('end with a death, a move away, and for a guest who joins a household', async () => {
    const spans = async (id: string) =>
      (await asClerk((ctx) => staysOf(ctx, id)))?.stays.map(({ from, to }) => [from, to]);
    const stranger = async (fullName: string) =>
      asClerk((ctx) => createResident(ctx, { fullName, hamletId: here }));
    const [dies, joins] = [await stranger('Khách Mất'), await stranger('Khách Ở Lại')];
    for (const id of [dies, joins]) await record(id);
    await record(dies, { from: '2026-07-01', to: '2026-07-09' });
    await asClerk((ctx) => recordDeath(ctx, dies, { on: '2026-05-20' }));
    expect(await spans(dies)).toEqual([['2026-05-01', '2026-05-20']]);
    const head = { residentId: joins };
    const house = await asClerk((ctx) => openHousehold(ctx, { hamletId: here, on: '2026-05-10', head }));
    expect(await spans(joins)).toEqual([['2026-05-01', '2026-05-09']]);
    await record(joins, { kind: 'absence', from: '2026-05-15' });
    await asClerk((ctx) => moveOut(ctx, house, { residentIds: [joins], on: '2026-05-25', to: 'Hà Nội' }));
    expect(await spans(joins)).toEqual([
      ['2026-05-15', '2026-05-24'],
      ['2026-05-01', '2026-05-09'],
    ]);
  });
});
