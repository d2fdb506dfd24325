import { beforeAll, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { geoJson, shapefile, type Sample } from './file/fixtures.ts';
import { twoHamlets } from './fixtures.ts';
import { getPlot, listPlots } from './index.ts';
import { importMapFile } from './plot/import-file.actions.ts';
import { overlapsOf } from './plot/overlap.queries.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
let khe: string;
let mau: string;

beforeAll(async () => {
  ({ khe, mau } = await world.as(system, twoHamlets, NOW));
});

const sample = (name: string, x: number): Sample => {
  const ring = [
    [x, 21.71],
    [x + 0.001, 21.71],
    [x + 0.001, 21.711],
    [x, 21.711],
    [x, 21.71],
  ] as const;
  return { name, ring };
};
const bring = (bytes: Uint8Array, write: boolean, more = {}, actor = specialist) =>
  world.as(
    actor,
    (ctx) =>
      importMapFile(ctx, bytes, { fileName: 'thua.zip', hamletId: khe, from: '2026-01-01', ...more }, write),
    NOW,
  );
const count = () => world.as(specialist, async (ctx) => (await listPlots(ctx)).total, NOW);
const named = (properties: object, one: Sample) =>
  new TextEncoder().encode(
    JSON.stringify({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [one.ring] } }),
  );

it('a file is looked through, then written whole with its names, and not taken twice', async () => {
  const file = shapefile([sample('Đồi Cao', 105.75), sample('Bãi Trước', 105.76)], null);
  expect(await bring(file, false)).toMatchObject({
    faults: [],
    written: null,
    plots: [{ name: 'Đồi Cao' }, {}],
  });
  expect(await count()).toBe(0);
  const { written } = await bring(file, true);
  expect(written!.map(({ code }) => code)).toEqual(['KC-0001', 'KC-0002']);
  const plot = await world.as(specialist, (ctx) => getPlot(ctx, written![1]!.id), NOW);
  expect(plot).toMatchObject({
    name: 'Bãi Trước',
    shapes: [{ madeBy: 'import', source: { name: 'thua.zip', row: 2 } }],
  });
  const again = await bring(file, true);
  expect(again).toMatchObject({
    written: null,
    faults: [{ row: 1, code: 'farming.import.overlaps', params: { plot: 'KC-0001' } }, {}],
  });
  expect(await count()).toBe(2);
  const { written: over } = await bring(shapefile([sample('Trùng', 105.75)], null), true, {
    overlapsToo: true,
  });
  const found = await world.as(specialist, (ctx) => overlapsOf(ctx, over![0]!.id), NOW);
  expect(found.map(({ code }) => code)).toEqual(['KC-0001']);
});

it('reads hamlet, household, cultivar and year, and says what it does not know', async () => {
  const words = { ten: 'Gò', xom: 'xóm khe cốc', so_ho: '1', giong: 'Trung du lá nhỏ', nam_trong: 1995 };
  const { written, plots } = await bring(named(words, sample('', 105.77)), true, { hamletId: mau });
  expect(plots).toMatchObject([{ hamlet: 'Khe Cốc', household: 'Tô Văn Mẫu' }]);
  const plot = await world.as(specialist, (ctx) => getPlot(ctx, written![0]!.id), NOW);
  expect(plot.plantings).toMatchObject([{ cultivar: 'trung_du', plantedYear: 1995 }]);
  const wrong = async (properties: object) =>
    (await bring(named(properties, sample('', 105.78)), true)).faults;
  expect(await wrong({ xom: 'Không có' })).toMatchObject([{ code: 'farming.import.unknown_hamlet' }]);
  expect(await wrong({ so_ho: '77' })).toMatchObject([
    { code: 'farming.import.unknown_household', params: { number: '77' } },
  ]);
});

it('of a hamlet head brings plots into his hamlet only', async () => {
  const head = official({ role: 'hamlet_head', hamletId: khe });
  const file = geoJson([sample('A', 105.79)]);
  await expect(bring(file, true, { hamletId: mau }, head)).rejects.toMatchObject({ code: 'refused' });
  const elsewhere = await bring(named({ xom: 'Mẫu 12' }, sample('', 105.79)), true, {}, head);
  expect(elsewhere.faults).toMatchObject([{ code: 'farming.import.unknown_hamlet' }]);
});
