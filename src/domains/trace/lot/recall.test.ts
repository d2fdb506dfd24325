import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#domain/farming';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { aPick, aSpray } from '../../farming/diary/fixtures.ts';
import { aStep, aTicket, packOf, teaHouse, type House } from './fixture.ts';
import { holdLot, holdTouched, liftHold, recheckDeclared } from './hold.actions.ts';
import { reachOf, readLots, type LotLine } from './lines.queries.ts';
import { getLot, listLots, recallReach } from './lot.queries.ts';
import { GRADES } from './lot.ts';
import { endRecall, startRecall } from './recall.actions.ts';
import { releaseLot } from './release.actions.ts';
import { recordStep } from './step.actions.ts';
import { recordTicket } from './ticket.actions.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
let house: House;

beforeAll(async () => {
  house = await as(system, teaHouse);
});

const lotOf = (id: string) => as(system, async (ctx) => (await readLots(ctx, sql`l.id = ${id}`))[0]!);

describe('a late record of spraying', () => {
  it('holds exactly what was made of the leaf that it reaches', async () => {
    const [first, second] = house.plots as [string, string];
    const pick = (plot: string, at: string) =>
      aPick({ plot_ids: [plot], producer_id: house.producerId, at }, { leaf_g: 50_000, grade: 'tom_non' });
    const [touched, other] = [pick(first, '2026-09-10'), pick(second, '2026-09-10')];
    for (const one of await as(specialist, (ctx) => recordEntries(ctx, [touched, other])))
      expect(one).toMatchObject({ state: 'accepted' });
    const packed = (pickId: string) =>
      as(specialist, (ctx) => packOf(ctx, house, { declared: null, pickIds: [pickId], on: '2026-09-11' }));
    const [bad, good] = [await packed(touched.id), await packed(other.id)];
    const declared = await as(specialist, (ctx) =>
      recordTicket(ctx, aTicket(house, { plots: [first], on: '2026-09-10' })),
    );
    const before = await as(specialist, (ctx) =>
      recordTicket(ctx, aTicket(house, { plots: [first], on: '2026-09-08' })),
    );
    const mixed = await as(specialist, async (ctx) => {
      const { lotId } = await recordTicket(ctx, aTicket(house, { plots: [second], on: '2026-09-12' }));
      return recordStep(
        ctx,
        aStep(
          'blend',
          [
            { lotId, g: 10_000 },
            { lotId: declared.lotId, g: 10_000 },
          ],
          [{ g: 20_000 }],
        ),
      );
    });
    const spray = aSpray({ plot_ids: [first], producer_id: house.producerId, at: '2026-09-09' });
    await as(specialist, (ctx) => recordEntries(ctx, [spray]));
    const event = {
      entry_id: spray.id,
      plot_ids: [first],
      from: '2026-09-09',
      until: '2026-09-14',
      pick_ids: [touched.id],
    };
    const held = await as(system, (ctx) => holdTouched(ctx, event));
    const reach = await as(system, (ctx) => reachOf(ctx, [bad.leaf, declared.lotId], 'forward'));
    expect(new Set(held)).toEqual(new Set(reach));
    expect(held).toEqual(
      expect.arrayContaining([bad.leaf, bad.dry, bad.pack, declared.lotId, mixed.lots[0]!.id]),
    );
    for (const id of [good.leaf, good.pack, before.lotId]) expect(held).not.toContain(id);
    expect((await lotOf(bad.pack)).state).toBe('held');
    expect((await lotOf(good.pack)).state).toBe('released');
    expect(await as(system, (ctx) => holdTouched(ctx, event))).toEqual([]);
    // The same spraying, found again by asking: it holds nothing more, and nothing twice.
    const weeks = { now: new Date('2026-10-01T08:00:00+07:00') };
    expect(await as(system, recheckDeclared, weeks)).toEqual([]);
    const { holds } = await as(specialist, (ctx) => getLot(ctx, bad.pack));
    await as(specialist, (ctx) => liftHold(ctx, holds[0]!.id, { reason: 'Kiểm nghiệm không còn dư lượng.' }));
    expect((await lotOf(bad.pack)).state).toBe('released');
    expect((await lotOf(bad.dry)).state).toBe('held');
  });
});

