import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import {
  addMoney,
  addPhoto,
  addWork,
  correctAddress,
  endAddress,
  findAddresses,
  getAddress,
  getFoundAddress,
  getPhoto,
  getPublicWork,
  getWork,
  inspectWork,
  issueAddress,
  listAddresses,
  listWorks,
  moveAddress,
  showAddress,
  type NewAddress,
} from './index.ts';

const world = useWorld();
const api = useApi(world);
const clerk = official('clerk');
const NOW = { now: new Date('2024-04-22T09:00:00+07:00') };
let khe: string, tan: string;

beforeAll(async () => {
  khe = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }), NOW);
  tan = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Tân Thái' }), NOW);
  await world.as(system, (ctx) => addWork(ctx, hall()), NOW);
});

function hall() {
  const place = '21.720000, 105.770000';
  return {
    kind: 'hall',
    name: 'Nhà văn hóa xóm Khe Cốc',
    hamletId: khe,
    place,
    inUseFrom: '2015-01-01',
  } as const;
}

const issue = (more: Partial<NewAddress> = {}, actor = clerk, when = NOW) =>
  world.as(
    actor,
    (ctx) => issueAddress(ctx, { hamletId: khe, number: '1', place: '21.7223,105.7703', ...more }),
    when,
  );
const moved = (more: object = {}) => ({
  hamletId: khe,
  number: '1',
  place: '21.7223, 105.7703',
  reason: 'Thử',
  ...more,
});

