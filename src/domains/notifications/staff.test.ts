/** What the staff and the people told see: log, inbox, preferences, demo outbox, and the API. */
import { describe, expect, it } from 'vitest';
import { createApiKey } from '#domain/identity';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import type { LocalDate } from '#kernel/time';
import { countUnread, notify, type Notice } from './index.ts';
import { listInbox, markRead } from './inbox.actions.ts';
import { listDemoOutbox, listLog } from './log.queries.ts';
import { readPreference, savePreference } from './preference.actions.ts';
import { repeatDelivery } from './repeat.actions.ts';

const world = useWorld();
const api = useApi(world);
const NOON = new Date('2026-03-10T05:00:00Z');
const PAGE = { offset: 0, limit: 20 };

const about = (code: string, more: Partial<Notice> = {}): Notice => ({
  event: 'services.dossier.received',
  to: { phone: '+84912345678' },
  params: { name: 'Nguyễn Văn An', code, due: NOON, link: '/tra-cuu' },
  key: code,
  ...more,
});
const tell = (notice: Notice, commune = world.commune, now = NOON) =>
  world.as(system, (ctx) => notify(ctx, notice), { commune, now });

describe('the log', () => {
  it('says what was told to whom, masked, and finds it by code, number, way, state and day', async () => {
    const clerk = official('clerk');
    await tell(about('L-1', { to: { phone: '+84987654321', email: 'an@example.vn' } }));
    await tell(
      about('L-2', { to: { phone: '+842083123456' } }),
      world.commune,
      new Date('2026-03-11T16:59:59Z'),
    );
    await tell(about('L-3', { to: { userId: 'somebody' } }), world.commune, new Date('2026-03-11T17:00:00Z'));
    const codes = async (filter: Parameters<typeof listLog>[1]) =>
      (await world.as(clerk, (ctx) => listLog(ctx, filter, PAGE))).items.map(
        ({ title }) => /L-\d/.exec(title)?.[0],
      );
    const { items, total } = await world.as(clerk, (ctx) => listLog(ctx, {}, PAGE));
    expect(total).toBe(3);
    expect(items[2]).toMatchObject({
      name: 'N.V. An',
      phone: '09xx xxx 321',
      email: 'a…@example.vn',
      title: 'Hồ sơ L-1 đã được tiếp nhận, hẹn trả 10/03/2026 12:00',
    });
    expect(JSON.stringify(items)).not.toMatch(/987654321|an@example|Nguyễn/);
    expect(await codes({ code: 'L-1' })).toEqual(['L-1']);
    expect(await codes({ phone: '0987 654 321' })).toEqual(['L-1']);
    expect(await codes({ phone: 'none' })).toEqual([]);
    expect(await codes({ state: 'failed' })).toEqual(['L-2']);
    expect(await codes({ way: 'inbox' })).toEqual(['L-3']);
    expect(await codes({ way: 'email', state: 'sent' })).toEqual(['L-1']);
    expect(await codes({ event: 'services.dossier.filed' })).toEqual([]);
    expect(await codes({ from: '2026-03-11' as LocalDate, to: '2026-03-11' as LocalDate })).toEqual(['L-2']);
  });

  it('is for the staff, and leaves a trace', async () => {
    await expect(world.as(anonymous, (ctx) => listLog(ctx, {}, PAGE))).rejects.toMatchObject({ status: 401 });
    for (const actor of [
      citizen(),
      official('specialist'),
      official({ role: 'clerk', hamletId: crypto.randomUUID() }),
    ]) {
      await expect(world.as(actor, (ctx) => listLog(ctx, {}, PAGE))).rejects.toMatchObject({ status: 403 });
    }
    const auditor = official('auditor');
    await world.as(auditor, (ctx) => listLog(ctx, { phone: '0987654321' }, PAGE));
    const { rows } = await world.owner.query(
      `select e.action, e.outcome, d.detail from audit_entry e join audit_detail d on d.entry_id = e.id where e.actor_id = $1`,
      [auditor.userId],
    );
    expect(rows).toEqual([
      { action: 'notifications.log.read', outcome: 'seen', detail: { filter: { phone: 'given' } } },
    ]);
  });

  it('shows nothing of another commune', async () => {
    await tell(about('N-1'), world.neighbour);
    const clerk = official('clerk');
    const seen = await world.as(clerk, (ctx) => listLog(ctx, { code: 'N-1' }, PAGE));
    expect(seen).toEqual({ items: [], total: 0 });
    const theirs = await world.as(clerk, (ctx) => listLog(ctx, {}, PAGE), { commune: world.neighbour });
    expect(theirs.total).toBe(1);
    const [delivery] = theirs.items[0]!.deliveries;
    await expect(world.as(clerk, (ctx) => repeatDelivery(ctx, delivery!.id))).rejects.toMatchObject({
      code: 'notifications.delivery.not_found',
    });
  });

  it('over the API: with a key of a role that may, page by page, masked', async () => {
    const key = await world.as(system, (ctx) =>
      createApiKey(ctx, { name: 'log', roles: ['clerk'], validTo: null }),
    );
    const get = (path: string, bearer = key.key, host = 'localhost') =>
      api.request(`/api/v1/notifications/log${path}`, {
        headers: { authorization: `Bearer ${bearer}`, host },
      });
    const answer = await get('?per_page=2&page=2');
    expect(answer.status).toBe(200);
    const body = (await answer.json()) as { items: Record<string, unknown>[]; total: number };
    expect(body).toMatchObject({ total: 3, page: 2, per_page: 2 });
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      phone: '09xx xxx 321',
      at: '2026-03-10T12:00:00+07:00',
      inbox: false,
    });
    expect((await get('?state=lost')).status).toBe(422);
    expect((await get('?event=toString')).status).toBe(422);
    expect((await get('?from=2026-02-30')).status).toBe(422);
    expect((await api.request('/api/v1/notifications/log', { headers: { host: 'localhost' } })).status).toBe(
      401,
    );
    expect((await get('', key.key, 'phu-do.localhost')).status).toBe(401);
    const weak = await world.as(system, (ctx) =>
      createApiKey(ctx, { name: 'weak', roles: ['specialist'], validTo: null }),
    );
    expect((await get('', weak.key)).status).toBe(403);
  });
});

