/** What communes publish, and who sees it: across communes, by verb, page data and API. */
import { beforeAll, describe, expect, it } from 'vitest';
import { runAs } from '#app/runtime';
import { makeWiring } from '#app/wiring';
import type { Actor, CommuneRef, Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, testInstallation, useWorld } from '#test/world';
import { recordValue, signIndicator } from '../assess.actions.ts';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { publishBoard, REACHES, republishLive, withdrawPublished, type Reach } from './publish.actions.ts';
import { listPublished, reviewPublished } from './published.queries.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
const DAY = localDate('2024-03-31');
const LATER = localDate('2024-04-02');
const at = (day: string) => new Date(`${day}T09:00:00+07:00`);
/** The world's neighbour stands for the province's own site. */
const wiring = () => makeWiring(testInstallation({ criteria: { provinceSites: ['phu-do'] } }));
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, day: string = DAY) =>
  world.as(actor, work, { now: at(day), silent: true });
const inProvince = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, commune: CommuneRef = world.neighbour) =>
  runAs({ handle: world.handle, wiring: wiring() }, { commune, actor, now: at(DAY), silent: true }, work);
const publish = (reach: Reach, live = false, day: string = DAY) =>
  as(leader, (ctx) => publishBoard(ctx, SMART_COMMUNE, { asOf: day, reach, live }), day);
const seen = async () => (await as(anonymous, (ctx) => listPublished(ctx, SMART_COMMUNE)))[0];
const reviewed = async () =>
  (await inProvince(official('auditor'), (ctx) => reviewPublished(ctx, SMART_COMMUNE)))[0];
const type = (indicator: string, value: number, onDay: string = DAY) =>
  as(
    leader,
    (ctx) => recordValue(ctx, { set: SMART_COMMUNE, indicator }, { value, onDay, evidence: 'Báo cáo' }),
    onDay,
  );

beforeAll(async () => {
  await as(system, async (ctx) => {
    await draftSet(ctx, catalogSets()[0]!);
    await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
  });
  await type('2.1.1', 100);
  const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
  await as(leader, (ctx) => signIndicator(ctx, place, { stage: 'review', verdict: 'reached' }));
});

describe('a published board', () => {
  it('is read by strangers and by other communes, without anything but values', async () => {
    await publish('public');
    const board = (await seen())!;
    expect(board).toMatchObject({ commune: 'Tức Tranh', reach: 'public', live: false, asOf: DAY });
    expect(board.totals.indicators).toEqual({ reached: 1, all: 39 });
    expect(board.values.find(({ code }) => code === '2.1.1')).toMatchObject({
      value: 100,
      status: 'reached',
    });
    const there = await inProvince(anonymous, (ctx) => listPublished(ctx, SMART_COMMUNE));
    expect(there).toEqual([board]);
    const words = Object.keys(board).join(' ');
    expect(words).not.toMatch(/evidence|signatures|files/);
  });

  it('hides numbers that only officials may see', async () => {
    const hidden = (await seen())!.values.filter((one) => one.hidden === 'staff');
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every(({ value, gap, of }) => value === null && gap === null && of === null)).toBe(true);
  });

  it('says the same over the API', async () => {
    const answer = await api.request('/api/v1/criteria/communes');
    expect(answer.status).toBe(200);
    const { items } = (await answer.json()) as { items: { commune: string; values: unknown[] }[] };
    expect(items.map(({ commune }) => commune)).toEqual(['Tức Tranh']);
    expect(items[0]!.values).toEqual((await seen())!.values);
    expect((await api.request('/api/v1/criteria/communes?set=nothing')).status).toBe(404);
  });

  it('that was altered in the database is not shown', async () => {
    const id = await publish('public');
    await world.owner.query('update criteria_published set body = replace(body, $1, $2) where id = $3', [
      '"reached":1',
      '"reached":9',
      id,
    ]);
    expect(await seen()).toBeUndefined();
    await publish('public');
    expect((await seen())?.totals.indicators.reached).toBe(1);
  });

  it('for the province alone is seen on its own site only, by its reviewers', async () => {
    await publish('province');
    expect(await seen()).toBeUndefined();
    expect(await reviewed()).toMatchObject({ commune: 'Tức Tranh', reach: 'province' });
    const ask = (ctx: Ctx) => reviewPublished(ctx, SMART_COMMUNE);
    await expect(inProvince(official('auditor'), ask, world.commune)).rejects.toMatchObject({ status: 404 });
    for (const actor of [anonymous, citizen(), official('clerk')])
      await expect(inProvince(actor, ask)).rejects.toMatchObject({ code: /sign_in_needed|refused/ });
    // Without the verb the database itself shows nothing, even to a query that forgets to ask who may.
    const rows = await inProvince(anonymous, (ctx) =>
      ctx.db.selectFrom('criteria_published').select('reach').execute(),
    );
    expect(rows.every(({ reach }) => reach === 'public')).toBe(true);
  });

  it('is withdrawn from everybody', async () => {
    await publish('public');
    expect(await seen()).toBeDefined();
    await as(leader, (ctx) => withdrawPublished(ctx, SMART_COMMUNE));
    expect([await seen(), await reviewed()]).toEqual([undefined, undefined]);
  });

  it('is published by leaders, signed by a person, of a day that has come', async () => {
    const input = { asOf: DAY, reach: REACHES[0] };
    for (const actor of [anonymous, citizen(), official('clerk'), official('auditor'), system])
      await expect(as(actor, (ctx) => publishBoard(ctx, SMART_COMMUNE, input))).rejects.toMatchObject({
        code: /sign_in_needed|refused/,
      });
    await expect(
      publish('public', false, DAY).then(() =>
        as(leader, (ctx) => publishBoard(ctx, SMART_COMMUNE, { ...input, asOf: LATER })),
      ),
    ).rejects.toMatchObject({
      fields: { asOf: 'criteria.value.day_to_come' },
    });
  });
});

describe('a live board', () => {
  it('is published anew when a value moved, and only then', async () => {
    const again = () => as(system, republishLive, LATER);
    await publish('public', true);
    expect(await again()).toBe(0);
    await type('2.1.2', 71, LATER);
    expect(await again()).toBe(1);
    expect(await seen()).toMatchObject({ live: true, signerName: null, asOf: LATER });
    expect((await seen())!.values.find(({ code }) => code === '2.1.2')?.value).toBe(71);
    expect(await again()).toBe(0);
    await publish('public', false, LATER);
    await type('2.1.2', 72, LATER);
    expect(await again()).toBe(0);
  });
});
