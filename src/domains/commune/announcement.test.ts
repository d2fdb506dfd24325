import { beforeAll, describe, expect, it } from 'vitest';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { SMALL_COMMUNE } from './fixtures.ts';
import {
  expireAnnouncement,
  getAnnouncement,
  inLanguage,
  listAnnouncements,
  publishAnnouncement,
  rewordAnnouncement,
  setUpCommune,
  type NewAnnouncement,
} from './index.ts';

const world = useWorld();
const api = useApi(world);
const clerk = official('clerk');
const at = (text: string) => new Date(`${text}:00+07:00`);
/** A Monday before the holidays of 30/4/2024: 29/4, 30/4 and 1/5 are off, Saturday 4/5 is worked. */
const NOW = at('2024-04-22T09:00');

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour])
    await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { now: NOW, commune });
});

function publish(input: Partial<NewAnnouncement>, actor = clerk, now = NOW) {
  return world.as(
    actor,
    (ctx) => publishAnnouncement(ctx, { kind: 'news', title: 'Lịch tiêm', body: 'Sáng thứ Ba.', ...input }),
    { now },
  );
}

function titles(now: Date, actor = anonymous as Parameters<typeof world.as>[0], all = false) {
  return world.as(
    actor,
    async (ctx) => (await listAnnouncements(ctx, { all })).items.map((one) => one.title),
    {
      now,
    },
  );
}

describe('planned downtime', () => {
  const hours = { downtimeTo: at('2024-05-20T17:00') };

  it('is announced seven working days ahead, counted in the office calendar', async () => {
    // 23, 24, 25, 26/4, 2/5, 3/5 and Saturday 4/5 (worked): seven; the earliest is closing time of 4/5.
    const early = publish({ kind: 'downtime', downtimeFrom: at('2024-05-04T16:59'), ...hours });
    await expect(early).rejects.toMatchObject({
      code: 'commune.announcement.short_notice',
      params: { earliest: '04/05/2024 17:00' },
      fields: { downtimeFrom: 'commune.announcement.short_notice' },
    });
    const id = await publish({ kind: 'downtime', downtimeFrom: at('2024-05-04T17:00'), ...hours });
    const stored = await world.as(anonymous, (ctx) => getAnnouncement(ctx, id), { now: NOW });
    expect(stored).toMatchObject({ kind: 'downtime', downtimeFrom: at('2024-05-04T17:00') });
  });

  it('needs its times in order; a sudden failure is urgent and needs no notice', async () => {
    await expect(publish({ kind: 'downtime' })).rejects.toMatchObject({
      fields: { downtimeFrom: 'input.missing' },
    });
    const backwards = { downtimeFrom: at('2024-05-21T08:00'), ...hours };
    await expect(publish({ kind: 'downtime', ...backwards })).rejects.toMatchObject({
      fields: { downtimeTo: 'commune.announcement.ends_before_start' },
    });
    await expect(publish({ kind: 'news', downtimeFrom: at('2024-05-06T08:00') })).rejects.toMatchObject({
      status: 422,
    });
    await publish({
      kind: 'urgent',
      title: 'Mất điện',
      downtimeFrom: NOW,
      downtimeTo: at('2024-04-22T12:00'),
    });
  });
});

describe('what is to be read', () => {
  it('is current: urgent first, gone when it expires', async () => {
    await publish({ title: 'Sau này hết', expiresAt: at('2024-04-23T00:00') }, clerk, at('2024-04-22T10:00'));
    await publish({ title: 'Bão', kind: 'urgent' }, clerk, at('2024-04-22T09:30'));
    await publish({ title: 'Họp xóm' }, clerk, at('2024-04-22T11:00'));
    const shown = await titles(at('2024-04-22T12:00'));
    expect(shown.slice(0, 2)).toEqual(['Bão', 'Mất điện']);
    expect(shown).toContain('Sau này hết');
    expect(await titles(at('2024-04-23T00:00'))).not.toContain('Sau này hết');
    expect(await titles(at('2024-04-22T08:59'))).toEqual([]);
    expect(await titles(at('2024-04-24T00:00'), clerk, true)).toContain('Sau này hết');
    await expect(titles(NOW, anonymous, true)).rejects.toMatchObject({ status: 401 });
  });

  it('can be reworded and taken off; then only officials still read it', async () => {
    const later = { now: at('2024-04-22T15:00') };
    const id = await publish({ title: 'Sai chính tả' });
    await world.as(
      clerk,
      (ctx) =>
        rewordAnnouncement(ctx, id, { title: 'Đúng', body: 'Nội dung', titleEn: 'Right', bodyEn: 'Text' }),
      later,
    );
    const mended = await world.as(anonymous, (ctx) => getAnnouncement(ctx, id), later);
    expect(inLanguage(mended, 'en')).toEqual({ title: 'Right', body: 'Text', lang: 'en' });
    expect(inLanguage({ ...mended, bodyEn: null }, 'en')).toMatchObject({ title: 'Đúng', lang: 'vi' });
    await world.as(clerk, (ctx) => expireAnnouncement(ctx, id), later);
    await expect(world.as(anonymous, (ctx) => getAnnouncement(ctx, id), later)).rejects.toMatchObject({
      status: 404,
    });
    expect((await world.as(clerk, (ctx) => getAnnouncement(ctx, id), later)).title).toBe('Đúng');
    await expect(world.as(clerk, (ctx) => expireAnnouncement(ctx, id), later)).rejects.toMatchObject({
      status: 409,
    });
  });

  it('is written by officials of this commune only', async () => {
    for (const actor of [
      anonymous,
      citizen(),
      official('specialist'),
      official({ role: 'clerk', hamletId: 'x' }),
    ])
      await expect(publish({}, actor as never)).rejects.toMatchObject({
        status: actor.kind === 'anonymous' ? 401 : 403,
      });
    const id = await publish({ title: 'Của Tức Tranh' });
    const there = { commune: world.neighbour, now: NOW };
    for (const verb of [
      () => world.as(clerk, (ctx) => getAnnouncement(ctx, id), there),
      () => world.as(clerk, (ctx) => expireAnnouncement(ctx, id), there),
      () => world.as(clerk, (ctx) => rewordAnnouncement(ctx, id, { title: 'x', body: 'y' }), there),
    ])
      await expect(verb()).rejects.toMatchObject({ status: 404 });
    for (const hostile of ['x', "' or 1=1 --", id.replace('-', '')])
      await expect(world.as(clerk, (ctx) => getAnnouncement(ctx, hostile))).rejects.toMatchObject({
        status: 404,
      });
    const empty = { title: '\u202e \u200b', body: '\n\n' };
    await expect(publish(empty)).rejects.toMatchObject({
      fields: { title: 'input.missing', body: 'input.missing' },
    });
  });

  it('stands in the API, page by page', async () => {
    await publish({ title: 'Tin mới' }, clerk, new Date());
    const first = await (await api.request('/api/v1/announcements?per_page=2')).json();
    expect(first).toMatchObject({ page: 1, per_page: 2 });
    expect(first.items).toHaveLength(2);
    expect(first.total).toBeGreaterThan(3);
    const second = await (await api.request('/api/v1/announcements?per_page=2&page=2')).json();
    expect(first.items.map((one: { id: string }) => one.id)).not.toContain(second.items[0].id);
    const other = await api.request('/api/v1/announcements', { headers: { host: 'phu-do.localhost' } });
    expect(await other.json()).toMatchObject({ total: 0 });
  });
});