describe('sending again', () => {
  it('queues what failed, once the reason can be mended', async () => {
    const admin = official('admin');
    await world.owner.query('update commune set demo = false where id = $1', [world.neighbour.id]);
    const { id } = await tell(about('R-1'));
    const { id: wrong } = await tell(about('R-2', { to: { phone: '+842083123456' } }));
    await world.owner.query('update commune set demo = true where id = $1', [world.neighbour.id]);
    const deliveryOf = async (message: string | null) =>
      (await world.owner.query('select * from notifications_delivery where message_id = $1', [message]))
        .rows[0];
    const failed = await deliveryOf(id);
    expect(failed).toMatchObject({ state: 'failed', error_code: 'no_channel' });
    await expect(world.as(official('leader'), (ctx) => repeatDelivery(ctx, failed.id))).rejects.toMatchObject(
      { status: 403 },
    );
    await world.as(admin, (ctx) => repeatDelivery(ctx, failed.id));
    expect(await deliveryOf(id)).toMatchObject({ state: 'queued', attempts: 0 });
    await expect(world.as(admin, (ctx) => repeatDelivery(ctx, failed.id))).rejects.toMatchObject({
      code: 'notifications.delivery.not_failed',
    });
    const hopeless = (await deliveryOf(wrong)).id;
    await expect(world.as(admin, (ctx) => repeatDelivery(ctx, hopeless))).rejects.toMatchObject({
      code: 'notifications.delivery.cannot_repeat',
    });
    await expect(world.as(admin, (ctx) => repeatDelivery(ctx, 'x'))).rejects.toMatchObject({ status: 404 });
  });
});

