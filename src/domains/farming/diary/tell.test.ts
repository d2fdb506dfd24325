/** A spraying that comes late: everybody concerned is told, once. */
import { beforeAll, expect, it } from 'vitest';
import { system, useWorld } from '#test/world';
import { aPick, aSpray } from './fixtures.ts';
import { diaryStage, NOW } from './stage-fixture.ts';
import { tellOfInterval } from './tell.actions.ts';

const world = useWorld();
let stage: Awaited<ReturnType<typeof diaryStage>>;

beforeAll(async () => {
  stage = await diaryStage(world);
});

async function told(): Promise<string[]> {
  const { rows } = await world.owner.query<{ user_id: string | null; phone: string | null }>(
    `select user_id, phone from notifications_message where event = 'farming.interval.extended' order by 1, 2`,
  );
  return rows.map(({ user_id, phone }) => user_id ?? phone!);
}

it('tells who picked and the technician, each once', async () => {
  const plot = await stage.plot();
  const base = { plot_ids: [plot], household_id: stage.household };
  const pick = aPick({ ...base, at: '2026-11-18' });
  const spray = aSpray({ ...base, at: '2026-11-17' }, { product_code: 'azadirachtin', dose: 500 });
  await stage.send([pick]);
  await stage.send([spray]);
  const data = {
    entry_id: spray.id,
    plot_ids: [plot],
    from: '2026-11-17',
    until: '2026-11-20',
    pick_ids: [pick.id],
  };
  const tell = () => stage.as(system, (ctx) => tellOfInterval(ctx, data), { now: NOW });
  expect(await tell()).toBe(2);
  expect((await told()).sort()).toEqual([stage.grower.userId, stage.technician.userId].sort());
  expect(await tell()).toBe(0);
  // The same spraying whose interval turned out longer is news.
  const longer = { ...data, until: '2026-11-22' };
  expect(await stage.as(system, (ctx) => tellOfInterval(ctx, longer), { now: NOW })).toBe(2);
});
