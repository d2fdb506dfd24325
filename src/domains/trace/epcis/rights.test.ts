/** Named queries, subscriptions, and who sees what. */
import { beforeAll, describe, expect, it } from 'vitest';
import { system } from '#test/world';
import { delivered, nextDelivery } from './deliver.actions.ts';
import { BASE, document, EVENTS, eventsOf, LOT, useInterface, type Who } from './interface-fixture.ts';
import { isDue, readSchedule } from './schedule.ts';
import { signatureOf } from './webhook.ts';

const { world, call, ids } = useInterface();

beforeAll(async () => {
  await call('clerk', 'POST', '/capture', document(EVENTS));
});

describe('queries', () => {
  it('kept under a name, with subscriptions that are signed and lead nowhere inside', async () => {
    const query = { name: 'packed', query: { EQ_bizStep: ['packing'] } };
    expect((await call('one', 'POST', '/queries', query)).status).toBe(201);
    expect((await call('one', 'POST', '/queries', query)).json.type).toBe(
      'epcisException:ResourceAlreadyExistsException',
    );
    expect((await call('one', 'GET', '/queries')).json).toEqual([query]);
    expect((await call('two', 'GET', '/queries/packed')).status).toBe(404);
    expect(await ids('one', '/queries/packed/events')).toEqual([]);
    for (const bad of [
      {},
      { dest: 'http://a.example/', stream: true },
      { dest: 'https://a.example/' },
      { dest: 'https://a.example/', schedule: { hour: '25' } },
    ])
      expect((await call('one', 'POST', '/queries/packed/subscriptions', bad)).json.type).toBe(
        'epcisException:SubscriptionControlsException',
      );
    const made = await call('one', 'POST', '/queries/packed/subscriptions', {
      dest: 'https://a.example/hook',
      stream: true,
      signatureToken: 'secret-secret',
    });
    expect([made.status, JSON.stringify(made.json).includes('secret')]).toEqual([201, false]);
    const id = String(made.json.subscriptionID);
    await call(
      'two',
      'POST',
      '/capture',
      document([{ ...BASE, bizStep: 'packing', epcList: ['urn:two:1'] }]),
    );
    await call(
      'one',
      'POST',
      '/capture',
      document([{ ...BASE, bizStep: 'packing', epcList: ['urn:one:1'] }]),
    );
    const next = await world.as(system, (ctx) => nextDelivery(ctx, id));
    expect([next?.token, next?.body?.includes('urn:one:1'), next?.body?.includes('urn:two:1')]).toEqual([
      'secret-secret',
      true,
      false,
    ]);
    await world.as(system, (ctx) => delivered(ctx, id, next!));
    expect((await world.as(system, (ctx) => nextDelivery(ctx, id)))?.body).toBeNull();
    expect((await call('one', 'DELETE', `/queries/packed/subscriptions/${id}`)).status).toBe(204);
    expect((await call('one', 'DELETE', '/queries/packed')).status).toBe(204);
    expect((await call('one', 'GET', '/queries/packed')).json.type).toBe(
      'epcisException:NoSuchNameException',
    );
    expect(signatureOf('k', 'b')).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect([
      isDue(readSchedule({ hour: '1', minute: '5' })!, new Date('2026-03-01T18:05:30Z')),
      isDue(readSchedule({ dayOfWeek: '[1-5]' })!, new Date('2026-03-01T05:00:00Z')),
    ]).toEqual([true, false]);
  });
});

describe('rights', () => {
  it('a producer sees its own, strangers the public profile of what is public, a neighbour nothing', async () => {
    const open = {
      ...BASE,
      eventID: 'urn:uuid:44444444-4444-4444-8444-444444444444',
      epcList: ['urn:x:open', 'urn:epc:id:gsrn:8938500.0000010253'],
      bizTransactionList: [{ bizTransaction: 'urn:x:deal' }],
      'ex:farmer': 'Nguyễn Thị Thử',
      action: 'ADD',
      ilmd: { 'cbvmda:lotNumber': 'L', 'ex:phone': '0900' },
    };
    await call('two', 'POST', '/capture', document([open]), { 'xa-disclosure': 'public' });
    const seen = async (who: Who) =>
      JSON.stringify(eventsOf(await call(who, 'GET', '/epcs/urn:x:open/events')));
    expect(await seen('two')).toContain('Nguyễn Thị Thử');
    for (const who of ['one', null] as const) {
      expect(await seen(who)).toContain('"cbvmda:lotNumber":"L"');
      expect(await seen(who)).not.toMatch(/Nguyễn|0900|deal|gsrn/);
      expect(await ids(who, '/events?EQ_ex:farmer=Nguyễn Thị Thử')).toEqual([]);
    }
    expect((await call(null, 'GET', '/events')).status).toBe(200);
    expect(await ids(null, `/epcs/${encodeURIComponent(LOT)}/events`)).toEqual([]);
    expect(eventsOf(await call(null, 'GET', '/events', undefined, { host: 'phu-do.localhost' }))).toEqual([]);
    expect((await call(null, 'GET', '/queries')).status).toBe(401);
  });

  it('every path answers OPTIONS with what it can', async () => {
    for (const path of [
      '/',
      '/capture',
      '/capture/x',
      '/events',
      '/events/x',
      '/eventTypes',
      '/epcs',
      '/epcs/x',
      '/epcs/x/events',
      '/bizSteps',
      '/queries',
      '/queries/x',
      '/queries/x/events',
      '/queries/x/subscriptions',
      '/queries/x/subscriptions/y',
    ]) {
      const answered = await call(null, 'OPTIONS', path);
      expect([path, answered.status, answered.headers.get('gs1-epcis-max')]).toEqual([path, 204, '2.0.0']);
      expect(answered.headers.get('allow')).toMatch(/^OPTIONS, GET/);
    }
    expect((await call('clerk', 'DELETE', '/events')).headers.get('allow')).toBe('OPTIONS, GET, POST');
  });
});