describe('the demo outbox', () => {
  it('shows the texts where only demo communes are served, and does not exist elsewhere', async () => {
    const clerk = official('clerk');
    const box = await world.as(clerk, (ctx) => listDemoOutbox(ctx, PAGE));
    expect(box!.items.find(({ title }) => title.includes('L-1'))!.sms).toMatch(
      /^UBND xa Tuc Tranh: da tiep nhan ho so L-1/,
    );
    await world.owner.query('update commune set demo = false where id = $1', [world.neighbour.id]);
    expect(await world.as(clerk, (ctx) => listDemoOutbox(ctx, PAGE))).toBeNull();
    await world.owner.query('update commune set demo = true where id = $1', [world.neighbour.id]);
    await expect(world.as(citizen(), (ctx) => listDemoOutbox(ctx, PAGE))).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('the inbox', () => {
  it('is the person’s own: newest first, counted, marked', async () => {
    const an = citizen();
    const binh = citizen();
    for (const code of ['I-1', 'I-2', 'I-3']) await tell(about(code, { to: { userId: an.userId } }));
    const other = await tell(about('I-4', { to: { userId: binh.userId } }));
    await tell(about('I-5', { to: { userId: an.userId } }), world.neighbour);
    const { items, total, unread } = await world.as(an, (ctx) => listInbox(ctx, { offset: 0, limit: 2 }));
    expect([items.map(({ title }) => title.slice(0, 9)), total, unread]).toEqual([
      ['Hồ sơ I-3', 'Hồ sơ I-2'],
      3,
      3,
    ]);
    expect(items[0]).toMatchObject({ link: '/tra-cuu', read: false });
    await world.as(an, (ctx) => markRead(ctx, { id: items[0]!.id }));
    await world.as(an, (ctx) => markRead(ctx, { id: other.id! }));
    await world.as(an, (ctx) => markRead(ctx, { id: 'x' }));
    expect(await world.as(an, countUnread)).toBe(2);
    expect(await world.as(binh, countUnread)).toBe(1);
    await world.as(an, (ctx) => markRead(ctx, 'all'));
    expect(await world.as(an, countUnread)).toBe(0);
    expect(await world.as(anonymous, countUnread)).toBe(0);
    await expect(world.as(anonymous, (ctx) => listInbox(ctx, PAGE))).rejects.toMatchObject({ status: 401 });
  });

  it('is read in the reader’s language', async () => {
    const an = citizen();
    await tell(about('E-1', { to: { userId: an.userId } }));
    const { items } = await world.as(an, (ctx) => listInbox(ctx, PAGE), { locale: 'en' });
    expect(items[0]!.title).toBe('Dossier E-1 is received, due 10 Mar 2026, 12:00');
  });
});

describe('preferences', () => {
  it('are the person’s own, everything on at first', async () => {
    const an = citizen();
    expect(await world.as(an, readPreference)).toEqual({ zns: true, sms: true, email: true, locale: null });
    await world.as(an, (ctx) => savePreference(ctx, { zns: false, sms: false, email: true, locale: 'en' }));
    expect(await world.as(an, readPreference)).toEqual({ zns: false, sms: false, email: true, locale: 'en' });
    expect(await world.as(citizen(), readPreference)).toMatchObject({ sms: true });
    await expect(world.as(an, (ctx) => savePreference(ctx, { sms: 'yes' } as never))).rejects.toMatchObject({
      status: 422,
    });
    const { id } = await tell(about('P-1', { to: { userId: an.userId, phone: '+84912345678' } }));
    const { rows } = await world.owner.query(
      'select locale, (select count(*)::int from notifications_delivery d where d.message_id = m.id) as ways from notifications_message m where id = $1',
      [id],
    );
    expect(rows).toEqual([{ locale: 'en', ways: 0 }]);
  });
});
