/** The demo's plots give the commune's published figures at their date, and lie apart from each other. */
import { beforeAll, expect, it } from 'vitest';
import { addHamlet, listHamlets } from '#domain/commune';
import { listAreas, listEntries, listRefusals, openPicks } from '#domain/farming';
import { enterHouseholds } from '#domain/registry';
import { askMeasure, getMeasure } from '#app/measures';
import { anonymous, citizen, system, useWorld } from '#test/world';
import { buildDiary } from './diary.ts';
import { buildPlots } from './plots.ts';
import { buildProducers } from './producers.ts';

const world = useWorld();
const NOW = new Date('2026-11-23T08:00:00+07:00');
let kheCoc: string;

beforeAll(async () => {
  const hamlets = await world.as(system, async (ctx) => {
    for (const name of ['Khe Cốc', ...Array.from({ length: 18 }, (_, at) => `Mẫu ${at + 2}`)])
      await addHamlet(ctx, { name });
    const list = await listHamlets(ctx);
    const family = (hamletId: string) => ({
      hamletId,
      on: '2020-01-01',
      people: [
        {
          relation: 'head' as const,
          person: { fullName: 'Nguyễn Văn Mẫu', birthDate: '1970-02-03', sex: 'male' as const },
        },
      ],
    });
    await enterHouseholds(
      ctx,
      list.flatMap(({ id }, at) => Array.from({ length: at === 0 ? 142 : 20 }, () => family(id))),
    );
    return list;
  });
  kheCoc = hamlets[0]!.id;
  const demo = { commune: world.commune, hamlets, officials: [], residents: [] };
  await buildProducers(world, demo, NOW);
  await buildPlots(world, demo, NOW);
}, 120_000);

const ask = (name: string, asOf: string, scope = 'commune') =>
  world.as(anonymous, async (ctx) => askMeasure(ctx, getMeasure(ctx, `farming.${name}`), { asOf, scope }));

it.each(['2024-03-31', '2026-11-23'])('1,145 hectares in all at %s', async (day) => {
  expect((await ask('tea_area', day)).display).toBe('1.145,0 ha');
  expect((await ask('tea_area', day, `hamlet:${kheCoc}`)).display).toMatch(/^79,\d ha$/);
  const plots = (await ask('plots', day)).value!;
  expect(plots).toBeGreaterThan(1_500);
  expect(plots).toBeLessThan(2_300);
});

it('land is certified both ways, and Khe Cốc is a growing area', async () => {
  // The organic group of Khe Cốc works 20 hectares (danviet.vn, 24/5/2023).
  const organic = (await ask('area_organic', '2024-03-31', `hamlet:${kheCoc}`)).value!;
  expect(organic).toBeGreaterThan(18);
  expect(organic).toBeLessThan(24);
  expect((await ask('area_vietgap', '2024-03-31')).value!).toBeGreaterThan(40);
  expect(await world.as(anonymous, (ctx) => listAreas(ctx))).toMatchObject([{ plots: 150 }]);
});

it('no two outlines meet', async () => {
  const { rows } = await world.owner.query<{ count: number }>(
    `select count(*)::int as count from farming_plot_shape a join farming_plot_shape b
     on a.plot_id < b.plot_id and a.west < b.east and b.west < a.east and a.south < b.north and b.south < a.north`,
  );
  // Rectangles may meet at corners where outlines do not; in this drawing not even they do.
  expect(rows[0]!.count).toBe(0);
});

it('a year of diaries: accepted but for what is to be seen refused, mostly in time, some on behalf', async () => {
  const demo = {
    commune: world.commune,
    hamlets: await world.as(system, listHamlets),
    officials: [],
    residents: [],
  };
  await buildDiary(world, demo, NOW, citizen());
  const { items, total } = await world.as(system, (ctx) => listEntries(ctx, { limit: 20_000 }));
  expect(total).toBeGreaterThan(2_000);
  const leaf = await ask('leaf_picked', '2026-11-23', `hamlet:${kheCoc}`);
  // Seven to twelve tonnes of fresh leaf a hectare and year.
  expect(leaf.value! / 79.6).toBeGreaterThan(5_000);
  expect(leaf.value! / 79.6).toBeLessThan(13_000);
  expect((await ask('plots_with_diary', '2026-11-23')).value!).toBeGreaterThan(150);
  expect(items.filter(({ late }) => late).length).toBeLessThan(10);
  expect(items.some(({ byTechnician }) => byTechnician)).toBe(true);
  const refusals = await world.as(system, (ctx) => listRefusals(ctx));
  expect(refusals.flatMap(({ codes }) => codes.map(({ code }) => code)).sort()).toEqual([
    'farming.gate.banned',
    'farming.gate.inside_interval',
  ]);
  const picks = await world.as(system, (ctx) => openPicks(ctx, { from: '2026-11-01' as never }));
  expect(picks.filter(({ inInterval }) => inInterval)).toHaveLength(1);
  const kinds = new Set(items.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['care', 'fertilise', 'irrigate', 'pick', 'spray']);
}, 120_000);
