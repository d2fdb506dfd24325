import { describe, expect, it } from 'vitest';
import { testInstallation, anonymous, citizen, system, useWorld } from '#test/world';
import type { Ctx } from '#kernel/context';
import { makeWiring } from '#app/wiring';
import { runAs } from '#app/runtime';
import { notify, notifyMany, sendSignInCode, type Notice } from './index.ts';
import { unseal } from '#kernel/seal';

const world = useWorld();
const NOON = new Date('2026-03-10T05:00:00Z');
const NIGHT = new Date('2026-03-10T15:00:00Z'); // 22:00 in Viet Nam
const SMS = { default: { sms: { url: 'http://localhost:9/sms' } } };

const notice = (more: Partial<Notice> = {}): Notice => ({
  event: 'services.dossier.filed',
  to: { phone: '+84912345678' },
  params: { name: 'Nguyễn Văn An', code: 'H55.242-260310-0001' },
  key: crypto.randomUUID(),
  ...more,
});

async function rows(table: string) {
  return (await world.owner.query(`select * from ${table} order by id`)).rows;
}

async function deliveryOf(id: string | null) {
  return (
    await world.owner.query(
      'select channel, demo, state, error_code, not_before from notifications_delivery where message_id = $1',
      [id],
    )
  ).rows;
}

const jobs = async () => (await world.owner.query(`select payload, run_at from jobs._private_jobs`)).rows;

/** As in an installation with these channel settings. */
function inInstallation<T>(settings: unknown, work: (ctx: Ctx) => Promise<T>, now = NOON): Promise<T> {
  const wiring = makeWiring(testInstallation({ notifications: settings }));
  return runAs({ handle: world.handle, wiring }, { commune: world.commune, actor: system, now }, work);
}

describe('telling', () => {
  it('tells the same person of the same thing once, also when asked at the same moment', async () => {
    const same = notice();
    const told = await Promise.all(
      Array.from({ length: 8 }, () => world.as(anonymous, (ctx) => notify(ctx, same), { now: NOON })),
    );
    expect(told.filter(({ id }) => id !== null)).toHaveLength(1);
    const twice = await world.as(
      system,
      (ctx) => notifyMany(ctx, [same, same, { ...same, to: { phone: '+84912345679' } }]),
      { now: NOON },
    );
    expect(twice.map(({ id }) => id !== null)).toEqual([false, false, true]);
  });

  it('tells nobody when the write it belongs to fails', async () => {
    const before = (await rows('notifications_message')).length;
    const failing = world.as(citizen(), async (ctx) => {
      await notify(ctx, notice());
      throw new Error('the write failed');
    });
    await expect(failing).rejects.toThrow('the write failed');
    expect(await rows('notifications_message')).toHaveLength(before);
  });

  it('writes nothing for somebody who cannot be reached', async () => {
    expect(await world.as(system, (ctx) => notify(ctx, notice({ to: {} })))).toEqual({ id: null });
  });

  it('keeps the commune to itself', async () => {
    const { id } = await world.as(system, (ctx) => notify(ctx, notice()), {
      commune: world.neighbour,
      now: NOON,
    });
    const seen = await world.as(system, (ctx) =>
      ctx.db.selectFrom('notifications_message').select('id').execute(),
    );
    expect(seen.map((row) => row.id)).not.toContain(id);
  });
});

