/** Zalo, its tokens and its fallback, against the simulator. */
import { describe, expect, it } from 'vitest';
import { useWorld } from '#test/world';
import { filed, later, useOutside } from './delivery-fixture.ts';
import { notify, sendSignInCode } from './index.ts';
import { keepZaloToken } from './jobs.ts';

const world = useWorld();
const outside = useOutside(world);

describe('Zalo', () => {
  it('is first choice for a phone; its token is fetched once and kept encrypted', async () => {
    const at = outside.errand({ sms: outside.sms.settings, zns: outside.zns.settings });
    const before = outside.zns.tokensGiven;
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { channel: 'zns', state: 'sent', provider_id: 'zns-1' },
    ]);
    expect(outside.zns.taken[0]).toMatchObject({
      phone: '84912345678',
      templateId: '330001',
      data: { ma_ho_so: 'H55.242-260310-0001', thoi_gian: '10/03/2026 12:00' },
    });
    await outside.told(at, filed());
    expect(outside.zns.tokensGiven - before).toBe(1);
    const { rows } = await world.owner.query('select sealed from notifications_vault');
    expect(rows[0].sealed.toString('latin1')).not.toMatch(/access-|refresh-/);
    expect(outside.sms.taken).toEqual([]);
  });

  it('exchanges its token when it ends, when it is refused, and every week; each refresh token once', async () => {
    const at = outside.errand({ zns: outside.zns.settings });
    const before = outside.zns.tokensGiven;
    outside.now = later(90_000_000);
    await outside.told(at, filed());
    expect(outside.zns.tokensGiven - before).toBe(1);
    outside.zns.revoke();
    const many = await Promise.all(Array.from({ length: 5 }, () => at.run((ctx) => notify(ctx, filed()))));
    await Promise.all(many.map(({ id }) => outside.attempt(at, id)));
    expect(outside.zns.tokensGiven - before).toBe(2);
    outside.now = later(60_000, outside.now);
    for (const { id } of many) await outside.attempt(at, id);
    for (const { id } of many) expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'sent' }]);
    outside.now = later(7 * 86_400_000, outside.now);
    await keepZaloToken(at);
    expect(outside.zns.tokensGiven - before).toBe(3);
  });

  it('falls back to SMS when the number has no Zalo account', async () => {
    const at = outside.errand({ sms: outside.sms.settings, zns: outside.zns.settings });
    outside.zns.strangers.add('84912345678');
    const id = await outside.told(at, filed());
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { channel: 'zns', state: 'failed', error_code: 'zns-118' },
      { channel: 'sms', state: 'sent' },
    ]);
    expect(outside.sms.taken).toHaveLength(1);
  });

  it('does not say by SMS what may have arrived by Zalo', async () => {
    const at = outside.errand({ sms: outside.sms.settings, zns: outside.zns.settings });
    outside.zns.mishaps.push('break_after_taking');
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { channel: 'zns', state: 'queued', error_code: 'outcome_unknown' },
    ]);
    outside.now = later(60_000);
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { channel: 'zns', state: 'sent', provider_id: 'zns-1' },
    ]);
    expect([outside.zns.taken.length, outside.sms.taken.length]).toEqual([1, 0]);
  });

  it('is passed over for events without a registered template and outside its hours', async () => {
    const at = outside.errand({ sms: outside.sms.settings, zns: outside.zns.settings });
    const id = await outside.told(
      at,
      filed({ event: 'services.dossier.withdrawn', params: { code: 'A-1' } }),
    );
    expect(await outside.deliveriesOf(id)).toMatchObject([{ channel: 'sms', state: 'sent' }]);
    outside.now = new Date('2026-03-10T16:30:00Z');
    await at.run((ctx) =>
      sendSignInCode(ctx, {
        to: { phone: '+84912345678' },
        code: '908172',
        minutes: 5,
        key: crypto.randomUUID(),
      }),
    );
    const { rows } = await world.owner.query(
      `select d.* from notifications_delivery d join notifications_message m on m.id = d.message_id where m.event = 'identity.code'`,
    );
    expect(rows).toMatchObject([{ channel: 'sms' }]);
  });

  it('whose refresh token is lost fails in view, and starts anew from the one the operator writes', async () => {
    const lost = outside.errand({
      sms: outside.sms.settings,
      zns: { ...outside.zns.settings, refreshToken: 'burnt' },
    });
    const id = await outside.told(lost, filed());
    await outside.attempt(lost, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { channel: 'zns', state: 'failed', error_code: 'token_lost' },
      { channel: 'sms', state: 'sent' },
    ]);
  });
});