describe('an address', () => {
  it('is issued once for a number of a hamlet, also when two do it at the same moment', async () => {
    const both = await Promise.allSettled([issue({ number: '10 a' }), issue({ number: '10A' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(issue({ number: '10a' })).rejects.toMatchObject({
      code: 'places.address.number_taken',
      fields: { number: 'places.address.number_taken' },
    });
    await issue({ number: '10A', hamletId: tan });
  });

  it('keeps its plate’s code while it moves, is corrected and ends, and the whole history', async () => {
    const { id, code } = await issue({ number: '20', on: '2023-01-10', shown: true });
    await world.as(clerk, (ctx) => moveAddress(ctx, id, moved({ number: '21', on: '2023-06-01' })), NOW);
    await world.as(
      clerk,
      (ctx) => correctAddress(ctx, id, moved({ number: '22', place: '7PH7PQCC+W4' })),
      NOW,
    );
    const early = world.as(clerk, (ctx) => endAddress(ctx, id, { reason: 'Phá', on: '2023-05-31' }), NOW);
    await expect(early).rejects.toMatchObject({ fields: { on: 'places.address.before_last' } });
    await world.as(clerk, (ctx) => endAddress(ctx, id, { reason: 'Phá', on: '2024-01-01' }), NOW);
    const { address, changes } = await world.as(clerk, (ctx) => getAddress(ctx, id), NOW);
    expect(address).toMatchObject({ code, number: '22', locationCode: '7PH7PQCC+W4', endedOn: '2024-01-01' });
    expect(changes.map(({ kind, onDay, number }) => [kind, onDay, number])).toEqual([
      ['issue', '2023-01-10', '20'],
      ['move', '2023-06-01', '21'],
      ['correct', '2023-06-01', '22'],
      ['end', '2024-01-01', '22'],
    ]);
    for (const verb of [
      () => world.as(clerk, (ctx) => moveAddress(ctx, id, moved()), NOW),
      () => world.as(clerk, (ctx) => correctAddress(ctx, id, moved()), NOW),
      () => world.as(clerk, (ctx) => showAddress(ctx, id, false), NOW),
      () => world.as(clerk, (ctx) => endAddress(ctx, id, { reason: 'x' }), NOW),
    ])
      await expect(verb()).rejects.toMatchObject({ code: 'places.address.ended', status: 409 });
    // The number is free again; the old plate still says what became of the house.
    await issue({ number: '22' });
    const found = await world.as(anonymous, (ctx) => getFoundAddress(ctx, code), NOW);
    expect(found).toMatchObject({ number: '22', endedOn: '2024-01-01', place: null });
  });

  it('cannot be changed behind the verbs’ back', async () => {
    const statement = world.as(system, (ctx) =>
      ctx.db.updateTable('places_address_change').set({ number: 'x' }).execute(),
    );
    await expect(statement).rejects.toMatchObject({ code: '42501' });
  });

  it('refuses what is no place, no number, no day', async () => {
    const fields = (more: Partial<NewAddress>) =>
      issue(more)
        .then(() => 'taken')
        .catch((thrown) => thrown.fields);
    for (const place of ['', 'ở kia', '105.77, 21.72', '0,0', '91,105', 'PQ+', '9'.repeat(99)])
      expect(await fields({ place, number: '30' }), place).toHaveProperty('place');
    for (const number of ['', '<b>', '../..', 'x'.repeat(21)])
      expect(await fields({ number }), number).toHaveProperty('number');
    expect(await fields({ number: '30', on: '2024-04-23' })).toEqual({ on: 'places.day_to_come' });
    expect(await fields({ number: '30', hamletId: 'x' })).toHaveProperty('hamletId');
  });

  it('is found by plate, by location code near the commune, by hamlet and number', async () => {
    const { code } = await issue({ number: '40', place: '21.7230, 105.7730', shown: true });
    await issue({ number: '41', place: '21.7231, 105.7732', shown: true });
    const hidden = await issue({ number: '42', place: '21.7231, 105.7734' });
    const find = (asked: Parameters<typeof findAddresses>[1]) =>
      world.as(anonymous, async (ctx) => (await findAddresses(ctx, asked)).map((one) => one.number), NOW);
    expect(await find({ q: `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}` })).toEqual(['40']);
    const seen = await world.as(anonymous, (ctx) => getFoundAddress(ctx, code), NOW);
    expect(await find({ q: seen.place!.shortCode })).toEqual(['40']);
    expect(await find({ hamletId: khe, number: '42' })).toEqual(['42']);
    expect(await find({ hamletId: tan, number: '40' })).toEqual([]);
    expect(await find({})).toEqual([]);
    expect(seen.neighbours.map((one) => one.number)).toContain('41');
    expect(seen.neighbours.map((one) => one.number)).not.toContain('42');
    expect(seen.way).toEqual({ from: 'Nhà văn hóa xóm Khe Cốc', metres: 460, direction: 'ne' });
    const closed = await world.as(anonymous, (ctx) => getFoundAddress(ctx, hidden.code), NOW);
    expect(closed).toMatchObject({ number: '42', place: null, way: null, neighbours: [] });
    const answer = await api.request(`/api/v1/addresses/${hidden.code}`);
    expect(await answer.json()).toMatchObject({ number: '42', hamlet: 'Khe Cốc', place: null });
    expect((await api.request('/api/v1/addresses/..%2F..')).status).toBe(404);
  });
});

describe('a hamlet head', () => {
  const head = () => official({ role: 'hamlet_head', hamletId: khe });

  it('sees and writes the addresses of his hamlet only', async () => {
    const far = await issue({ number: '50', hamletId: tan });
    const own = await issue({ number: '51' }, head());
    const list = await world.as(head(), (ctx) => listAddresses(ctx, { limit: 500 }), NOW);
    expect(list.items.length).toBeGreaterThan(0);
    expect(list.items.every((one) => one.hamletId === khe)).toBe(true);
    const asked = world.as(head(), (ctx) => listAddresses(ctx, { hamletId: tan }), NOW);
    await expect(asked).rejects.toMatchObject({ status: 403 });
    for (const verb of [
      () => world.as(head(), (ctx) => getAddress(ctx, far.id), NOW),
      () => issue({ number: '52', hamletId: tan }, head()),
      () => world.as(head(), (ctx) => moveAddress(ctx, own.id, moved({ hamletId: tan, number: '53' })), NOW),
      () => world.as(head(), (ctx) => endAddress(ctx, far.id, { reason: 'x' }), NOW),
      () => world.as(head(), (ctx) => showAddress(ctx, far.id, true), NOW),
    ])
      await expect(verb()).rejects.toMatchObject({ status: 403 });
  });

  it('sees and inspects the works of his hamlet only', async () => {
    const far = await world.as(clerk, (ctx) => addWork(ctx, { ...hall(), hamletId: tan }), NOW);
    const { items } = await world.as(head(), (ctx) => listWorks(ctx), NOW);
    expect(items.map((one) => one.hamletId)).toEqual([khe]);
    const seen = { onDay: '2024-04-01', condition: 'good', atStandard: true } as const;
    await world.as(head(), (ctx) => inspectWork(ctx, items[0]!.id, seen), NOW);
    for (const verb of [
      () => world.as(head(), (ctx) => inspectWork(ctx, far, seen), NOW),
      () => world.as(head(), (ctx) => getWork(ctx, far), NOW),
      () => world.as(head(), (ctx) => addWork(ctx, hall()), NOW),
    ])
      await expect(verb()).rejects.toMatchObject({ status: 403 });
  });
});

describe('strangers and neighbours', () => {
  it('write nothing and see no list', async () => {
    const { id } = await issue({ number: '60' });
    for (const actor of [anonymous, citizen(), official('auditor')]) {
      for (const verb of [
        () =>
          world.as(actor, (ctx) => issueAddress(ctx, { hamletId: khe, number: '61', place: '21.7,105.7' })),
        () => world.as(actor, (ctx) => moveAddress(ctx, id, moved())),
        () => world.as(actor, (ctx) => addWork(ctx, hall())),
      ])
        await expect(verb()).rejects.toMatchObject({ status: actor.kind === 'anonymous' ? 401 : 403 });
    }
    for (const actor of [anonymous, citizen()]) {
      const status = actor.kind === 'anonymous' ? 401 : 403;
      await expect(world.as(actor, (ctx) => listAddresses(ctx))).rejects.toMatchObject({ status });
      await expect(world.as(actor, (ctx) => listWorks(ctx))).rejects.toMatchObject({ status });
    }
    const there = { ...NOW, commune: world.neighbour };
    await expect(world.as(clerk, (ctx) => getAddress(ctx, id), there)).rejects.toMatchObject({ status: 404 });
    await expect(world.as(clerk, (ctx) => moveAddress(ctx, id, moved()), there)).rejects.toMatchObject({
      status: 404,
    });
    expect((await world.as(clerk, (ctx) => listAddresses(ctx), there)).total).toBe(0);
  });
});

describe('a public work', () => {
  it('is told by inspections; a wrong one is replaced and stays readable', async () => {
    const id = await world.as(
      clerk,
      (ctx) => addWork(ctx, { kind: 'road', name: 'Đường trục xóm', hamletId: khe, inUseFrom: '2010-01-01' }),
      NOW,
    );
    const inspect = (more: object) =>
      world.as(
        clerk,
        (ctx) =>
          inspectWork(ctx, id, {
            onDay: '2023-03-01',
            condition: 'good',
            atStandard: true,
            lengthM: 4300,
            hardenedM: 4300,
            ...more,
          }),
        NOW,
      );
    const wrong = await inspect({ hardenedM: 43 });
    await inspect({ replaces: wrong });
    const standing = async () =>
      (await world.as(clerk, (ctx) => listWorks(ctx, { kind: 'road' }), NOW)).items[0]!.standing;
    expect(await standing()).toMatchObject({ lengthM: 4300, hardenedM: 4300 });
    const { inspections } = await world.as(clerk, (ctx) => getWork(ctx, id), NOW);
    expect(inspections).toHaveLength(2);
    const fields = (more: object) => inspect(more).catch((thrown) => thrown.fields);
    expect(await fields({ hardenedM: 4301 })).toEqual({ hardenedM: 'places.work.harder_than_long' });
    expect(await fields({ lengthM: null })).toEqual({ lengthM: 'input.missing' });
    expect(await fields({ onDay: '2009-12-31' })).toEqual({ onDay: 'places.work.not_in_use' });
    expect(await fields({ onDay: '2030-01-01' })).toEqual({ onDay: 'places.day_to_come' });
    expect(await fields({ replaces: wrong })).toEqual({ replaces: 'input.unknown' });
  });

  it('shows everybody sums and public photographs, never notes and single gifts', async () => {
    const id = await world.as(clerk, (ctx) => addWork(ctx, { ...hall(), name: 'Nhà văn hóa mới' }), NOW);
    const money = (more: object) =>
      world.as(
        clerk,
        (ctx) =>
          addMoney(ctx, id, {
            kind: 'contribution',
            onDay: '2023-01-01',
            what: 'Góp công',
            source: 'people',
            form: 'labour',
            quantity: 12,
            amount: 3_000_000n,
            ...more,
          }),
        NOW,
      );
    const wrong = await money({ amount: 30_000_000n });
    await money({ replaces: wrong });
    await money({ kind: 'cost', source: 'state', form: 'money', quantity: null, amount: 900_000_000n });
    const stored = { hash: 'a'.repeat(64), size: 3, mediaType: 'image/jpeg' };
    const photo = (open: boolean) =>
      world.as(clerk, (ctx) => addPhoto(ctx, id, stored, { takenOn: '2024-01-01', public: open }), NOW);
    const [open, kept] = [await photo(true), await photo(false)];
    const note = {
      onDay: '2024-01-02',
      condition: 'fair',
      atStandard: false,
      note: 'Ghi chú nội bộ',
    } as const;
    await world.as(clerk, (ctx) => inspectWork(ctx, id, note), NOW);
    const seen = await world.as(anonymous, (ctx) => getPublicWork(ctx, id), NOW);
    expect([seen.cost, seen.contributed]).toEqual([900_000_000n, 3_000_000n]);
    expect(seen.photos.map((one) => one.id)).toEqual([open]);
    expect((await world.as(anonymous, (ctx) => getPhoto(ctx, id, open), NOW)).hash).toBe(stored.hash);
    await expect(world.as(anonymous, (ctx) => getPhoto(ctx, id, kept), NOW)).rejects.toMatchObject({
      status: 401,
    });
    const answer = await api.request('/api/v1/works?kind=hall');
    const text = await answer.text();
    expect(text).toContain('Nhà văn hóa mới');
    expect(text).not.toContain('Ghi chú nội bộ');
  });
});
