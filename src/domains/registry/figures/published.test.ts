/** What others published of a hamlet stands beside what the register counts, each with its day and source. */
import { expect, it } from 'vitest';
import { addHamlet, publishedBeside } from '#domain/commune';
import { anonymous, official, system, useWorld } from '#test/world';
import { recordReportedFigure } from '../index.ts';

const world = useWorld();

it('differing numbers of one hamlet are shown together, nothing is chosen', async () => {
  const now = new Date('2024-04-22T09:00:00+07:00');
  const hamletId = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }), { now });
  const other = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Tân Thái' }), { now });
  const say = (day: string, value: number, source: string) =>
    world.as(
      official('clerk'),
      (ctx) => recordReportedFigure(ctx, { measure: 'registry.households', hamletId, day, value, source }),
      { now },
    );
  await say('2023-05-24', 143, 'Báo');
  await say('2023-05-24', 142, 'Xã');
  await say('2024-03-31', 142, 'Xã');
  const beside = (id: string) =>
    world.as(anonymous, (ctx) => publishedBeside(ctx, { id }), { now, locale: 'vi' });
  expect(await beside(other)).toEqual([]);
  const [households, ...more] = await beside(hamletId);
  expect(more).toEqual([]);
  expect(households!.values).toEqual([
    { value: 0, day: '2023-05-24', source: null },
    { value: 143, day: '2023-05-24', source: 'Báo' },
    { value: 142, day: '2023-05-24', source: 'Xã' },
    { value: 0, day: '2024-03-31', source: null },
    { value: 142, day: '2024-03-31', source: 'Xã' },
  ]);
});