describe('the ways a message takes', () => {
  it('without channels on a demo installation: to the demo outbox, at once', async () => {
    const { id } = await world.as(system, (ctx) => notify(ctx, notice()), { now: NOON });
    expect(await deliveryOf(id)).toMatchObject([{ channel: 'sms', demo: true, state: 'sent' }]);
  });

  it('through a channel: queued in the same transaction', async () => {
    const { id } = await inInstallation(SMS, (ctx) => notify(ctx, notice()));
    expect(await deliveryOf(id)).toMatchObject([{ channel: 'sms', demo: false, state: 'queued' }]);
    expect((await jobs()).some(({ run_at }) => run_at.getTime() === NOON.getTime())).toBe(true);
  });

  it('in quiet hours: held until they end', async () => {
    const { id } = await inInstallation(SMS, (ctx) => notify(ctx, notice()), NIGHT);
    expect(await deliveryOf(id)).toMatchObject([
      { state: 'held', not_before: new Date('2026-03-11T00:00:00Z') },
    ]);
    expect((await jobs()).some(({ run_at }) => run_at.getTime() === Date.parse('2026-03-11T00:00:00Z'))).toBe(
      true,
    );
  });

  it('to a number that takes no messages: failed, for the staff to see', async () => {
    const { id } = await inInstallation(SMS, (ctx) =>
      notify(ctx, notice({ to: { phone: '+842083123456' } })),
    );
    expect(await deliveryOf(id)).toMatchObject([{ state: 'failed', error_code: 'bad_phone' }]);
  });

  it('to a mailbox that would carry another header: failed', async () => {
    const to = { email: 'an@example.vn\r\nBcc: all@example.vn' };
    const { id } = await inInstallation(
      { default: { email: { host: 'localhost', from: 'xa@example.vn' } } },
      (ctx) => notify(ctx, notice({ to })),
    );
    expect(await deliveryOf(id)).toMatchObject([
      { channel: 'email', state: 'failed', error_code: 'bad_email' },
    ]);
  });

  it('not by a channel that the person has turned off, but into the inbox', async () => {
    const { userId } = citizen();
    await world.owner.query(
      `insert into notifications_preference (commune_id, user_id, zns, sms, email, locale, changed_at) values ($1, $2, false, false, true, 'en', now())`,
      [world.commune.id, userId],
    );
    const { id } = await inInstallation(SMS, (ctx) =>
      notify(ctx, notice({ to: { userId, phone: '+84912345678' } })),
    );
    expect(await deliveryOf(id)).toEqual([]);
    const [message] = (
      await world.owner.query('select user_id, locale from notifications_message where id = $1', [id])
    ).rows;
    expect(message).toEqual({ user_id: userId, locale: 'en' });
  });

  it('nowhere where a real commune is served and no channel is set up: failed', async () => {
    await world.owner.query('update commune set demo = false where id = $1', [world.neighbour.id]);
    try {
      const { id } = await world.as(system, (ctx) => notify(ctx, notice()), { now: NOON });
      expect(await deliveryOf(id)).toMatchObject([
        { state: 'failed', error_code: 'no_channel', demo: false },
      ]);
      const code = { to: { phone: '+84912345678' }, code: '654321', minutes: 5, key: crypto.randomUUID() };
      expect(await world.as(anonymous, (ctx) => sendSignInCode(ctx, code), { now: NOON })).toEqual({
        shown: null,
      });
    } finally {
      await world.owner.query('update commune set demo = true where id = $1', [world.neighbour.id]);
    }
  });
});

describe('a sign-in code', () => {
  const code = { to: { phone: '+84912345678' }, code: '908172', minutes: 5 };

  it('is shown on screen on a demo without channels, and kept nowhere', async () => {
    const key = crypto.randomUUID();
    const { shown } = await world.as(anonymous, (ctx) => sendSignInCode(ctx, { ...code, key }), {
      now: NIGHT,
    });
    expect(shown).toBe(
      'UBND xa Tuc Tranh: ma dang nhap 908172, dung trong 5 phut. Can bo xa khong bao gio hoi ma nay.',
    );
    expect(JSON.stringify(await rows('notifications_message'))).not.toContain('908172');
  });

  it('passes quiet hours; what waits is encrypted for this message alone', async () => {
    await inInstallation(
      SMS,
      (ctx) => sendSignInCode(ctx, { ...code, code: '777888', key: crypto.randomUUID() }),
      NIGHT,
    );
    const message = (await rows('notifications_message')).find(({ sealed }) => sealed);
    expect(await deliveryOf(message.id)).toMatchObject([{ state: 'queued', not_before: NIGHT }]);
    expect(JSON.stringify(message.params)).not.toContain('777888');
    expect(message.sealed.toString('latin1')).not.toContain('777888');
    const key = world.wiring.installation.key('notifications.sealed');
    expect(unseal(key, message.sealed, `${world.commune.id}:${message.id}`)).toBe('{"code":"777888"}');
    expect(() => unseal(key, message.sealed, `${world.neighbour.id}:${message.id}`)).toThrow();
    expect(message.expires_at).toEqual(new Date(NIGHT.getTime() + 5 * 60_000));
  });
});
