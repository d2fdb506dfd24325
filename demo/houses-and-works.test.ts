import { beforeAll, expect, it } from 'vitest';
import { communeDirectory } from '#app/communes';
import { PLACE_MEASURES } from '#domain/places';
import { displayValue } from '#kernel/measures';
import { anonymous, useWorld } from '#test/world';
import { buildCommunes, type DemoCommune } from './communes.ts';
import { buildPlaces } from './houses-and-works.ts';

const world = useWorld();
const NOW = new Date('2026-11-20T20:00:00+07:00');
let demo: DemoCommune;

beforeAll(async () => {
  await world.owner.query('delete from commune');
  const { handle, wiring, urls } = world;
  const runtime = { handle, wiring, urls, communes: communeDirectory(handle) };
  ({ tucTranh: demo } = await buildCommunes(runtime, NOW));
  await buildPlaces(runtime, demo, NOW);
}, 120_000);

it('the demo shows the commune’s own figures of 31 March 2024, each with its list', async () => {
  const question = { asOf: '2024-03-31', scope: 'commune' };
  const said = await world.as(
    anonymous,
    async (ctx) => {
      const answers: Record<string, string> = {};
      for (const measure of PLACE_MEASURES) {
        const computed = await measure.compute(ctx, question);
        const { total } = await measure.list(ctx, question, 'numerator', { offset: 0, limit: 10 });
        expect(total).toBe(computed.numerator);
        answers[measure.name] = displayValue(measure.unit, computed, 'vi');
      }
      return answers;
    },
    { commune: demo.commune, now: NOW },
  );
  expect(said).toEqual({
    'places.addresses_issued': '286',
    'places.works_at_standard': '100,0 %',
    'places.roads_hardened': '100,0 %',
    'places.irrigation_works': '3',
    'places.transformer_stations': '10',
    'places.schools_at_standard': '100,0 %',
    'places.halls_at_standard': '100,0 %',
  });
  const roads = PLACE_MEASURES.find(({ name }) => name === 'places.roads_hardened')!;
  const then = await world.as(anonymous, (ctx) => roads.compute(ctx, { ...question, asOf: '2021-01-01' }), {
    commune: demo.commune,
    now: NOW,
  });
  expect(then.value).toBeCloseTo(0.5, 6);
});
