/**
 * What the commune published of its registers and works (rows M5 and M17 of its own account), computed from the demo's
 * records as of 31 March 2024, each number with its list.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { communeDirectory } from '#app/communes';
import { getMeasure, measuresFor } from '#app/measures';
import type { Ctx } from '#kernel/context';
import { displayValue, type MeasurePart, type MeasureQuestion } from '#kernel/measures';
import { anonymous, useWorld } from '#test/world';
import { buildCommunes, type DemoCommune } from './communes.ts';
import { buildPlaces } from './houses-and-works.ts';
import { buildProducers } from './producers.ts';

const world = useWorld();
const NOW = new Date('2026-11-20T20:00:00+07:00');
const DAY = '2024-03-31';
let demo: DemoCommune;

beforeAll(async () => {
  await world.owner.query('delete from commune');
  const { handle, wiring, urls } = world;
  const runtime = { handle, wiring, urls, communes: communeDirectory(handle) };
  ({ tucTranh: demo } = await buildCommunes(runtime, NOW));
  await buildProducers(runtime, demo, NOW);
  await buildPlaces(runtime, demo, NOW);
});

const asStranger = <T>(work: (ctx: Ctx) => Promise<T>) =>
  world.as(anonymous, work, { commune: demo.commune, now: NOW });
const kheCoc = () => `hamlet:${demo.hamlets.find(({ demoName }) => !demoName)!.id}`;

/** What a measure says, and whether its lists have as many records. */
async function said(ctx: Ctx, name: string, question: MeasureQuestion): Promise<string> {
  const measure = getMeasure(ctx, name);
  const computed = await measure.compute(ctx, question);
  const counted = async (part: MeasurePart) =>
    (await measure.list(ctx, question, part, { offset: 0, limit: 1 })).total;
  expect(await counted('numerator'), name).toBe(computed.numerator);
  if (computed.denominator !== null) expect(await counted('denominator'), name).toBe(computed.denominator);
  return displayValue(measure.unit, computed, 'vi');
}

describe('at 31/03/2024', () => {
  it.each([
    ['commune.hamlets', '19'],
    ['producers.cooperatives', '8'],
    ['producers.groups_vietgap', '16'],
    ['producers.groups_organic', '2'],
    ['producers.craft_hamlets', '15'],
    ['producers.income_per_person', '58.500.000 đ'],
    ['places.roads_hardened', '100,0 %'],
    ['places.irrigation_works', '3'],
    ['places.transformer_stations', '10'],
    ['places.schools_at_standard', '100,0 %'],
    ['places.halls_at_standard', '100,0 %'],
    ['places.loudspeakers', '19'],
    ['places.works_at_standard', '100,0 %'],
    ['places.addresses_issued', '286'],
    ['registry.temporary_houses', '0'],
  ])('%s is %s', async (name, value) => {
    const question = { asOf: DAY, scope: 'commune' };
    expect(await asStranger((ctx) => said(ctx, name, question))).toBe(value);
  });

  it('Khe Cốc has 142 households', async () => {
    const question = { asOf: DAY, scope: kheCoc() };
    expect(await asStranger((ctx) => said(ctx, 'registry.households', question))).toBe('142');
  });

  it('the hamlets together are the commune, measure by measure', async () => {
    await asStranger(async (ctx) => {
      const whole = { asOf: DAY, scope: 'commune' };
      const counts = measuresFor(ctx).filter(
        ({ unit, scopes }) => unit === 'count' && scopes.includes('hamlet'),
      );
      expect(counts.length).toBeGreaterThan(6);
      for (const measure of counts) {
        let sum = 0;
        for (const id of [...demo.hamlets.map((one) => one.id), 'none'])
          sum += (await measure.compute(ctx, { ...whole, scope: `hamlet:${id}` })).numerator;
        const { numerator } = await measure.compute(ctx, whole);
        // What belongs to no hamlet is in the commune's number alone.
        expect(sum, measure.name).toBeLessThanOrEqual(numerator);
        if (measure.name.startsWith('registry.')) expect(sum, measure.name).toBe(numerator);
      }
    });
  });

  it('the last temporary houses were replaced in the year before', async () => {
    const at = (asOf: string) =>
      asStranger((ctx) => said(ctx, 'registry.temporary_houses', { asOf, scope: 'commune' }));
    expect([await at('2022-12-31'), await at('2023-12-31')]).toEqual(['7', '0']);
  });

  it('half of the roads of the hamlets were hard three years before', async () => {
    const question = { asOf: '2021-01-01', scope: 'commune' };
    expect(await asStranger((ctx) => said(ctx, 'places.roads_hardened', question))).toBe('50,0 %');
  });
});
