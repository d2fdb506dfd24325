import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#domain/farming';
import { official, system, useWorld } from '#test/world';
import { aSpray } from '../../farming/diary/fixtures.ts';
import { aStep, aTicket, packOf, teaHouse, type House } from './fixture.ts';
import { holdLot } from './hold.actions.ts';
import { readLots } from './lines.queries.ts';
import { getLot, listTickets, lotsByCode, stepPhoto } from './lot.queries.ts';
import { recordLotTest, releaseLot } from './release.actions.ts';
import { recordStep } from './step.actions.ts';
import { payTicket, recordTicket } from './ticket.actions.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
let house: House;

beforeAll(async () => {
  house = await as(system, teaHouse);
});

const lotOf = (id: string) => as(system, async (ctx) => (await readLots(ctx, sql`l.id = ${id}`))[0]!);

describe('the weighing point', () => {
  it('makes a lot of leaf, once however often it is sent, and keeps what is owed', async () => {
    const ticket = aTicket(house, { plots: house.plots.slice(0, 2), payBy: '2026-12-01' });
    const first = await as(specialist, (ctx) => recordTicket(ctx, ticket));
    const again = await as(specialist, (ctx) => recordTicket(ctx, ticket));
    expect(again).toEqual(first);
    expect(first).toMatchObject({ netG: 50_000n, amount: 1_750_000n });
    expect(await lotOf(first.lotId)).toMatchObject({
      kind: 'leaf',
      standard: 'vietgap',
      grade: 'tom_non',
      leftG: 50_000n,
      freshG: 50_000n,
    });
    const owed = await as(specialist, (ctx) => listTickets(ctx, { unpaid: true }));
    expect(owed.owed).toBe(owed.items.reduce((sum, { amount }) => sum + amount, 0n));
    await as(specialist, (ctx) => payTicket(ctx, ticket.id));
    await expect(as(specialist, (ctx) => payTicket(ctx, ticket.id))).rejects.toMatchObject({
      code: 'trace.ticket.paid',
    });
  });

  it('takes the weakest plot’s standard, and refuses weights and days that cannot be', async () => {
    const mixed = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house, { plots: house.plots })));
    expect((await lotOf(mixed.lotId)).standard).toBe('none');
    const refused = (more: Parameters<typeof aTicket>[1], what: object) =>
      expect(as(specialist, (ctx) => recordTicket(ctx, aTicket(house, more)))).rejects.toMatchObject(what);
    await refused({ tareG: 26_000 }, { fields: { tareG: 'trace.ticket.weights' } });
    await refused({ plots: [randomUUID()] }, { fields: { declared: 'input.unknown' } });
    await refused({ on: '2026-11-24' }, { fields: { weighedAt: 'trace.step.to_come' } });
    await refused({ declared: null }, { fields: { pickIds: 'trace.ticket.basis' } });
  });

  it('buys no leaf picked inside an interval, or while nobody knows how long it is', async () => {
    const [, , plot] = house.plots as [string, string, string];
    const spray = aSpray({ plot_ids: [plot], producer_id: house.producerId, at: '2026-10-01' });
    const [sprayed] = await as(specialist, (ctx) => recordEntries(ctx, [spray]));
    expect(sprayed).toMatchObject({ state: 'accepted' });
    const inside = (on: string) =>
      as(specialist, (ctx) => recordTicket(ctx, aTicket(house, { plots: [plot], on })));
    for (const on of ['2026-10-01', '2026-10-02'])
      await expect(inside(on)).rejects.toMatchObject({ code: 'trace.ticket.in_interval', status: 409 });
    await inside('2026-11-01');
  });
});

