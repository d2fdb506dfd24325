/** The commune's own words and quiet hours. */
import { describe, expect, it } from 'vitest';
import { citizen, official, system, useWorld } from '#test/world';
import { notify, type Notice } from './index.ts';
import { listInbox } from './inbox.actions.ts';
import { readChannels, saveQuietHours } from './setting.actions.ts';
import { listTemplates, resetTemplate, saveTemplate } from './template.actions.ts';
import { eventTemplate } from './template.ts';

const world = useWorld();
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

describe('words of the commune', () => {
  const event = 'services.dossier.withdrawn';
  const texts = {
    title: 'Hồ sơ {code} đã rút',
    body: 'Bà con [[{name} ]]đã rút hồ sơ {code}.',
    sms: 'Xa {commune}: ho so {code} da rut.',
  };

  it('are used from then on; what was sent before keeps its words', async () => {
    const admin = official('admin');
    const an = citizen();
    const told = (code: string) =>
      tell(about(code, { event, to: { userId: an.userId }, params: { code } }), world.commune, new Date());
    const bodies = async () =>
      (await world.as(an, (ctx) => listInbox(ctx, PAGE))).items.map(({ body }) => body.slice(0, 24));
    await told('W-1');
    await world.as(admin, (ctx) => saveTemplate(ctx, event, 'vi', texts));
    await told('W-2');
    await world.as(admin, (ctx) =>
      saveTemplate(ctx, event, 'vi', { ...texts, body: 'Đã rút {code}, xin cảm ơn.' }),
    );
    await told('W-3');
    expect((await world.as(admin, listTemplates)).find((row) => row.event === event)!.own.vi!.body).toBe(
      'Đã rút {code}, xin cảm ơn.',
    );
    await world.as(admin, (ctx) => resetTemplate(ctx, event, 'vi'));
    await told('W-4');
    expect(await bodies()).toEqual([
      'Kính gửi anh/chị,\nHồ sơ ',
      'Đã rút W-3, xin cảm ơn.',
      'Bà con đã rút hồ sơ W-2.',
      'Kính gửi anh/chị,\nHồ sơ ',
    ]);
    expect(
      (await world.as(admin, listTemplates, { commune: world.neighbour })).every(
        ({ own }) => Object.keys(own).length === 0,
      ),
    ).toBe(true);
  });

  it.each([
    [{ title: '{kode}' }, 'title', 'unknown_variable'],
    [{ body: '{__proto__}' }, 'body', 'unknown_variable'],
    [{ body: 'Chào {name}' }, 'body', 'not_always_given'],
    [{ body: 'Chào [[{name}' }, 'body', 'brackets'],
    [{ sms: '{code} ' + 'x'.repeat(150) }, 'sms', 'too_long'],
    [{ sms: 'Đã rút {code} ' + 'ư'.repeat(120) }, 'sms', 'too_long'],
  ])('are refused when they cannot be filled or do not fit: %o', async (change, field, code) => {
    const saving = world.as(official('admin'), (ctx) =>
      saveTemplate(ctx, event, 'vi', { ...texts, ...change }),
    );
    await expect(saving).rejects.toMatchObject({
      status: 422,
      fields: { [field]: `notifications.template.${code}` },
    });
  });

  it('are the administrator’s to change', async () => {
    await expect(
      world.as(official('clerk'), (ctx) => saveTemplate(ctx, event, 'vi', texts)),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      world.as(official('admin'), (ctx) => saveTemplate(ctx, 'constructor', 'vi', texts)),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('the common words would themselves be accepted', async () => {
    await world.as(official('admin'), (ctx) => saveTemplate(ctx, event, 'en', eventTemplate(event).en));
  });
});

describe('quiet hours', () => {
  it('are the commune’s to set', async () => {
    const admin = official('admin');
    expect((await world.as(admin, readChannels)).quiet).toEqual({ from: '21:00', to: '07:00' });
    await world.as(admin, (ctx) => saveQuietHours(ctx, { from: '11:30', to: '13:30' }));
    const { id } = await tell(about('Q-1'));
    const { rows } = await world.owner.query(
      'select state, not_before from notifications_delivery where message_id = $1',
      [id],
    );
    expect(rows).toEqual([{ state: 'held', not_before: new Date('2026-03-10T06:30:00Z') }]);
    expect((await world.as(admin, readChannels, { commune: world.neighbour })).quiet.from).toBe('21:00');
    await expect(
      world.as(admin, (ctx) => saveQuietHours(ctx, { from: '25:00', to: '' })),
    ).rejects.toMatchObject({
      fields: { from: 'notifications.quiet.bad_time', to: 'input.missing' },
    });
    await expect(
      world.as(official('leader'), (ctx) => saveQuietHours(ctx, { from: '21:00', to: '07:00' })),
    ).rejects.toMatchObject({ status: 403 });
  });
});