describe('leaf that its seller declared', () => {
  it('is held as well when a spraying becomes known later', async () => {
    const [, , plot] = house.plots as [string, string, string];
    const ticket = (on: string) =>
      as(specialist, (ctx) => recordTicket(ctx, aTicket(house, { plots: [plot], on })));
    const [inside, outside] = [await ticket('2026-11-12'), await ticket('2026-11-09')];
    expect(await as(system, recheckDeclared)).toEqual([]);
    const spray = aSpray({ plot_ids: [plot], producer_id: house.producerId, at: '2026-11-11' });
    await as(specialist, (ctx) => recordEntries(ctx, [spray]));
    expect(await as(system, recheckDeclared)).toEqual([inside.lotId]);
    expect((await lotOf(outside.lotId)).state).toBe('open');
  });
});

describe('a recall', () => {
  it('reaches what was made of a lot and who got it, marks it, and ends', async () => {
    const { leaf, dry, pack, code } = await as(specialist, (ctx) =>
      packOf(ctx, house, { plots: [house.plots[1]!] }),
    );
    await as(specialist, (ctx) =>
      recordStep(
        ctx,
        aStep('ship', [{ lotId: pack, g: 4_000 }], [], { buyer: 'Cửa hàng Mẫu', orderRef: 'DH-1' }),
      ),
    );
    const reach = await as(specialist, (ctx) => recallReach(ctx, [leaf]));
    expect(reach.lots.map(({ id }) => id)).toEqual(expect.arrayContaining([leaf, dry, pack]));
    expect(reach.shipped).toMatchObject([
      { lotId: pack, buyer: 'Cửa hàng Mẫu', orderRef: 'DH-1', g: 4_000n },
    ]);
    expect(reach.sources).toMatchObject([{ plotId: house.plots[1], pickedOn: '2026-11-10' }]);
    const recall = {
      id: randomUUID(),
      lotIds: [dry],
      reason: 'Dư lượng vượt mức',
      publicVi: 'Xin đừng dùng.',
    };
    const started = await as(specialist, (ctx) => startRecall(ctx, recall));
    expect(new Set(started.lotIds)).toEqual(new Set([dry, pack]));
    expect(await as(specialist, (ctx) => startRecall(ctx, recall))).toEqual({
      ...started,
      lotIds: expect.any(Array),
    });
    expect((await lotOf(pack)).state).toBe('recalled');
    expect((await lotOf(leaf)).state).toBe('used_up');
    const ship = aStep('ship', [{ lotId: pack, g: 1_000 }], [], { buyer: 'Ai đó' });
    await expect(as(specialist, (ctx) => recordStep(ctx, ship))).rejects.toMatchObject({
      code: 'trace.lot.recalled',
      params: { lot: code },
    });
    await as(specialist, (ctx) => endRecall(ctx, recall.id, { reason: 'Đã thu đủ.' }));
    expect((await lotOf(pack)).state).toBe('released');
  });

  it('equals a plain search of the graph, on random trees of splits, blends and sortings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('split', 'blend')), {
          minLength: 3,
          maxLength: 12,
        }),
        fc.nat(),
        async (moves, start) => {
          await as(specialist, async (ctx) => {
            const lots: string[] = [];
            const edges: [from: string, to: string][] = [];
            for (let at = 0; at < 3; at += 1)
              lots.push((await recordTicket(ctx, aTicket(house, { plots: [house.plots[at]!] }))).lotId);
            const left = async (id: string): Promise<LotLine> => (await readLots(ctx, sql`l.id = ${id}`))[0]!;
            for (const [one, two, kind] of moves) {
              const ids =
                kind === 'split'
                  ? [lots[one % lots.length]!]
                  : [...new Set([lots[one % lots.length]!, lots[two % lots.length]!])];
              const inputs = (await Promise.all(ids.map(left))).map(({ id, leftG }) => ({
                lotId: id,
                g: leftG / 2n,
              }));
              if (inputs.some(({ g }) => g < 10n) || (kind === 'blend' && inputs.length < 2)) continue;
              const all = inputs.reduce((sum, { g }) => sum + g, 0n);
              const outputs = kind === 'split' ? [{ g: all / 3n }, { g: all - all / 3n }] : [{ g: all }];
              const made = await recordStep(ctx, aStep(kind, inputs, outputs));
              for (const { id } of made.lots) for (const { lotId } of inputs) edges.push([lotId, id]);
              lots.push(...made.lots.map(({ id }) => id));
            }
            const from = lots[start % lots.length]!;
            const search = (way: 'back' | 'forward') => {
              const found = [from];
              for (const here of found)
                for (const [a, b] of edges) {
                  const [near, far] = way === 'forward' ? [a, b] : [b, a];
                  if (near === here && !found.includes(far)) found.push(far);
                }
              return new Set(found);
            };
            for (const way of ['back', 'forward'] as const)
              expect(new Set(await reachOf(ctx, [from], way))).toEqual(search(way));
            // Neither tea nor leaf appeared, and nothing is called better than what it was made of.
            const lines = await readLots(ctx, sql`l.id = any(${lots}::uuid[])`);
            const sum = (of: (line: LotLine) => bigint) => lines.reduce((all, line) => all + of(line), 0n);
            expect(sum(({ leftG }) => leftG)).toBeLessThanOrEqual(150_000n);
            expect(sum(({ freshLeftG }) => freshLeftG)).toBe(150_000n);
            const byId = new Map(lines.map((line) => [line.id, line]));
            const order = ['organic', 'organic_conversion', 'vietgap', 'none'];
            for (const [a, b] of edges) {
              const [source, made] = [byId.get(a)!, byId.get(b)!];
              expect(order.indexOf(made.standard)).toBeGreaterThanOrEqual(order.indexOf(source.standard));
              expect(GRADES.indexOf(made.grade)).toBeGreaterThanOrEqual(GRADES.indexOf(source.grade));
            }
          });
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('rights', () => {
  it('of a hamlet’s officials reach its producers’ lots, of strangers none; nobody releases or recalls but who answers for it', async () => {
    const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
    const elsewhere = official({ role: 'hamlet_head', hamletId: randomUUID() });
    const { lotId } = await as(head, (ctx) => recordTicket(ctx, aTicket(house)));
    await as(head, (ctx) => recordStep(ctx, aStep('fix', [{ lotId, g: 10_000 }], [{ g: 8_000 }])));
    expect((await as(head, (ctx) => listLots(ctx))).total).toBeGreaterThan(0);
    const refused = { code: 'refused' };
    for (const verb of [
      () => as(elsewhere, (ctx) => recordTicket(ctx, aTicket(house))),
      () => as(elsewhere, (ctx) => recordStep(ctx, aStep('fix', [{ lotId, g: 10_000 }], [{ g: 8_000 }]))),
      () => as(elsewhere, (ctx) => getLot(ctx, lotId)),
      () => as(head, (ctx) => holdLot(ctx, lotId, { reason: 'x' })),
      () => as(head, (ctx) => releaseLot(ctx, lotId)),
      () => as(head, (ctx) => recallReach(ctx, [lotId])),
      () =>
        as(official('clerk'), (ctx) =>
          startRecall(ctx, { id: randomUUID(), lotIds: [lotId], reason: 'x', publicVi: 'x' }),
        ),
      () => as(official('auditor'), (ctx) => recordTicket(ctx, aTicket(house))),
      () => as(citizen(), (ctx) => listLots(ctx)),
    ])
      await expect(verb()).rejects.toMatchObject(refused);
    await expect(as(anonymous, (ctx) => listLots(ctx))).rejects.toMatchObject({ status: 401 });
    expect((await as(elsewhere, (ctx) => listLots(ctx))).items).toEqual([]);
    const neighbour = as(specialist, (ctx) => getLot(ctx, lotId), { commune: world.neighbour });
    await expect(neighbour).rejects.toMatchObject({ code: 'trace.lot.not_found' });
  });
});
