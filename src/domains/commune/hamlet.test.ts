import { beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from './fixtures.ts';
import {
  addHamlet,
  endHamlet,
  findHamlet,
  getHamlet,
  listHamlets,
  renameHamlet,
  setUpCommune,
} from './index.ts';

const world = useWorld();
const leader = official('leader');
const NOW = new Date('2024-04-22T09:00:00+07:00');

beforeAll(async () => {
  await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { now: NOW });
});

function asNeighbour<T>(work: Parameters<typeof world.as<T>>[1]): Promise<T> {
  return world.as(leader, work, { commune: world.neighbour, now: NOW });
}

describe('hamlets', () => {
  it('are found by present and former names without accents', async () => {
    const khe = (await world.as(anonymous, (ctx) => findHamlet(ctx, 'khe-coc')))!;
    await world.as(leader, (ctx) => renameHamlet(ctx, khe.id, { name: 'Khe Cốc Xanh' }), { now: NOW });
    const found = await world.as(anonymous, (ctx) => listHamlets(ctx, { q: 'xóm khe coc' }));
    expect(found.map((hamlet) => hamlet.name)).toEqual(['Khe Cốc Xanh']);
    expect(found[0]!.formerNames).toEqual([{ name: 'Khe Cốc', until: '2024-04-21' }]);
    expect(found[0]!.slug).toBe('khe-coc');
    await world.as(leader, (ctx) => renameHamlet(ctx, khe.id, { name: 'Khe Cốc' }), { now: NOW });
    expect((await world.as(anonymous, (ctx) => getHamlet(ctx, khe.id))).formerNames).toHaveLength(2);
    expect(await world.as(anonymous, (ctx) => listHamlets(ctx, { q: 'coc' }))).toHaveLength(1);
    expect(await world.as(anonymous, (ctx) => listHamlets(ctx, { q: '%' }))).toHaveLength(0);
  });

  it('end with a successor and stay readable', async () => {
    const id = await world.as(leader, (ctx) => addHamlet(ctx, { name: 'Bò 1' }), { now: NOW });
    const into = (await world.as(anonymous, (ctx) => findHamlet(ctx, 'dap-tran')))!.id;
    const foreign = await asNeighbour((ctx) => addHamlet(ctx, { name: 'Xóm bên' }));
    const badly = world.as(leader, (ctx) =>
      endHamlet(ctx, id, { lastDay: '2024-04-30', successorId: foreign }),
    );
    await expect(badly).rejects.toMatchObject({ fields: { successorId: 'input.unknown' } });
    await world.as(leader, (ctx) => endHamlet(ctx, id, { lastDay: '2024-04-30', successorId: into }));
    const names = (on: string) =>
      world.as(anonymous, async (ctx) =>
        (await listHamlets(ctx, { on: localDate(on) })).map((one) => one.name),
      );
    expect(await names('2024-04-30')).toContain('Bò 1');
    expect(await names('2024-05-01')).not.toContain('Bò 1');
    expect(await world.as(anonymous, (ctx) => getHamlet(ctx, id))).toMatchObject({ successorId: into });
    const twice = world.as(leader, (ctx) => endHamlet(ctx, id, { lastDay: '2024-06-30' }));
    await expect(twice).rejects.toMatchObject({ code: 'commune.hamlet.ended' });
    // The name is free again, the address is not.
    const anew = await world.as(leader, (ctx) => addHamlet(ctx, { name: 'Bò 1' }), { now: NOW });
    expect((await world.as(anonymous, (ctx) => getHamlet(ctx, anew))).slug).toBe('bo-1-2');
  });

  it('cannot be doubled, cannot be touched by others, and are those of this commune', async () => {
    const taken = world.as(leader, (ctx) => addHamlet(ctx, { name: 'KHE COC' }));
    await expect(taken).rejects.toMatchObject({ status: 409, code: 'commune.hamlet.name_taken' });
    const khe = (await world.as(anonymous, (ctx) => findHamlet(ctx, 'khe-coc')))!.id;
    for (const actor of [anonymous, citizen(), official('clerk')]) {
      for (const verb of [
        () => world.as(actor, (ctx) => addHamlet(ctx, { name: 'Mới' })),
        () => world.as(actor, (ctx) => renameHamlet(ctx, khe, { name: 'Mới' })),
        () => world.as(actor, (ctx) => endHamlet(ctx, khe, { lastDay: '2024-01-01' })),
      ])
        await expect(verb()).rejects.toMatchObject({ status: actor.kind === 'anonymous' ? 401 : 403 });
    }
    await expect(asNeighbour((ctx) => renameHamlet(ctx, khe, { name: 'Của tôi' }))).rejects.toMatchObject({
      status: 404,
    });
    await expect(asNeighbour((ctx) => endHamlet(ctx, khe, { lastDay: '2024-01-01' }))).rejects.toMatchObject({
      status: 404,
    });
    for (const hostile of [
      "'; drop table commune_hamlet; --",
      '',
      'x'.repeat(10_000),
      '../..',
      khe.toUpperCase(),
    ]) {
      await expect(world.as(anonymous, (ctx) => getHamlet(ctx, hostile))).rejects.toMatchObject({
        status: 404,
      });
    }
  });
});
