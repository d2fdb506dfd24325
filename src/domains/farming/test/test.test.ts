import { beforeAll, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import { aPlot, twoHamlets } from '../fixtures.ts';
import { openPlotToTests } from './test.actions.ts';
import { testInput, valuesOf } from './test-form.ts';
import { addArea, addPlot, countsOn, putInArea, recordTest, testsOfPlot } from '../index.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
let hamlets: Awaited<ReturnType<typeof twoHamlets>>;
let plotId: string;

beforeAll(async () => {
  hamlets = await world.as(system, twoHamlets, NOW);
  ({ id: plotId } = await world.as(specialist, (ctx) => addPlot(ctx, aPlot(hamlets.khe)), NOW));
});

const as: typeof world.as = (actor, work) => world.as(actor, work, NOW);
const soil = {
  kind: 'soil',
  sampledOn: '2026-03-01',
  laboratory: 'Phòng thử nghiệm mẫu',
  validTo: '2027-02-28',
} as const;

it('a plot has its own tests and those of its area; a wrong one is replaced once', async () => {
  const areaId = await as(specialist, (ctx) => addArea(ctx, { name: 'Vùng 1', from: '2024-02-01' }));
  await as(specialist, (ctx) => putInArea(ctx, plotId, { areaId, from: '2024-03-01' }));
  const values = [{ what: 'Pb', value: '12', unit: 'mg/kg', limit: '70' }];
  const wrong = await as(specialist, (ctx) => recordTest(ctx, { ...soil, plotId, values, passed: true }));
  await as(specialist, (ctx) => recordTest(ctx, { ...soil, areaId, kind: 'water', sampledOn: '2026-02-01' }));
  const again = { ...soil, plotId, replacesId: wrong, passed: false };
  const right = await as(specialist, (ctx) => recordTest(ctx, again));
  await expect(as(specialist, (ctx) => recordTest(ctx, again))).rejects.toMatchObject({
    code: 'farming.test.replaced',
  });
  const tests = await as(specialist, (ctx) => testsOfPlot(ctx, plotId));
  expect(tests).toMatchObject([
    { id: right, passed: false },
    { kind: 'water', areaId },
  ]);
  const days = ['2026-02-28', '2026-03-01', '2027-02-28', '2027-03-01'].map((day) =>
    countsOn(tests[0]!, localDate(day)),
  );
  expect(days).toEqual([false, true, true, false]);
});

it('is of one plot or one area, has happened, and is written by whom it may', async () => {
  const refused = (input: object, actor = specialist) =>
    as(actor, (ctx) => recordTest(ctx, { ...soil, ...input }));
  await expect(refused({})).rejects.toMatchObject({ code: 'farming.area.not_found' });
  await expect(refused({ plotId, sampledOn: '2026-11-24' })).rejects.toMatchObject({
    fields: { sampledOn: 'farming.day_to_come' },
  });
  const head = official({ role: 'hamlet_head', hamletId: hamlets.mau });
  await expect(refused({ plotId }, head)).rejects.toMatchObject({ code: 'refused' });
});

it('is typed line by line, and a line that says nothing is refused at its field', async () => {
  expect(valuesOf('Chì (Pb); 12,3; mg/kg; 70\r\n\n pH ; 5,1')).toEqual([
    { what: 'Chì (Pb)', value: '12,3', unit: 'mg/kg', limit: '70' },
    { what: 'pH', value: '5,1', unit: null, limit: null },
  ]);
  for (const bad of ['Chì', '; 3', 'a; b; c; d; e'])
    expect(() => valuesOf(bad)).toThrow(
      expect.objectContaining({ fields: { values: 'farming.test.bad_value' } }),
    );
  const typed = { ...soil, number: 'P-9', values: 'pH; 5,1', passed: 'yes' };
  await as(specialist, (ctx) => recordTest(ctx, testInput(plotId, typed)));
  const [newest] = (await as(specialist, (ctx) => testsOfPlot(ctx, plotId))).filter(
    ({ number }) => number === 'P-9',
  );
  expect(newest).toMatchObject({ passed: true, kind: 'soil', values: [{ what: 'pH' }] });
  const kindless = as(specialist, (ctx) => recordTest(ctx, testInput(plotId, { ...typed, kind: '' })));
  await expect(kindless).rejects.toMatchObject({ fields: { kind: expect.any(String) } });
  const elsewhere = official({ role: 'hamlet_head', hamletId: hamlets.mau });
  await as(specialist, (ctx) => openPlotToTests(ctx, plotId));
  await expect(as(elsewhere, (ctx) => openPlotToTests(ctx, plotId))).rejects.toMatchObject({
    code: 'refused',
  });
});
