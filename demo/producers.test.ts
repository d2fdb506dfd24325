/** The demo's producers give the commune's published figures at their date. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet, listHamlets } from '#domain/commune';
import { askMeasure, getMeasure } from '#app/measures';
import { anonymous, system, useWorld } from '#test/world';
import { buildProducers } from './producers.ts';

const world = useWorld();
const NOW = new Date('2026-11-23T08:00:00+07:00');

beforeAll(async () => {
  const hamlets = await world.as(system, async (ctx) => {
    for (const name of ['Khe Cốc', ...Array.from({ length: 18 }, (_, at) => `Mẫu ${at + 2}`)])
      await addHamlet(ctx, { name });
    return listHamlets(ctx);
  });
  const demo = { commune: world.commune, hamlets, officials: [], residents: [] };
  await buildProducers(world, demo, NOW);
}, 60_000);

describe('at 31/03/2024', () => {
  it.each([
    ['cooperatives', 8],
    ['groups_vietgap', 16],
    ['groups_organic', 2],
    ['craft_hamlets', 15],
    ['income_per_person', 58_500_000],
  ])('%s is %d', async (name, value) => {
    const question = { asOf: '2024-03-31', scope: 'commune' };
    const asked = await world.as(anonymous, async (ctx) => {
      const measure = getMeasure(ctx, `producers.${name}`);
      const { total } = await measure.list(ctx, question, 'numerator', { offset: 0, limit: 50 });
      return { ...(await askMeasure(ctx, measure, question)), total };
    });
    expect(asked.value).toBe(value);
    expect(asked.total).toBe(asked.numerator);
  });
});
