/** What was written down wrongly: it counts no more, and everybody who was told is told again. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { anonymous, official, system, useWorld } from '#test/world';
import { aPick } from '../../farming/diary/fixtures.ts';
import { deriveEvents } from '../derive/derive.actions.ts';
import { findById } from '../epcis/search.queries.ts';
import { aStep, aTicket, packOf, teaHouse, type House } from './fixture.ts';
import { holdCorrected } from './hold.actions.ts';
import { reachOf, readLots } from './lines.queries.ts';
import { getLot, listLots, listTickets } from './lot.queries.ts';
import { releaseLot } from './release.actions.ts';
import { recordStep } from './step.actions.ts';
import { payTicket, recordTicket } from './ticket.actions.ts';
import { undoStep } from './undo.actions.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const reason = 'Đọc nhầm mặt cân';
let house: House;

beforeAll(async () => {
  house = await as(system, teaHouse);
});

const lotOf = (id: string) => as(system, async (ctx) => (await readLots(ctx, sql`l.id = ${id}`))[0]!);
const undo = (step: string) => as(specialist, (ctx) => undoStep(ctx, step, { reason }));

/** Events with their declarations, in the order of capture. */
function events(ctx: Ctx) {
  return ctx.db
    .selectFrom('trace_event')
    .select(['event_id', 'declared', 'type', 'biz_step', 'body'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('seq')
    .execute();
}

describe('a step that was written down wrongly', () => {
  it('gives back what went in, takes away what came out, and stays to be read with who took it back', async () => {
    const { lotId } = await as(specialist, (ctx) => recordTicket(ctx, aTicket(house)));
    const step = aStep('fix', [{ lotId, g: 30_000 }], [{ g: 24_000 }]);
    const { lots } = await as(specialist, (ctx) => recordStep(ctx, step));
    await undo(step.id);
    await undo(step.id);
    expect(await lotOf(lotId)).toMatchObject({ leftG: 50_000n, freshLeftG: 50_000n, state: 'open' });
    expect(await lotOf(lots[0]!.id)).toMatchObject({ leftG: 0n, freshLeftG: 0n, state: 'undone' });
    expect(await as(system, (ctx) => reachOf(ctx, [lotId], 'forward'))).toEqual([lotId]);
    const { steps } = await as(specialist, (ctx) => getLot(ctx, lots[0]!.id));
    expect(steps[0]!.undone).toEqual({ name: 'Cán bộ Thử', reason });
    const again = aStep('fix', [{ lotId: lots[0]!.id, g: 1_000 }], [{ g: 900 }]);
    await expect(as(specialist, (ctx) => recordStep(ctx, again))).rejects.toMatchObject({
      code: 'trace.lot.not_enough',
    });
    expect((await as(specialist, (ctx) => listLots(ctx, { state: 'undone' }))).total).toBe(1);
  });

  it('cannot be taken back once others rest upon it', async () => {
    const { leaf, dry, pack } = await as(specialist, (ctx) => packOf(ctx, house));
    const madeBy = async (id: string) => {
      const { steps } = await as(specialist, (ctx) => getLot(ctx, id));
      return steps.find(({ side }) => side === 'out')!.id;
    };
    for (const used of [leaf, dry])
      await expect(undo(await madeBy(used))).rejects.toMatchObject({ code: 'trace.undo.used', status: 409 });
    await expect(undo(await madeBy(pack))).rejects.toMatchObject({ code: 'trace.undo.released' });
    await expect(undo(randomUUID())).rejects.toMatchObject({ code: 'trace.step.not_found' });
    const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
    const refused = as(head, async (ctx) => undoStep(ctx, (await getLot(ctx, dry)).steps[0]!.id, { reason }));
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    const ship = aStep('ship', [{ lotId: pack, g: 2_000 }], [], { buyer: 'Nhầm khách' });
    await as(specialist, (ctx) => recordStep(ctx, ship));
    await undo(ship.id);
    await undo(ship.id);
    expect((await lotOf(pack)).leftG).toBe(10_000n);
  });

  it('is declared wrong to everybody who read its event', async () => {
    while ((await as(system, deriveEvents)) > 0);
    const before = (await as(system, events)).length;
    const ticket = aTicket(house, { plots: [house.plots[1]!] });
    await as(specialist, (ctx) => recordTicket(ctx, ticket));
    expect(await as(system, deriveEvents)).toBe(1);
    await undo(ticket.id);
    expect(await as(system, deriveEvents)).toBe(1);
    const [told, declared] = (await as(system, events)).slice(before);
    expect(declared).toMatchObject({ event_id: told!.event_id, declared: true, type: told!.type });
    expect(declared!.body).toMatchObject({ errorDeclaration: { reason: 'did_not_occur' } });
    const found = await as(anonymous, (ctx) => findById(ctx, told!.event_id));
    expect(found.map(({ event }) => event.errorDeclaration !== undefined)).toEqual([false, true]);
    expect(JSON.stringify(found.map(({ event }) => event))).not.toContain(reason);
  });
});

describe('a ticket that was written down wrongly', () => {
  it('is owed no more, and its picks can be sold again', async () => {
    const pick = aPick(
      { plot_ids: [house.plots[0]!], producer_id: house.producerId, at: '2026-11-05' },
      { leaf_g: 50_000, grade: 'tom_non' },
    );
    await as(specialist, (ctx) => recordEntries(ctx, [pick]));
    const sale = () => aTicket(house, { declared: null, pickIds: [pick.id], on: '2026-11-05' });
    const wrong = sale();
    const { amount } = await as(specialist, (ctx) => recordTicket(ctx, wrong));
    await expect(as(specialist, (ctx) => recordTicket(ctx, sale()))).rejects.toMatchObject({
      code: 'trace.ticket.pick_sold',
    });
    const owed = async () => (await as(specialist, (ctx) => listTickets(ctx, { unpaid: true }))).owed;
    const before = await owed();
    await undo(wrong.id);
    expect(await owed()).toBe(before - amount);
    await expect(as(specialist, (ctx) => payTicket(ctx, wrong.id))).rejects.toMatchObject({
      code: 'trace.ticket.undone',
    });
    const right = sale();
    await as(specialist, (ctx) => recordTicket(ctx, right));
    await as(specialist, (ctx) => payTicket(ctx, right.id));
    await expect(undo(right.id)).rejects.toMatchObject({ code: 'trace.ticket.paid' });
  });
});

describe('a pick that the diary puts right after it was sold', () => {
  it('holds what was made of it, and its event is declared wrong in favour of the new one', async () => {
    const pick = (more: object) =>
      aPick(
        { plot_ids: [house.plots[2]!], producer_id: house.producerId, at: '2026-11-06', ...more },
        { leaf_g: 50_000, grade: 'tom_non' },
      );
    const first = pick({});
    await as(specialist, (ctx) => recordEntries(ctx, [first]));
    const made = await as(specialist, (ctx) =>
      packOf(ctx, house, { declared: null, pickIds: [first.id], on: '2026-11-06' }),
    );
    while ((await as(system, deriveEvents)) > 0);
    const before = (await as(system, events)).length;
    const second = pick({ corrects: first.id, plot_ids: [house.plots[1]!] });
    const [outcome] = await as(specialist, (ctx) => recordEntries(ctx, [second]));
    expect(outcome).toMatchObject({ state: 'accepted' });
    const told = { entry_id: second.id, corrects: first.id, kind: 'pick', voids: false, plot_ids: [] };
    const held = await as(system, (ctx) => holdCorrected(ctx, told));
    expect(new Set(held)).toEqual(new Set(await as(system, (ctx) => reachOf(ctx, [made.leaf], 'forward'))));
    expect(await as(system, (ctx) => holdCorrected(ctx, told))).toEqual([]);
    await expect(as(specialist, (ctx) => releaseLot(ctx, made.pack))).rejects.toMatchObject({ status: 409 });
    while ((await as(system, deriveEvents)) > 0);
    const rows = (await as(system, events)).slice(before);
    const declared = rows.find((row) => row.declared)!;
    const instead = rows.find(
      (row) => !row.declared && JSON.stringify(row.body).includes(`urn:uuid:${second.id}`),
    )!;
    expect(declared.body).toMatchObject({
      errorDeclaration: { reason: 'incorrect_data', correctiveEventIDs: [instead.event_id] },
      quantityList: [{ epcClass: `urn:uuid:${first.id}`, quantity: 50, uom: 'KGM' }],
    });
    const strangers = await as(anonymous, (ctx) => findById(ctx, instead.event_id));
    expect(JSON.stringify(strangers.map(({ event }) => event))).not.toContain(house.plots[1]!);
    expect(await as(system, (ctx) => holdCorrected(ctx, { ...told, kind: 'spray' }))).toEqual([]);
  });
});
