import { expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { hearVital, openHousehold } from '#domain/registry';
import { newId } from '#kernel/ids';
import { citizen, official, system, useWorld } from '#test/world';
import { registerView } from './register-view.ts';

const world = useWorld();
const clerk = official('clerk');

it('leads from a dossier to what it changed in the register, for those who may open it', async () => {
  const at = { now: new Date('2026-06-01T09:00:00+07:00') };
  const hamletId = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  const head = { person: { fullName: 'Lý Văn Cụ', birthDate: '1940-02-03' } };
  const house = await world.as(clerk, (ctx) => openHousehold(ctx, { hamletId, on: '2020-01-01', head }), at);
  const tell = async (name: string) => {
    const id = newId();
    const deceased = { name, birthDate: '1940-02-03', nationalId: null };
    const notice = { kind: 'death', deceased, on: '2026-05-30' } as const;
    await world.as(system, (ctx) => hearVital(ctx, notice, { kind: 'dossier', id, label: 'H55.1' }), at);
    return id;
  };
  const recorded = await tell('Lý Văn Cụ');
  const open = await tell('Người Lạ');
  const seen = await world.as(clerk, (ctx) => registerView(ctx, recorded), at);
  expect(seen?.links.map(({ href }) => href)).toEqual([
    expect.stringMatching(/\/[0-9a-f-]{36}$/),
    expect.stringContaining(house),
  ]);
  const waiting = await world.as(clerk, (ctx) => registerView(ctx, open), at);
  expect(waiting?.links.map(({ label }) => label)).toEqual(['Xem việc sinh, tử chờ ghi sổ']);
  // Others read that it was recorded, and are led nowhere they may not go.
  expect(await world.as(official('admin'), (ctx) => registerView(ctx, recorded), at)).toEqual({
    words: seen?.words,
    links: [],
  });
  expect(await world.as(citizen(), (ctx) => registerView(ctx, recorded), at)).toBeNull();
  expect(await world.as(clerk, (ctx) => registerView(ctx, newId()), at)).toBeNull();
});
