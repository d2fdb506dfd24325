/** The demo's year of tea: the published tonne a month, every pack led back to its plots, events of all of it. */
import { beforeAll, expect, it } from 'vitest';
import { addHamlet, listHamlets } from '#domain/commune';
import { listProducers } from '#domain/producers';
import { enterHouseholds } from '#domain/registry';
import { askMeasure, getMeasure } from '#app/measures';
import type { Ctx } from '#kernel/context';
import { addDays, addMonths, localDateOf } from '#kernel/time';
import { anonymous, system, useWorld } from '#test/world';
import { deriveEvents } from '../src/domains/trace/derive/derive.actions.ts';
import { getLot, listLots } from '../src/domains/trace/lot/lot.queries.ts';
import { buildPlots } from './plots.ts';
import { buildProducers } from './producers.ts';
import { buildTea } from './tea.ts';

const world = useWorld();
const NOW = new Date('2026-11-23T10:00:00+07:00');

beforeAll(async () => {
  const hamlets = await world.as(system, async (ctx) => {
    for (const name of ['Khe Cốc', ...Array.from({ length: 18 }, (_, at) => `Mẫu ${at + 2}`)])
      await addHamlet(ctx, { name });
    const person = { fullName: 'Nguyễn Văn Mẫu', birthDate: '1970-02-03', sex: 'male' as const };
    const list = await listHamlets(ctx);
    await enterHouseholds(
      ctx,
      list.flatMap(({ id: hamletId }, at) =>
        Array.from({ length: at === 0 ? 142 : 20 }, () => ({
          hamletId,
          on: '2020-01-01',
          people: [{ relation: 'head' as const, person }],
        })),
      ),
    );
    return list;
  });
  const demo = { commune: world.commune, hamlets, officials: [], residents: [] };
  await buildProducers(world, demo, NOW);
  await buildPlots(world, demo, NOW);
  await buildTea(world, demo, NOW);
}, 300_000);

const as = <T>(work: (ctx: Ctx) => Promise<T>) => world.as(system, work, { now: NOW });

it('HTX Thái Ninh makes more than a tonne of dry tea in each of the last twelve months', async () => {
  const { items } = await as((ctx) => listProducers(ctx, { q: 'HTX sản xuất trà an toàn Thái Ninh' }));
  for (let back = 0; back < 12; back += 1) {
    const asOf = addMonths(localDateOf(NOW), -back);
    const question = { asOf, from: addDays(asOf, -27), scope: `producer:${items[0]!.id}` };
    const { value, display } = await world.as(anonymous, async (ctx) =>
      askMeasure(ctx, getMeasure(ctx, 'trace.dry_tea'), question),
    );
    expect(value, asOf).toBeGreaterThan(1_000);
    expect(value).toBeLessThan(1_600);
    expect(display).toMatch(/^1\.\d{3},\d kg$/);
  }
});

it('every pack leads back to its plots, and everything follows into events', async () => {
  await as(async (ctx) => {
    const { items, total } = await listLots(ctx, { kind: 'pack', limit: 200 });
    expect(total).toBeGreaterThanOrEqual(36);
    for (const { id } of items) {
      const { sources, releases } = await getLot(ctx, id);
      expect(sources.length).toBeGreaterThan(0);
      expect(releases).toHaveLength(1);
    }
    expect(items.filter(({ state }) => state === 'recalled')).toHaveLength(1);
  });
  let derived = 0;
  for (let more = 1; more > 0; derived += more) more = await as(deriveEvents);
  expect(derived).toBeGreaterThan(400);
});
