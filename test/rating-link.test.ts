/** The way to the satisfaction slip: sent to the applicant alone, once, and readable nowhere in the office. */
import { beforeAll, expect, it } from 'vitest';
import { appointOfficial } from '#domain/registry';
import {
  answerSlip,
  decideDossier,
  fileAtCounter,
  fileOnline,
  importCatalogue,
  move,
} from '#domain/services';
import type { Actor, Ctx } from '#kernel/context';
import { runAs } from '#app/runtime';
import { makeWiring } from '#app/wiring';
import { useOutside } from '../src/domains/notifications/delivery-fixture.ts';
import { listInbox } from '../src/domains/notifications/inbox.actions.ts';
import { listLog } from '../src/domains/notifications/log.queries.ts';
import { AN_OFFICIAL, CLUB, CLUB_FORM, clubFiling } from '../src/domains/services/fixtures.ts';
import { citizen, official, system, useWorld } from './world.ts';

const world = useWorld();
const outside = useOutside(world);
const staff = official('clerk', 'specialist', 'leader');
const ASKED = 'services.dossier.rating_asked';
const NOON = new Date('2026-03-10T05:00:00Z');
const PAGE = { offset: 0, limit: 50 };
const DECISION = {
  outcome: 'granted',
  medium: 'paper',
  signerId: null,
  signerName: 'Chủ tịch',
  attachmentId: null,
} as const;
let someone = '';

beforeAll(async () => {
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  someone = await world.as(system, (ctx) => appointOfficial(ctx, AN_OFFICIAL));
});

/** Work in an installation whose SMS go out, at noon. */
function act<T>(work: (ctx: Ctx) => Promise<T>, { actor = staff as Actor, silent = false } = {}): Promise<T> {
  const { commune, installation } = outside.errand({ sms: outside.sms.settings });
  const wiring = makeWiring(installation);
  return runAs({ handle: world.handle, wiring }, { commune, actor, silent, now: NOON }, work);
}

async function underWay(file: (ctx: Ctx) => Promise<{ id: string }>, more = {}): Promise<string> {
  const { id } = await act(file, more);
  await act((ctx) => move(ctx, id, 'receive', {}), { silent: true });
  await act((ctx) => move(ctx, id, 'assign', { to: someone }), { silent: true });
  return id;
}

const filing = (phone: string | null, userId: string | null = null) =>
  clubFiling({ applicant: { name: 'Nguyễn Thị Ánh', phone, userId, residentId: null } });

const askedOf = async (phone: string) =>
  (
    await world.owner.query<{ id: string; params: Record<string, string>; sealed: Buffer | null }>(
      'select id, params, sealed from notifications_message where event = $1 and phone = $2',
      [ASKED, phone],
    )
  ).rows;

it('is sent once, when the dossier is decided, and opens the slip', async () => {
  const phone = '+84912000001';
  const id = await underWay((ctx) => fileAtCounter(ctx, filing(phone)));
  const decide = () => act((ctx) => decideDossier(ctx, id, DECISION, { clientId: 'the-same-decision' }));
  await decide();
  await decide();
  await act((ctx) => move(ctx, id, 'return', { way: 'counter' }));
  const told = await askedOf(phone);
  expect(told).toHaveLength(1);
  await outside.attempt(outside.errand({ sms: outside.sms.settings }), told[0]!.id);
  const [sms] = outside.sms.taken;
  expect(sms).toMatchObject({ phone: '84912000001' });
  expect(sms!.text.length).toBeLessThanOrEqual(160);
  const token = /da xong.*http\S+\/danh-gia\/([\w-]+)$/.exec(sms!.text)![1]!;
  const anybody = { actor: { kind: 'anonymous' } as const };
  await act((ctx) => answerSlip(ctx, token, { scores: { time: 2 }, comment: null, way: 'link' }), anybody);
});

it('stands nowhere where an official could read it, neither before nor after it was sent', async () => {
  const phone = '+84912000002';
  const id = await underWay((ctx) => fileAtCounter(ctx, filing(phone)));
  const { slipToken } = await act((ctx) => decideDossier(ctx, id, DECISION));
  const nowhere = async () => {
    const log = await act((ctx) => listLog(ctx, { event: ASKED }, PAGE));
    expect(log.items.some(({ body }) => body.includes('••••••'))).toBe(true);
    const { rows } = await world.owner.query('select * from notifications_message, notifications_delivery');
    expect(JSON.stringify([log, rows])).not.toContain(slipToken);
  };
  await nowhere();
  const [told] = await askedOf(phone);
  expect(told!.sealed).not.toBeNull();
  await outside.attempt(outside.errand({ sms: outside.sms.settings }), told!.id);
  expect(outside.sms.taken[0]!.text).toContain(slipToken);
  await nowhere();
  expect((await askedOf(phone))[0]!.sealed).toBeNull();
});

it('leads whoever is signed in to the own dossier, and is not in the words of the inbox', async () => {
  const an = citizen('+84912000003');
  const id = await underWay((ctx) => fileOnline(ctx, filing(an.phone, an.userId)), { actor: an });
  await act((ctx) => decideDossier(ctx, id, DECISION));
  const { items } = await act((ctx) => listInbox(ctx, PAGE), { actor: an });
  const asked = items.find(({ title }) => title.includes('đánh giá'))!;
  expect(asked.link).toMatch(new RegExp(`/${id}$`));
  expect(asked.body).toMatch(/đã giải quyết xong.*không biết ai đã đánh giá\.$/s);
});

it('is not sent of history, nor to nobody', async () => {
  const asked = async () =>
    (
      await world.owner.query('select count(*)::int as n from notifications_message where event = $1', [
        ASKED,
      ])
    ).rows[0].n as number;
  const before = await asked();
  const past = await underWay((ctx) => fileAtCounter(ctx, filing('+84912000004')));
  await act((ctx) => decideDossier(ctx, past, DECISION), { silent: true });
  const unreachable = await underWay((ctx) => fileAtCounter(ctx, filing(null)));
  await act((ctx) => decideDossier(ctx, unreachable, DECISION));
  expect(await asked()).toBe(before);
});
