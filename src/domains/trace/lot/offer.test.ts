import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { addPlot, recordEntries } from '#domain/farming';
import { openHousehold } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { official, system, useWorld } from '#test/world';
import { aPick } from '../../farming/diary/fixtures.ts';
import { aTicket, teaHouse } from './fixture.ts';
import { recordTicket } from './ticket.actions.ts';
import { growerOf, offeredPicks } from './ticket.queries.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const clerk = official('clerk', 'specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });

/** A household with a plot of its own, and what it picked yesterday. */
async function grower(ctx: Ctx, hamletId: string, fullName: string, at: number) {
  const head = { person: { fullName, birthDate: '1970-05-05' } };
  const householdId = await openHousehold(ctx, { hamletId, on: '2021-01-01', head });
  const [x, y, d] = [105.8 + at * 0.004, 21.73, 0.002];
  const ring = [
    [x, y],
    [x + d, y],
    [x + d, y + d],
    [x, y + d],
    [x, y],
  ] as [number, number][];
  const geometry = { type: 'Polygon' as const, coordinates: [ring] };
  const plot = await addPlot(ctx, { hamletId, householdId, geometry, madeBy: 'draw', from: '2021-01-01' });
  const pick = aPick({ plot_ids: [plot.id], household_id: householdId, at: '2026-11-22' });
  expect(await recordEntries(ctx, [pick])).toMatchObject([{ state: 'accepted' }]);
  return { code: plot.code, pickId: pick.id };
}

it('at the scales picks are called out by grower and plot, found by either, and sold once', async () => {
  const house = await as(system, teaHouse);
  const [hoa, dao] = await as(clerk, async (ctx) => [
    await grower(ctx, house.hamletId, 'Nguyễn Thị Hoa', 0),
    await grower(ctx, house.hamletId, 'Trần Văn Đào', 1),
  ]);
  const offered = (q?: string) =>
    as(clerk, async (ctx) => (await offeredPicks(ctx, { q })).map(({ id }) => id));
  expect(await as(clerk, (ctx) => offeredPicks(ctx))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: hoa!.pickId, grower: 'Nguyễn Thị Hoa', plotCodes: [hoa!.code] }),
    ]),
  );
  expect(await offered('hoa')).toEqual([hoa!.pickId]);
  expect(await offered('ĐÀO tran')).toEqual([dao!.pickId]);
  expect(await offered(dao!.code.replace('-', ' ').toLowerCase())).toEqual([dao!.pickId]);
  expect(await offered('không có ai')).toEqual([]);

  // Whoever may weigh but not read the register of people sees plots and no names.
  const team = official({ role: 'digital_team', hamletId: house.hamletId });
  const seen = await as(team, (ctx) => offeredPicks(ctx));
  expect(seen.map(({ grower: name, plotCodes }) => [name, plotCodes.length])).toEqual([
    [null, 1],
    [null, 1],
  ]);
  const elsewhere = official({ role: 'digital_team', hamletId: randomUUID() });
  expect(await as(elsewhere, (ctx) => offeredPicks(ctx))).toEqual([]);

  const seller = (ids: string[]) => as(clerk, (ctx) => growerOf(ctx, ids));
  expect(await seller([hoa!.pickId])).toBe('Nguyễn Thị Hoa');
  expect(await seller([hoa!.pickId, dao!.pickId])).toBe('');
  expect(await seller([])).toBe('');

  await as(clerk, (ctx) =>
    recordTicket(
      ctx,
      aTicket(house, { declared: null, pickIds: [hoa!.pickId], on: '2026-11-22', grossG: 12_000 }),
    ),
  );
  expect(await offered()).toEqual([dao!.pickId]);
});