it('lots are found by codes as they are typed, in their order; those of other hamlets are not', async () => {
  const [one, two] = await as(specialist, async (ctx) => [
    await recordTicket(ctx, aTicket(house)),
    await recordTicket(ctx, aTicket(house)),
  ]);
  const spoken = one!.lotCode.toLowerCase().replace('-', ' ');
  const find = (actor: typeof specialist, codes: string[]) =>
    as(actor, async (ctx) => (await lotsByCode(ctx, codes)).map(({ id }) => id));
  expect(await find(specialist, [two!.lotCode, spoken, two!.lotCode])).toEqual([
    two!.lotId,
    one!.lotId,
    two!.lotId,
  ]);
  expect(await find(specialist, [])).toEqual([]);
  const missing = { code: 'trace.lot.not_found', status: 404 };
  await expect(find(specialist, [spoken, 'T261123-222222'])).rejects.toMatchObject(missing);
  await expect(find(specialist, ['%'])).rejects.toMatchObject(missing);
  const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
  expect(await find(head, [spoken])).toEqual([one!.lotId]);
  const elsewhere = official({ role: 'hamlet_head', hamletId: randomUUID() });
  await expect(find(elsewhere, [spoken])).rejects.toMatchObject(missing);
});

describe('steps', () => {
  it('take from lots what they have, once, and never from a lot that is held', async () => {
    const { lotId } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const fix = aStep('fix', [{ lotId, g: 30_000 }], [{ g: 24_000 }]);
    const first = await as(specialist, (ctx) => recordStep(ctx, fix));
    expect(await as(specialist, (ctx) => recordStep(ctx, fix))).toEqual(first);
    expect(await lotOf(lotId)).toMatchObject({ leftG: 20_000n, freshLeftG: 20_000n });
    expect(await lotOf(first.lots[0]!.id)).toMatchObject({
      kind: 'process',
      madeG: 24_000n,
      freshG: 30_000n,
    });
    const more = aStep('fix', [{ lotId, g: 20_001 }], [{ g: 10_000 }]);
    await expect(as(specialist, (ctx) => recordStep(ctx, more))).rejects.toMatchObject({
      code: 'trace.lot.not_enough',
    });
    await as(specialist, (ctx) => holdLot(ctx, lotId, { reason: 'Có mùi lạ' }));
    const held = aStep('fix', [{ lotId: first.lots[0]!.id, g: 1_000 }], [{ g: 900 }]);
    await expect(as(specialist, (ctx) => recordStep(ctx, held))).rejects.toMatchObject({
      code: 'trace.lot.held',
    });
    await as(specialist, (ctx) => recordStep(ctx, aStep('discard', [{ lotId, g: 20_000 }], [])));
  });

  it('keep a photo, which those see who may see the lot', async () => {
    const { lotId } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const photo = { hash: 'a'.repeat(64), type: 'image/jpeg' };
    const fix = { ...aStep('fix', [{ lotId, g: 30_000 }], [{ g: 24_000 }]), photo };
    const { lots } = await as(specialist, (ctx) => recordStep(ctx, fix));
    const { steps } = await as(specialist, (ctx) => getLot(ctx, lots[0]!.id));
    expect(steps.map((one) => [one.kind, one.photo])).toEqual([['fix', true]]);
    const see = (actor: typeof specialist, lot: string, step: string) =>
      as(actor, (ctx) => stepPhoto(ctx, lot, step));
    const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
    expect(await see(head, lots[0]!.id, fix.id)).toEqual(photo);
    const elsewhere = official({ role: 'hamlet_head', hamletId: randomUUID() });
    await expect(see(elsewhere, lots[0]!.id, fix.id)).rejects.toMatchObject({ code: 'refused' });
    const { lotId: other } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    await expect(see(specialist, other, fix.id)).rejects.toMatchObject({ status: 404 });
    const [bought] = (await as(specialist, (ctx) => getLot(ctx, other))).steps;
    await expect(see(specialist, other, bought!.id)).rejects.toMatchObject({ status: 404 });
  });

  it('of two at the same moment give away no gram twice', async () => {
    const { lotId } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const taking = () =>
      as(specialist, (ctx) => recordStep(ctx, aStep('fix', [{ lotId, g: 30_000 }], [{ g: 20_000 }])));
    const done = await Promise.allSettled([taking(), taking(), taking()]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await lotOf(lotId)).leftG).toBe(20_000n);
  });

  it('pack tea only as what it may be called, and ship it only when released', async () => {
    const { lotId } = await as(specialist, (ctx) =>
      recordTicket(ctx, aTicket(house, { plots: [house.plots[3]!] })),
    );
    const fixed = await as(specialist, (ctx) =>
      recordStep(ctx, aStep('fix', [{ lotId, g: 50_000 }], [{ g: 40_000 }])),
    );
    const dry = await as(specialist, (ctx) =>
      recordStep(ctx, aStep('dry', [{ lotId: fixed.lots[0]!.id, g: 40_000 }], [{ g: 10_000 }])),
    );
    const pack = (productId: string) =>
      as(specialist, (ctx) =>
        recordStep(ctx, aStep('pack', [{ lotId: dry.lots[0]!.id, g: 10_000 }], [{ g: 10_000, productId }])),
      );
    await expect(pack(house.vietgap)).rejects.toMatchObject({ code: 'trace.claim.too_high' });
    const packed = await pack(house.plain);
    const ship = aStep('ship', [{ lotId: packed.lots[0]!.id, g: 2_000 }], [], { buyer: 'Cửa hàng Mẫu' });
    await expect(as(specialist, (ctx) => recordStep(ctx, ship))).rejects.toMatchObject({
      code: 'trace.step.not_released',
    });
    await expect(as(specialist, (ctx) => releaseLot(ctx, packed.lots[0]!.id))).rejects.toMatchObject({
      fields: { reason: 'trace.release.reason_needed' },
    });
    await as(specialist, (ctx) =>
      recordLotTest(ctx, dry.lots[0]!.id, { sampledOn: '2026-11-20', laboratory: 'Mẫu', passed: true }),
    );
    expect(await as(specialist, (ctx) => releaseLot(ctx, packed.lots[0]!.id))).toEqual([]);
    await as(specialist, (ctx) => recordStep(ctx, ship));
    expect((await lotOf(packed.lots[0]!.id)).leftG).toBe(8_000n);
  });

  it('block what is outside the balance until somebody gives a reason in his own name', async () => {
    const { lotId } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const fixed = await as(specialist, (ctx) =>
      recordStep(ctx, aStep('fix', [{ lotId, g: 50_000 }], [{ g: 40_000 }])),
    );
    // 3.8 to 1: more dry tea than leaf can give.
    const dry = await as(specialist, (ctx) =>
      recordStep(ctx, aStep('dry', [{ lotId: fixed.lots[0]!.id, g: 40_000 }], [{ g: 13_000 }])),
    );
    const { lots } = await as(specialist, (ctx) =>
      recordStep(
        ctx,
        aStep('pack', [{ lotId: dry.lots[0]!.id, g: 13_000 }], [{ g: 13_000, productId: house.vietgap }]),
      ),
    );
    await as(specialist, (ctx) =>
      recordLotTest(ctx, lots[0]!.id, { sampledOn: '2026-11-20', laboratory: 'Mẫu', passed: true }),
    );
    await expect(as(specialist, (ctx) => releaseLot(ctx, lots[0]!.id))).rejects.toMatchObject({
      fields: { reason: 'trace.release.reason_needed' },
    });
    const findings = await as(specialist, (ctx) =>
      releaseLot(ctx, lots[0]!.id, { reason: 'Cân mới hiệu chuẩn lại.' }),
    );
    expect(findings).toEqual([{ weight: 'reason', code: 'drying_outside' }]);
    const { releases } = await as(specialist, (ctx) => getLot(ctx, lots[0]!.id));
    expect(releases[0]).toMatchObject({ name: 'Cán bộ Thử', reason: 'Cân mới hiệu chuẩn lại.', findings });
  });

  it('make nothing younger by packing it anew', async () => {
    const { pack } = await as(specialist, (ctx) => packOf(ctx, house));
    const before = (await lotOf(pack)).bestBefore!;
    const later = { now: new Date('2027-03-01T08:00:00+07:00') };
    const again = await as(
      specialist,
      (ctx) => recordStep(ctx, aStep('rework', [{ lotId: pack, g: 10_000 }], [{ g: 9_900 }])),
      later,
    );
    const packed = await as(
      specialist,
      (ctx) =>
        recordStep(
          ctx,
          aStep('pack', [{ lotId: again.lots[0]!.id, g: 9_900 }], [{ g: 9_900, productId: house.vietgap }]),
        ),
      later,
    );
    expect((await lotOf(packed.lots[0]!.id)).bestBefore).toBe(before);
  });
});
