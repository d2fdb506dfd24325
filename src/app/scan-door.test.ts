/** The page behind a code, as a phone gets it by HTTP. */
import { randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { giveConsent } from '#domain/producers';
import { printLabels, startRecall } from '#domain/trace';
import { official, system, useWorld } from '#test/world';
import { packOf, teaHouse, type House } from '../domains/trace/lot/fixture.ts';
import { holdLot, liftHold } from '../domains/trace/lot/hold.actions.ts';
import { endRecall } from '../domains/trace/lot/recall.actions.ts';
import type { Runtime } from './runtime.ts';
import { openScanDoor, type ScanDoor } from './scan-door.ts';
import { answerScan } from './scan-pages.ts';

/** One round trip after connection carries about 14 kB; the page keeps within 12. */
const MOST_BYTES = 12_000;
const GTIN = '08938500000010';
const world = useWorld();
const specialist = official('specialist');
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const by = <T>(work: Parameters<typeof world.as<T>>[1]) => world.as(specialist, work, NOW);
let house: House;
let server: Server;
let door: ScanDoor;
let base: string;

beforeAll(async () => {
  house = await world.as(system, teaHouse, NOW);
  const { handle, wiring, commune } = world;
  const runtime = {
    handle,
    wiring,
    communes: { byHost: async () => commune, all: async () => [commune] },
    log: { error: () => undefined },
  } as unknown as Runtime;
  runtime.scanPages = { answer: (where, asked) => answerScan(runtime, where, asked) };
  door = openScanDoor(runtime);
  server = createServer((asked, answer) => void door.handle(asked, answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await door?.stop();
  server?.close();
});

type Got = { status: number; headers: Record<string, unknown>; bytes: Buffer };

/** As it comes over the wire: nothing is unpacked. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((done, fail) => {
    const asked = request(`${base}${path}`, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        done({ status: answer.statusCode!, headers: answer.headers, bytes: Buffer.concat(parts) }),
      );
    });
    asked.on('error', fail).end();
  });
}

const text = async (path: string) => (await get(path)).bytes.toString();
const aPack = () => by((ctx) => packOf(ctx, house));
const pathOf = (code: string, serial?: string) => `/01/${GTIN}/10/${code}${serial ? `/21/${serial}` : ''}`;

async function printed(pack: string): Promise<string[]> {
  const run = await by((ctx) => printLabels(ctx, pack, { paper: 'roll-50x30', serialised: true, count: 2 }));
  const { rows } = await world.owner.query('select serial from trace_serial where run_id = $1', [run]);
  return rows.map(({ serial }: { serial: string }) => serial);
}

it('comes whole and small in one answer, packed where that is asked for', async () => {
  const { code } = await aPack();
  const plain = await get(pathOf(code));
  const packed = await get(pathOf(code), { 'accept-encoding': 'gzip, deflate, br' });
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
  expect(packed.bytes.length).toBeLessThan(MOST_BYTES);
  expect(plain.bytes.toString()).not.toMatch(/<script|<link rel="stylesheet"/);
  const head = await get(pathOf(code), {}, 'HEAD');
  expect([head.bytes.length, head.headers['content-length']]).toEqual([0, String(plain.bytes.length)]);
});

it('says at the very next scan that a lot is held, free again, called back, and back', async () => {
  const { code, pack } = await aPack();
  const [serial] = await printed(pack);
  const both = async () => [await text(pathOf(code)), await text(pathOf(code, serial))];
  const stops = async () => (await both()).map((page) => (page.match(/role="alert"/g) ?? []).length);
  expect(await stops()).toEqual([0, 0]);
  await by((ctx) => holdLot(ctx, pack, { reason: 'x' }));
  expect(await stops()).toEqual([1, 1]);
  const { rows } = await world.owner.query('select id from trace_hold where lot_id = $1', [pack]);
  await by((ctx) => liftHold(ctx, (rows[0] as { id: string }).id, { reason: 'x' }));
  expect(await stops()).toEqual([0, 0]);
  const id = randomUUID();
  await by((ctx) =>
    startRecall(ctx, { id, lotIds: [pack], reason: 'x', publicVi: 'Xin đừng dùng <gói này>.' }),
  );
  for (const page of await both()) {
    expect(page).toContain('Xin đừng dùng &lt;gói này>.');
    expect(page.indexOf('role="alert"')).toBeLessThan(page.indexOf('<h1'));
  }
  await by((ctx) => endRecall(ctx, id, { reason: 'x' }));
  expect(await stops()).toEqual([0, 0]);
});

it('of two packs of a lot tells each its own number, and of a made-up one that it is unknown', async () => {
  const { code, pack } = await aPack();
  const [one, two] = (await printed(pack)) as [string, string];
  const [first, second] = [await text(pathOf(code, one)), await text(pathOf(code, two))];
  expect([first.includes(one), first.includes(two), second.includes(two), second.includes(one)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(first.replaceAll(one, two)).toBe(second);
  expect(first).not.toMatch(/class="warning/);
  expect(await text(pathOf(code, '22222222'))).toMatch(/class="warning[^>]* care/);
  const odd = await text(`${pathOf(code)}/21/%3Cb%3E%26x`);
  expect(odd).toContain('&lt;b>&amp;x');
  expect(odd).not.toContain('<b>');
  expect(odd).toMatch(/class="warning[^>]* care/);
});

it('is scanned by many at once, each told of the pack in his hand', async () => {
  const packs = [await aPack(), await aPack(), await aPack()];
  await by((ctx) => holdLot(ctx, packs[1]!.pack, { reason: 'x' }));
  const asked = Array.from({ length: 60 }, (_, at) => packs[at % 3]!.code);
  const pages = await Promise.all(asked.map((code) => text(pathOf(code))));
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(asked[at]!);
    expect(page.includes('role="alert"')).toBe(at % 3 === 1);
  }
});

it('of what has no label is not there', async () => {
  const got = await get(pathOf('G261123-222222'), { 'accept-encoding': 'gzip' });
  expect(got.status).toBe(404);
  expect(gunzipSync(got.bytes).toString()).toContain('G261123-222222');
  expect((await get(`/01/${GTIN.replace(/0$/, '1')}/10/X`)).status).toBe(400);
});

it('names the maker’s telephone only where the maker agreed to that', async () => {
  const { code } = await aPack();
  const phone = 'href="tel:+84912345678"';
  expect(await text(pathOf(code))).not.toContain(phone);
  const agree = (parts: ('profile' | 'contact' | 'packs')[]) =>
    world.as(official('clerk'), (ctx) => giveConsent(ctx, house.producerId, { parts, givenBy: 'Bà Mẫu' }));
  await agree(['profile', 'contact']);
  expect(await text(pathOf((await aPack()).code))).not.toContain(phone);
  await agree(['profile', 'packs']);
  const next = pathOf((await aPack()).code);
  expect(await text(next)).toContain(`${phone}`);
  expect(await text(next)).toContain('0912 345 678');
  expect(await text(`${next}?lang=en`)).toContain('+84 912 345 678');
});

it('is counted, without a word of who scanned', async () => {
  const { code, pack } = await aPack();
  for (let scan = 0; scan < 3; scan += 1) await get(pathOf(code));
  await get(pathOf(code), {}, 'HEAD');
  await door.stop();
  const { rows } = await world.owner.query(
    'select sum(scans)::int as scans from trace_scan where lot_id = $1',
    [pack],
  );
  expect(rows[0]).toEqual({ scans: 3 });
});
