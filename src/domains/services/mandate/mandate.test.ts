/** Mandates: recorded at the counter, read by those who may, ended; the person is told each time. */
import { describe, expect, it } from 'vitest';
import { citizen, official, system, useWorld } from '#test/world';
import { move } from '../dossier/move.actions.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { myDossiers, ownDossier } from '../mine/mine.queries.ts';
import { importCatalogue } from '../procedure.actions.ts';
import {
  endMandate,
  fileUnderMandate,
  myMandates,
  recordMandate,
  type NewMandate,
} from './mandate.actions.ts';
import { listMandates, type MandateView } from './mandate.queries.ts';

const world = useWorld();
const clerk = official('clerk');
const now = new Date('2026-03-02T09:00:00+07:00');
const DAY = 86_400_000;
const later = (days: number) => new Date(now.getTime() + days * DAY);

function mandate(over: Partial<NewMandate> = {}): NewMandate {
  return {
    helperUserId: citizen().userId,
    helperName: 'Hoàng Văn Cháu',
    helperPhone: '+84912000222',
    personName: 'Đặng Thị Già',
    personPhone: '+84912000333',
    residentId: null,
    scope: 'Mọi thủ tục',
    evidence: 'Giấy ủy quyền có chứng thực',
    validTo: later(30),
    ...over,
  };
}

const record = (over: Partial<NewMandate> = {}) =>
  world.as(clerk, (ctx) => recordMandate(ctx, mandate(over)), { now });

const list = (view: MandateView, q = '', at = now, commune = world.commune) =>
  world.as(clerk, (ctx) => listMandates(ctx, { view, q, offset: 0, limit: 20 }), { now: at, commune });

/** What one telephone was told. */
async function told(event: string, phone: string): Promise<unknown[]> {
  const { rows } = await world.owner.query(
    'select phone, params from notifications_message where event = $1 and phone = $2',
    [event, phone],
  );
  return rows;
}

describe('a mandate', () => {
  it('is read with both names until its last day, then among those that are over', async () => {
    const id = await record();
    const found = await list('open');
    expect(found.total).toBe(1);
    expect(found.mandates[0]).toMatchObject({
      id,
      personName: 'Đặng Thị Già',
      helperName: 'Hoàng Văn Cháu',
      open: true,
      endedAt: null,
    });
    expect((await list('over')).total).toBe(0);
    expect((await list('open', '', later(31))).total).toBe(0);
    expect((await list('over', '', later(31))).mandates[0]).toMatchObject({ id, open: false });
    expect((await list('all', '', now, world.neighbour)).total).toBe(0);
  });

  it('is found by either name without accents in any order, and by a number as people type it', async () => {
    const id = await record({
      personName: 'Vũ Đình Đỗ',
      helperName: 'Lý Thị Ổi',
      personPhone: '+84912000444',
    });
    for (const q of ['do vu', 'oi ly', '0912000444', '+84912000444'])
      expect((await list('all', q)).mandates.map((one) => one.id)).toEqual([id]);
    expect((await list('all', 'do khac')).total).toBe(0);
    expect((await list('all', '100%')).total).toBe(0);
  });

  it('tells the person who helps and until when, and that it ended; ended once, it helps nobody', async () => {
    const helper = citizen('+84912000555');
    const id = await record({ helperUserId: helper.userId, personPhone: '+84912000666' });
    expect(await told('services.mandate.recorded', '+84912000666')).toMatchObject([
      { params: { helper: expect.anything(), scope: 'Mọi thủ tục' } },
    ]);
    const mine = () => world.as(helper, (ctx) => myMandates(ctx), { now });
    expect(await mine()).toHaveLength(1);
    await world.as(clerk, (ctx) => endMandate(ctx, id), { now });
    expect(await mine()).toHaveLength(0);
    expect(await told('services.mandate.ended', '+84912000666')).toHaveLength(1);
    const again = world.as(clerk, (ctx) => endMandate(ctx, id), { now });
    await expect(again).rejects.toMatchObject({ code: 'services.mandate.not_found', status: 404 });
    expect(await told('services.mandate.ended', '+84912000666')).toHaveLength(1);
  });

  it.each([
    ['services.mandate.too_long', { validTo: later(400) }],
    ['services.mandate.too_long', { validTo: later(-1) }],
    ['services.mandate.same_person', { personPhone: '+84912000222' }],
    ['services.mandate.self', { helperUserId: clerk.userId }],
  ])('is refused: %s', async (code, over) => {
    await expect(record(over)).rejects.toMatchObject({ code });
  });

  it('is recorded, read and ended by the desk alone', async () => {
    const id = await record();
    for (const actor of [citizen(), official('specialist')]) {
      await expect(world.as(actor, (ctx) => recordMandate(ctx, mandate()))).rejects.toMatchObject({
        status: 403,
      });
      await expect(world.as(actor, (ctx) => endMandate(ctx, id))).rejects.toMatchObject({ status: 403 });
      await expect(
        world.as(actor, (ctx) => listMandates(ctx, { view: 'all', q: '', offset: 0, limit: 20 })),
      ).rejects.toMatchObject({ status: 403 });
    }
    const ended = world.as(clerk, (ctx) => endMandate(ctx, id), { commune: world.neighbour });
    await expect(ended).rejects.toMatchObject({ status: 404 });
  });
});

describe('a dossier filed under a mandate', () => {
  it('is the helper’s to see and to withdraw for as long as the mandate holds', async () => {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
    const helper = citizen('+84912000777');
    const id = await record({ helperUserId: helper.userId, personPhone: '+84912000888' });
    const filed = await world.as(helper, (ctx) => fileUnderMandate(ctx, id, clubFiling()), { now });
    const mine = (at = now) =>
      world.as(helper, (ctx) => myDossiers(ctx, { offset: 0, limit: 10 }), { now: at });
    const open = (at = now) => world.as(helper, (ctx) => ownDossier(ctx, filed.id), { now: at });
    expect((await mine()).lines.map((line) => line.id)).toEqual([filed.id]);
    expect((await open()).row.code).toBe(filed.code);

    expect((await mine(later(31))).total).toBe(0);
    await expect(open(later(31))).rejects.toMatchObject({ status: 404 });
    await world.as(clerk, (ctx) => endMandate(ctx, id), { now });
    expect((await mine()).total).toBe(0);
    await expect(open()).rejects.toMatchObject({ status: 404 });
    await expect(
      world.as(helper, (ctx) => move(ctx, filed.id, 'withdraw', { reason: 'Thôi không làm nữa' }), { now }),
    ).rejects.toMatchObject({ status: 403 });
  });
});
