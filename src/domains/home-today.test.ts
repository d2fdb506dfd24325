import { beforeAll, expect, it } from 'vitest';
import { publishAnnouncement, setOfficeHours } from '#domain/commune';
import { appointOfficial, planDuty } from '#domain/registry';
import { anonymous, system, useWorld } from '#test/world';
import { homeToday } from './home-today.ts';
import { siteOf } from './site.ts';

const world = useWorld();
const NOW = { now: new Date('2026-05-05T09:00:00+07:00') };

beforeAll(async () => {
  await world.as(
    system,
    async (ctx) => {
      const day: [string, string][] = [['08:00', '16:00']];
      await setOfficeHours(ctx, { from: '2026-01-01', work: { 1: day, 2: day }, source: 'x' });
      const officialId = await appointOfficial(ctx, {
        fullName: 'Ma Văn Trực',
        post: 'Một cửa',
        postEn: 'Desk officer',
        unit: 'one_stop',
        phone: '0540 000 001',
        zalo: '0540 000 001',
        termFrom: '2020-01-01',
      });
      await planDuty(ctx, { officialId, day: '2026-05-05', note: null });
      await publishAnnouncement(ctx, {
        kind: 'news',
        title: 'Tin',
        body: 'Nội dung',
        titleEn: 'News',
        bodyEn: 'Text',
      });
    },
    NOW,
  );
});

it('the home page tells how the desk stands, who is on duty and what is new, in the reader’s language', async () => {
  const home = await world.as(anonymous, homeToday, { ...NOW, locale: 'en' });
  expect(home).toEqual({
    today: {
      open: true,
      line: 'Open until 16:00.',
      onDuty: [
        {
          name: 'Ma Văn Trực',
          role: 'Desk officer',
          phone: '+84540000001',
          zalo: 'https://zalo.me/0540000001',
        },
      ],
    },
    news: [
      {
        href: expect.stringMatching(/^\/en\/announcements\/[0-9a-f-]{36}$/),
        title: 'News',
        date: { label: '5 May 2026', iso: '2026-05-05T09:00:00+07:00' },
      },
    ],
  });
});

it('the frame of every page tells the hours, in the commune that is asked', async () => {
  expect((await world.as(anonymous, siteOf, NOW)).hours).toEqual(['Thứ Hai đến thứ Ba: 08:00–16:00']);
  const other = await world.as(anonymous, siteOf, { ...NOW, commune: world.neighbour });
  expect(other).toMatchObject({
    name: 'xã Phú Đô',
    hours: ['Thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:00'],
  });
});
