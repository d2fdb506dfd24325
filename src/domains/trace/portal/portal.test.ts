import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { official, system, testInstallation, useWorld } from '#test/world';
import { packOf, teaHouse, type House } from '../lot/fixture.ts';
import { holdLot } from '../lot/hold.actions.ts';
import { PORTAL } from './manifest.ts';
import { PORTAL_ERRAND, queueForPortal, tellPortalAgain } from './portal.actions.ts';
import { portalDesk } from './portal.queries.ts';
import { portalOf, readAnswer } from './portal.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const TOKEN = 'a secret of the portal';
let house: House;

/** A portal of our own making: nobody knows the real one. It keeps what it is told and answers as it is set. */
const told: { method: string; path: string; token: string; body: { trace_code: string } }[] = [];
let says: { status: number; body: string };
let server: Server;

beforeAll(async () => {
  house = await as(system, teaHouse);
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      told.push({ method, path: url, token: headers.authorization ?? '', body: JSON.parse(body) });
      response.writeHead(says.status).end(says.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => void server?.close());
beforeEach(() => {
  told.length = 0;
  says = { status: 201, body: '{"reference":"TX-1"}' };
});

function setPortal(url?: string): void {
  const { port } = server.address() as AddressInfo;
  const portal = { url: url ?? `http://127.0.0.1:${port}/lots/{code}`, token: TOKEN };
  world.wiring.installation = testInstallation({ trace: { communes: { 'tuc-tranh': portal } } });
}

/** What the worker does: the queued errands of this lot, outside any transaction. */
const errand = (lot: string) =>
  PORTAL.errands[PORTAL_ERRAND]!(
    { run: (work) => as(system, work) } as Parameters<(typeof PORTAL.errands)[typeof PORTAL_ERRAND]>[0],
    { lot },
  );
const aPack = () => as(specialist, (ctx) => packOf(ctx, house));
const lineOf = async (id: string) =>
  (await as(specialist, (ctx) => portalDesk(ctx, { limit: 100 }))).items.find(({ lotId }) => lotId === id);

it('tells nobody of anything until the operator has set an address', async () => {
  world.wiring.installation = testInstallation();
  const { pack } = await aPack();
  expect(await as(system, queueForPortal)).toBe(0);
  expect(await as(specialist, (ctx) => portalDesk(ctx))).toMatchObject({ on: false, items: [] });
  await errand(pack);
  expect(told).toEqual([]);
});

describe('a released lot', () => {
  it('waits, is told of by its minimum data, and is confirmed; then it is told of no more', async () => {
    setPortal();
    const { pack, code, leaf } = await aPack();
    expect(await as(system, queueForPortal)).toBeGreaterThan(0);
    expect(await lineOf(pack)).toMatchObject({ state: 'waiting', tries: 0 });
    expect(await lineOf(leaf)).toBeUndefined();
    await errand(pack);
    expect(told).toMatchObject([
      { method: 'PUT', path: `/lots/${code}`, token: `Bearer ${TOKEN}`, body: { lot: { code } } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Bà Mẫu|Cán bộ|0912345678/);
    expect(await lineOf(pack)).toMatchObject({ state: 'acknowledged', reference: 'TX-1', answer: null });
    await errand(pack);
    expect(told).toHaveLength(1);
  });

  it('that was taken but not confirmed is asked about again by the very same request', async () => {
    setPortal();
    const { pack } = await aPack();
    says = { status: 202, body: '' };
    await as(system, queueForPortal);
    await errand(pack);
    expect(await lineOf(pack)).toMatchObject({ state: 'sent', tries: 1 });
    says = { status: 200, body: '{"reference":"TX-2"}' };
    await errand(pack);
    expect(told[1]).toEqual(told[0]);
    expect(await lineOf(pack)).toMatchObject({ state: 'acknowledged', reference: 'TX-2', tries: 2 });
  });

  it('that was refused stays so with the reason until somebody sends it again', async () => {
    setPortal();
    const { pack } = await aPack();
    says = { status: 422, body: '{"message":"Thiếu ảnh sản phẩm"}' };
    await as(system, queueForPortal);
    await errand(pack);
    expect(await lineOf(pack)).toMatchObject({ state: 'refused', answer: '422: Thiếu ảnh sản phẩm' });
    await errand(pack);
    expect(told).toHaveLength(1);
    const again = (actor: typeof specialist) => as(actor, (ctx) => tellPortalAgain(ctx, pack));
    await expect(again(official('auditor'))).rejects.toMatchObject({ code: 'refused' });
    await again(specialist);
    await expect(again(specialist)).rejects.toMatchObject({ code: 'trace.portal.not_refused' });
    says = { status: 201, body: 'not JSON' };
    await errand(pack);
    expect(await lineOf(pack)).toMatchObject({ state: 'acknowledged', tries: 2 });
  });

  it('waits while the portal is down, and while it is held itself', async () => {
    setPortal();
    const { pack } = await aPack();
    says = { status: 503, body: 'Bảo trì' };
    await as(system, queueForPortal);
    await errand(pack);
    expect(await lineOf(pack)).toMatchObject({ state: 'waiting', tries: 1, answer: '503: Bảo trì' });
    setPortal('http://127.0.0.1:1/{code}');
    await errand(pack);
    expect(await lineOf(pack)).toMatchObject({ state: 'waiting', tries: 2, answer: expect.any(String) });
    setPortal();
    says = { status: 201, body: '{}' };
    await as(specialist, (ctx) => holdLot(ctx, pack, { reason: 'x' }));
    await errand(pack);
    expect(told).toHaveLength(1);
    expect(await lineOf(pack)).toMatchObject({ state: 'waiting', lotState: 'held' });
  });
});

it('an address must be https, this machine apart, and its secret is never told', () => {
  const portal = (url: string) =>
    portalOf(testInstallation({ trace: { communes: { x: { url, token: TOKEN } } } }), { slug: 'x' });
  expect(portal('https://truyxuat.example/{code}')).toMatchObject({ token: TOKEN });
  for (const url of [
    'http://truyxuat.example/{code}',
    'https://truyxuat.example/',
    'file:///{code}',
    '{code}',
  ])
    expect(() => portal(url)).toThrow(/^Portal settings: communes\.x\.url$/);
});

it('an answer is yes, no, or nothing to go by', () => {
  const states = (...all: number[]) => [...new Set(all.map((status) => readAnswer(status, '').state))];
  expect(states(200, 201, 204)).toEqual(['acknowledged']);
  expect(states(202)).toEqual(['sent']);
  expect(states(400, 404, 409, 422)).toEqual(['refused']);
  expect(states(401, 403, 408, 429, 301, 500, 503)).toEqual(['again']);
  expect(readAnswer(422, 'x'.repeat(9_000)).text).toHaveLength(305);
});
