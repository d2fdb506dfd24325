import { beforeAll, describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { aPlot, square, twoHamlets } from './fixtures.ts';
import {
  addArea,
  addPlot,
  endPlot,
  getPlot,
  handOver,
  importPlots,
  listPlots,
  plotsOfHousehold,
  redrawPlot,
  standardOn,
} from './index.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
let khe: string;
let mau: string;
let household: string;
let other: string;
let resident: string;

beforeAll(async () => {
  ({ khe, mau, household, other, resident } = await world.as(system, twoHamlets, NOW));
});

const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const add = (more: Parameters<typeof aPlot>[1] = {}, hamlet = khe) =>
  as(specialist, (ctx) => addPlot(ctx, aPlot(hamlet, more)));

describe('rights', () => {
  it('of a hamlet head reach his hamlet’s plots and households only', async () => {
    const head = official({ role: 'hamlet_head', hamletId: khe });
    const mine = await as(head, (ctx) => addPlot(ctx, aPlot(khe, { householdId: household })));
    const foreign = await add({ householdId: other }, mau);
    const refused = { code: 'refused' };
    await expect(as(head, (ctx) => addPlot(ctx, aPlot(mau)))).rejects.toMatchObject(refused);
    await expect(as(head, (ctx) => importPlots(ctx, [aPlot(khe), aPlot(mau)]))).rejects.toMatchObject(
      refused,
    );
    await expect(as(head, (ctx) => addPlot(ctx, aPlot(khe, { householdId: other })))).rejects.toMatchObject({
      fields: { householdId: 'input.unknown' },
    });
    const take = as(head, (ctx) => handOver(ctx, mine.id, { householdId: other, from: '2024-06-01' }));
    await expect(take).rejects.toMatchObject({ fields: { householdId: 'input.unknown' } });
    for (const verb of [
      () => as(head, (ctx) => getPlot(ctx, foreign.id)),
      () => as(head, (ctx) => endPlot(ctx, foreign.id, { lastDay: '2024-06-01' })),
      () =>
        as(head, (ctx) =>
          redrawPlot(ctx, foreign.id, { geometry: square(0, 0), madeBy: 'draw', from: '2024-06-01' }),
        ),
      () => as(head, (ctx) => addArea(ctx, { name: 'x', from: '2024-01-01' })),
      () => as(head, (ctx) => listPlots(ctx, { hamletId: mau })),
    ])
      await expect(verb()).rejects.toMatchObject(refused);
    const { items } = await as(head, (ctx) => listPlots(ctx, { limit: 2_000 }));
    expect(new Set(items.map(({ hamletId }) => hamletId))).toEqual(new Set([khe]));
    expect(await as(head, (ctx) => plotsOfHousehold(ctx, other))).toEqual([]);
  });

  it('of a grower reach the plots of his own household, to see them', async () => {
    const grower = { ...citizen(), residentId: resident };
    const own = await as(grower, (ctx) => plotsOfHousehold(ctx, household));
    expect(own.length).toBeGreaterThan(0);
    expect(own[0]!.shape?.geometry.type).toBe('Polygon');
    await as(grower, (ctx) => standardOn(ctx, own[0]!.id, localDate('2026-11-23')));
    const refused = { code: 'refused' };
    await expect(as(grower, (ctx) => plotsOfHousehold(ctx, other))).rejects.toMatchObject(refused);
    await expect(
      as(grower, (ctx) => endPlot(ctx, own[0]!.id, { lastDay: '2026-01-01' })),
    ).rejects.toMatchObject(refused);
    await expect(as(grower, (ctx) => listPlots(ctx))).rejects.toMatchObject(refused);
    await expect(as(anonymous, (ctx) => getPlot(ctx, own[0]!.id))).rejects.toMatchObject({ status: 401 });
    const neighbour = as(specialist, (ctx) => getPlot(ctx, own[0]!.id), { commune: world.neighbour });
    await expect(neighbour).rejects.toMatchObject({ code: 'farming.plot.not_found' });
  });
});
