/** Deliveries through the room's errands, against simulators, with a clock of the test's own. */
import { describe, expect, it } from 'vitest';
import type { Errand } from '#kernel/manifest';
import { startSmsGateway } from '#test/simulators/sms-gateway';
import { useWorld } from '#test/world';
import { MAX_ATTEMPTS, pauseMs } from './deliver.actions.ts';
import { filed, later, useOutside } from './delivery-fixture.ts';
import { notify, sendSignInCode } from './index.ts';
import { deliver, sweepDeliveries } from './jobs.ts';

const world = useWorld();
const outside = useOutside(world);

describe('SMS', () => {
  it('goes out once, unaccented, under the delivery’s own id', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    const id = await outside.told(at, filed());
    const [row] = await outside.deliveriesOf(id);
    expect(row).toMatchObject({ state: 'sent', attempts: 1, provider_id: 'sms-1', error_code: null });
    expect(outside.sms.taken).toEqual([
      {
        phone: '84912345678',
        id: row!.id,
        text: 'UBND xa Tuc Tranh: da nhan ho so truc tuyen H55.242-260310-0001. Ma tra cuu: FH23-4567. Se bao lai khi tiep nhan.',
      },
    ]);
    await deliver(at, { delivery: row!.id });
    expect(outside.sms.taken).toHaveLength(1);
  });

  it('is sent once when two workers take the same delivery at the same moment', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    const { id } = await at.run((ctx) => notify(ctx, filed()));
    const [row] = await outside.deliveriesOf(id);
    const before = outside.sms.calls;
    await Promise.all(Array.from({ length: 6 }, () => deliver(at, { delivery: row!.id })));
    expect(outside.sms.calls - before).toBe(1);
  });

  it('is tried again after a growing pause, and fails in view when patience ends', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.sms.mishaps.push(...Array.from({ length: MAX_ATTEMPTS }, () => 'overloaded' as const));
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { state: 'queued', attempts: 1, error_code: 'busy', not_before: later(30_000) },
    ]);
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([{ attempts: 1 }]);
    for (let tries = 2; tries <= MAX_ATTEMPTS; tries++) {
      outside.now = (await outside.deliveriesOf(id))[0]!.not_before;
      await outside.attempt(at, id);
    }
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { state: 'failed', attempts: MAX_ATTEMPTS, error_code: 'gave_up' },
    ]);
    expect(Array.from({ length: 6 }, (_, done) => pauseMs(done + 1, false) / 1000)).toEqual([
      30, 120, 480, 1920, 3600, 3600,
    ]);
  });

  it('fails at once when the gateway refuses for good, without the number in the log', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.sms.mishaps.push('no_money');
    const [row] = await outside.deliveriesOf(await outside.told(at, filed()));
    expect(row).toMatchObject({
      state: 'failed',
      attempts: 1,
      error_code: 'refused_by_provider',
      error_text: '200 {"code":"103"}',
    });
    const gone = outside.errand({
      sms: { ...outside.sms.settings, url: `${outside.sms.origin}/elsewhere?to={phone84}` },
    });
    const [lost] = await outside.deliveriesOf(await outside.told(gone, filed()));
    expect(lost).toMatchObject({ state: 'failed', error_text: '404 {}' });
  });

  it('waits where the gateway cannot be reached', async () => {
    const gone = await startSmsGateway();
    await gone.stop();
    const [row] = await outside.deliveriesOf(
      await outside.told(outside.errand({ sms: gone.settings }), filed()),
    );
    expect(row).toMatchObject({
      state: 'queued',
      attempts: 1,
      error_code: 'unreachable',
      error_text: 'ECONNREFUSED',
    });
  });

  it('broken off after the gateway took it: repeated with the same id where the gateway drops repeats', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.sms.mishaps.push('break_after_taking');
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { state: 'queued', error_code: 'outcome_unknown' },
    ]);
    outside.now = later(60_000);
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(outside.sms.taken).toHaveLength(1);
  });

  it('broken off after the gateway took it: not repeated where the gateway would send it again', async () => {
    const at = outside.errand({ sms: { ...outside.sms.settings, dropsRepeats: false } });
    outside.sms.mishaps.push('break_after_taking');
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { state: 'failed', attempts: 1, error_code: 'outcome_unknown' },
    ]);
  });

  it('keeps quotes of a hostile value, and its braces made parentheses, out of the request’s shape', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    const hostile = filed({
      event: 'services.dossier.filed_by_helper',
      params: { code: 'A-1', helper: '"}, "phone": "{phone0}\r\nX: {id}' },
    });
    expect(await outside.deliveriesOf(await outside.told(at, hostile))).toMatchObject([{ state: 'sent' }]);
    expect(outside.sms.taken[0]!.phone).toBe('84912345678');
    expect(outside.sms.taken[0]!.text).toMatch(
      /^UBND xa Tuc Tranh: ho so A-1 vua duoc nop ho anh\/chi boi .*\(id\).* Neu khong/,
    );
  });
});

