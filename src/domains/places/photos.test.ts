/** Photographs of houses and works, and the list of wifi. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Actor } from '#kernel/context';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import {
  addAddressPhoto,
  addPhoto,
  addWork,
  changeWork,
  getAddress,
  getAddressPhoto,
  getPhoto,
  getWork,
  inspectWork,
  issueAddress,
  listPublicWorks,
  removeAddressPhoto,
  removePhoto,
} from './index.ts';

const world = useWorld();
const clerk = official('clerk');
const NOW = { now: new Date('2024-04-22T09:00:00+07:00') };
const stored = { hash: 'b'.repeat(64), size: 3, mediaType: 'image/jpeg' };
let khe: string, tan: string, house: string, hall: string;
const head = (hamletId: string) => official({ role: 'hamlet_head', hamletId });
const as = <T>(actor: Actor, work: Parameters<typeof world.as<T>>[1]) => world.as<T>(actor, work, NOW);

beforeAll(async () => {
  khe = await as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  tan = await as(system, (ctx) => addHamlet(ctx, { name: 'Tân Thái' }));
  ({ id: house } = await as(clerk, (ctx) =>
    issueAddress(ctx, { hamletId: khe, number: '1', place: '21.7223, 105.7703' }),
  ));
  hall = await as(clerk, (ctx) =>
    addWork(ctx, { kind: 'hall', name: 'Nhà văn hóa', hamletId: khe, inUseFrom: '2015-01-01' }),
  );
});

describe('a photograph of a house', () => {
  it('is kept for officials of its hamlet alone', async () => {
    const photo = await as(head(khe), (ctx) =>
      addAddressPhoto(ctx, house, stored, { takenOn: '2024-04-01', caption: 'Biển số' }),
    );
    const { photos } = await as(head(khe), (ctx) => getAddress(ctx, house));
    expect(photos).toEqual([{ id: photo, caption: 'Biển số', takenOn: '2024-04-01', public: false }]);
    const { hash } = await as(official('police'), (ctx) => getAddressPhoto(ctx, house, photo));
    expect(hash).toBe(stored.hash);
    for (const actor of [anonymous, citizen(), head(tan)]) {
      const status = actor.kind === 'anonymous' ? 401 : 403;
      await expect(as(actor, (ctx) => getAddressPhoto(ctx, house, photo))).rejects.toMatchObject({ status });
      const add = as(actor, (ctx) => addAddressPhoto(ctx, house, stored, { takenOn: '2024-04-01' }));
      await expect(add).rejects.toMatchObject({ status });
      await expect(as(actor, (ctx) => removeAddressPhoto(ctx, house, photo))).rejects.toMatchObject({
        status,
      });
    }
    // The database itself shows no house to everybody.
    const open = world.owner.query('update places_photo set public = true where id = $1', [photo]);
    await expect(open).rejects.toMatchObject({ code: '23514' });
    // By the address of a work it is not there.
    await expect(as(clerk, (ctx) => getPhoto(ctx, hall, photo))).rejects.toMatchObject({ status: 404 });
    await as(head(khe), (ctx) => removeAddressPhoto(ctx, house, photo));
    expect((await as(clerk, (ctx) => getAddress(ctx, house))).photos).toEqual([]);
    await expect(as(clerk, (ctx) => removeAddressPhoto(ctx, house, photo))).rejects.toMatchObject({
      code: 'places.photo.not_found',
    });
  });
});

describe('a photograph of a work', () => {
  it('is taken away by those who inspect there', async () => {
    const photo = await as(clerk, (ctx) =>
      addPhoto(ctx, hall, stored, { takenOn: '2024-04-01', public: true }),
    );
    await expect(as(head(tan), (ctx) => removePhoto(ctx, hall, photo))).rejects.toMatchObject({
      status: 403,
    });
    await as(head(khe), (ctx) => removePhoto(ctx, hall, photo));
    await expect(as(anonymous, (ctx) => getPhoto(ctx, hall, photo))).rejects.toMatchObject({ status: 404 });
    const late = as(clerk, (ctx) => addPhoto(ctx, hall, stored, { takenOn: '2024-04-23' }));
    await expect(late).rejects.toMatchObject({ fields: { takenOn: 'places.day_to_come' } });
  });
});

describe('a work', () => {
  it('is called and placed anew by those who keep the register', async () => {
    const place = '21.7300, 105.7800';
    const input = { name: 'Nhà văn hóa Khe Cốc', hamletId: khe, place };
    await as(clerk, (ctx) => changeWork(ctx, hall, input));
    const { work } = await as(clerk, (ctx) => getWork(ctx, hall));
    expect(work).toMatchObject({ name: input.name, point: { lat: 21.73, lng: 105.78 } });
    await expect(as(head(khe), (ctx) => changeWork(ctx, hall, input))).rejects.toMatchObject({ status: 403 });
  });

  it('stands in the list of wifi by its newest inspection that counts', async () => {
    const inspect = (onDay: string, wifi: boolean, replaces: string | null = null) =>
      as(head(khe), (ctx) =>
        inspectWork(ctx, hall, { onDay, wifi, replaces, condition: 'good', atStandard: true }),
      );
    const listed = async () =>
      (await as(anonymous, (ctx) => listPublicWorks(ctx, { wifi: 'yes' }))).items.map(({ id }) => id);
    expect(await listed()).toEqual([]);
    await inspect('2024-01-01', true);
    expect(await listed()).toEqual([hall]);
    const wrong = await inspect('2024-02-01', false);
    expect(await listed()).toEqual([]);
    await inspect('2024-02-01', true, wrong);
    expect(await listed()).toEqual([hall]);
  });
});