describe('hours and ends', () => {
  it('what was made at night goes out in the morning, and not before', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.now = new Date('2026-03-10T15:00:00Z');
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'held', attempts: 0 }]);
    outside.now = new Date('2026-03-11T00:00:00Z');
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'sent' }]);
  });

  it('another attempt that would fall into the night waits too', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.now = new Date('2026-03-10T13:59:50Z');
    outside.sms.mishaps.push('overloaded');
    const id = await outside.told(at, filed());
    expect(await outside.deliveriesOf(id)).toMatchObject([
      { state: 'queued', not_before: new Date('2026-03-11T00:00:00Z') },
    ]);
  });

  it('a sign-in code passes the night, and its secret is erased when it is sent', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    outside.now = new Date('2026-03-10T18:00:00Z');
    await at.run((ctx) =>
      sendSignInCode(ctx, {
        to: { phone: '+84987654321' },
        code: '445566',
        minutes: 5,
        key: crypto.randomUUID(),
      }),
    );
    const { rows } = await world.owner.query(
      `select id, sealed from notifications_message where phone = '+84987654321'`,
    );
    expect(rows[0].sealed).not.toBeNull();
    await outside.attempt(at, rows[0].id);
    expect(outside.sms.taken[0]!.text).toContain('ma dang nhap 445566');
    expect(
      (await world.owner.query('select sealed from notifications_message where id = $1', [rows[0].id])).rows,
    ).toEqual([{ sealed: null }]);
    expect(
      JSON.stringify(
        (await world.owner.query('select * from notifications_message, notifications_delivery')).rows,
      ),
    ).not.toContain('445566');
  });

  it('a code whose time is over is not sent', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    const key = crypto.randomUUID();
    await at.run((ctx) =>
      sendSignInCode(ctx, { to: { phone: '+84987654322' }, code: '445577', minutes: 5, key }),
    );
    const { rows } = await world.owner.query(
      `select id from notifications_message where phone = '+84987654322'`,
    );
    outside.now = later(5 * 60_000);
    await outside.attempt(at, rows[0].id);
    expect(await outside.deliveriesOf(rows[0].id)).toMatchObject([
      { state: 'failed', error_code: 'expired', attempts: 0 },
    ]);
    expect(outside.sms.taken).toEqual([]);
  });
});

describe('after a crash between sending and recording', () => {
  /** Leaves a delivery as a process would that died in the middle. */
  async function died(at: Errand) {
    const id = await outside.told(at, filed());
    await world.owner.query(`update notifications_delivery set state = 'sending' where message_id = $1`, [
      id,
    ]);
    outside.now = later(11 * 60_000);
    await sweepDeliveries(at);
    await outside.attempt(at, id);
    return outside.deliveriesOf(id);
  }

  it('is repeated under the same id where the gateway drops repeats: told once', async () => {
    expect(await died(outside.errand({ sms: outside.sms.settings }))).toMatchObject([
      { state: 'sent', attempts: 2 },
    ]);
    expect(outside.sms.taken).toHaveLength(1);
  });

  it('is left to the staff where the gateway would send it again: told once', async () => {
    expect(
      await died(outside.errand({ sms: { ...outside.sms.settings, dropsRepeats: false } })),
    ).toMatchObject([{ state: 'failed', error_code: 'outcome_unknown' }]);
    expect(outside.sms.taken).toHaveLength(1);
  });

  it('what lost its job is queued again; what others work on is left alone', async () => {
    const at = outside.errand({ sms: outside.sms.settings });
    const { id } = await at.run((ctx) => notify(ctx, filed()));
    await sweepDeliveries(at);
    await world.owner.query('delete from jobs._private_jobs');
    outside.now = later(11 * 60_000);
    await sweepDeliveries(outside.errand({ sms: outside.sms.settings }, world.neighbour));
    const queued = async () =>
      (await world.owner.query('select count(*)::int as n from jobs._private_jobs')).rows[0].n;
    expect(await queued()).toBe(0);
    await sweepDeliveries(at);
    expect(await queued()).toBeGreaterThan(0);
    await outside.attempt(at, id);
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'sent' }]);
  });
});

describe('another commune', () => {
  it('cannot deliver this one’s messages', async () => {
    const place = { sms: outside.sms.settings };
    const { id } = await outside.errand(place).run((ctx) => notify(ctx, filed()));
    const [row] = await outside.deliveriesOf(id);
    await deliver(outside.errand(place, world.neighbour), { delivery: row!.id });
    expect(outside.sms.taken).toEqual([]);
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'queued', attempts: 0 }]);
  });
});
