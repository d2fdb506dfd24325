import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiskStore } from '#kernel/files/disk-store.server';
import type { FileStore } from '#kernel/files/store';
import { closeThreads } from '#kernel/threads/pool.server';
import { jpeg } from '#test/pictures';
import { anonymous, citizen, official, useWorld } from '#test/world';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/context';
import { aPick, aSpray, aWork } from '../diary/fixtures.ts';
import { diaryStage } from '../diary/stage-fixture.ts';
import { GET } from '../phone/bundle/+server.ts';
import { HEAD, PUT } from '../phone/photo/[entry]/[photo]/+server.ts';
import { POST } from '../phone/sync/+server.ts';
import { shutOutDevice } from './device.actions.ts';
import { listAllDevices, listDevices } from './devices.queries.ts';
import { eventOf, type Ask } from './event-fixture.ts';

const world = useWorld();
type Stage = Awaited<ReturnType<typeof diaryStage>>;
let stage: Stage;
let grower: Stage['grower'];
let files: FileStore;
const folder = mkdtempSync(join(tmpdir(), 'xa-photos-'));

beforeAll(async () => {
  stage = await diaryStage(world);
  ({ grower } = stage);
  files = await openDiskStore(folder);
});
afterAll(async () => {
  await closeThreads();
  rmSync(folder, { recursive: true });
});

const event = (path: string, ask: Ask) => eventOf({ actor: grower, files, as: stage.as, ...ask }, path);
const bundle = (ask: Ask & { query?: string } = {}) =>
  GET(event(`/nhat-ky/du-lieu${ask.query ?? ''}`, ask) as never);
const post = (value: unknown, ask: Ask = {}) => {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return POST(event('/nhat-ky/dong-bo', { method: 'POST', body, ...ask }) as never);
};
const device_id = randomUUID();
const sending = (entries: unknown[], more: object = {}) => ({
  device_id,
  device_name: 'Điện thoại mẫu',
  sent_at: '2026-11-23T08:00:00+07:00',
  entries,
  ...more,
});

describe('the outbox', () => {
  it('is answered entry by entry in the order sent, however often it comes', async () => {
    const plot = await stage.plot();
    const base = { plot_ids: [plot], household_id: stage.household };
    const entries = [
      aPick({ ...base, at: '2026-11-12' }),
      { id: 'broken' },
      aSpray({ ...base, at: '2026-11-10' }),
      aWork({ ...base, at: '2026-11-09' }),
    ];
    const first = (await (await post(sending(entries))).json()) as {
      results: { id: string; state: string }[];
    };
    expect(first.results.map(({ id, state }) => [id, state])).toEqual([
      [entries[0]!.id, 'refused'],
      ['broken', 'refused'],
      [entries[2]!.id, 'accepted'],
      [entries[3]!.id, 'accepted'],
    ]);
    for (const again of [entries, entries.toReversed(), [...entries, ...entries]]) {
      const { results } = (await (await post(sending(again))).json()) as typeof first;
      const states = new Map(results.map(({ id, state }) => [id, state]));
      expect(states).toEqual(new Map(first.results.map(({ id, state }) => [id, state])));
    }
    const twice = await Promise.all([post(sending(entries)), post(sending(entries.toReversed()))]);
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    const { rows } = await world.owner.query(
      'select count(*)::int as n from farming_entry_plot where plot_id = $1',
      [plot],
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('is taken from this origin and from who is signed in only, and in reason', async () => {
    const code = async (answer: Response | Promise<Response>) => {
      const found = await answer;
      return [found.status, ((await found.json()) as { code: string }).code];
    };
    const headers = { origin: 'https://evil.example' };
    expect(await code(post(sending([]), { headers }))).toEqual([403, 'farming.sync.foreign']);
    expect(await code(post(sending([]), { headers: { origin: 'null' } }))).toEqual([
      403,
      'farming.sync.foreign',
    ]);
    expect(await code(post(sending([]), { actor: anonymous }))).toEqual([401, 'sign_in_needed']);
    expect(await code(bundle({ actor: anonymous }))).toEqual([401, 'sign_in_needed']);
    const others = sending([], { person_id: 'somebody else' });
    expect(await code(post(others))).toEqual([403, 'farming.sync.other_person']);
    expect(await code(post('{'))).toEqual([400, 'farming.sync.not_json']);
    expect(await code(post(' '.repeat(2_000_001)))).toEqual([413, 'farming.sync.too_large']);
    for (const wrong of [null, 7, [], {}, sending([], { device_id: 'x' }), sending([], { sent_at: 'now' })])
      expect(await code(post(wrong))).toEqual([422, 'input.invalid']);
    expect(await code(post(sending(Array.from({ length: 501 }, () => ({})))))).toEqual([
      422,
      'input.invalid',
    ]);
  });

  it('survives every odd text', async () => {
    const plot = await stage.plot();
    const base = { plot_ids: [plot], household_id: stage.household, at: '2026-11-09' };
    const odd = [
      '\ud800',
      'a\u0000b',
      '\u202e',
      '‮',
      '𝒳'.repeat(200),
      "'; drop table farming_entry; --",
      '{}',
    ];
    const entries = odd.map((what) => ({ ...aWork(base), details: { what, note: what } }));
    const sent = JSON.stringify(sending([...entries, { ...aWork(base), details: 'NESTED' }, { id: odd[0] }]));
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const answer = await post(sent.replace('"NESTED"', nested));
    expect(answer.status).toBe(200);
    const { results } = (await answer.json()) as { results: unknown[] };
    expect(results).toHaveLength(odd.length + 2);
    expect((await bundle()).status).toBe(200);
  });
});

describe('the bundle', () => {
  it('holds what somebody writes for, and nothing of others', async () => {
    const plot = await stage.plot();
    const foreign = await stage.plot(stage.other, stage.mau);
    const ids = async (actor: Actor) => {
      const found = (await (await bundle({ actor })).json()) as {
        plots: { id: string }[];
        holders: unknown[];
      };
      return { holders: found.holders, plots: found.plots.map(({ id }) => id) };
    };
    for (const actor of [grower, stage.technician]) {
      const { plots } = await ids(actor);
      expect([plots.includes(plot), plots.includes(foreign)]).toEqual([true, false]);
    }
    expect((await ids(stage.technician)).holders).toContainEqual({
      household_id: stage.household,
      producer_id: null,
      name: 'Tô Văn Mẫu',
      own: false,
    });
    for (const actor of [citizen('+84933333333'), official('admin')])
      expect(await ids(actor)).toEqual({ holders: [], plots: [] });
  });

  it('is not sent again while nothing changed', async () => {
    const etag = (await bundle()).headers.get('etag')!;
    const same = await bundle({ headers: { 'if-none-match': etag } });
    expect([same.status, await same.text()]).toEqual([304, '']);
    await stage.plot();
    expect((await bundle({ headers: { 'if-none-match': etag } })).status).toBe(200);
  });
});

describe('a lost phone', () => {
  it('is shut out by its owner, a technician or an official, not by others', async () => {
    const plot = await stage.plot();
    const entry = () => aWork({ plot_ids: [plot], household_id: stage.household, at: '2026-11-09' });
    const lost = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of lost) expect((await post(sending([entry()], { device_id: id }))).status).toBe(200);
    const shut = (actor: Actor, id: string) => stage.as(actor, (ctx) => shutOutDevice(ctx, id));
    await expect(shut(stage.neighbour, lost[0]!)).rejects.toMatchObject({ code: 'refused' });
    await expect(shut(stage.neighbour, randomUUID())).rejects.toMatchObject({ code: 'refused' });
    await expect(shut(stage.specialist, 'x')).rejects.toMatchObject({ code: 'farming.device.not_found' });
    for (const [at, actor] of [grower, stage.technician, stage.specialist].entries())
      await shut(actor, lost[at]!);
    for (const id of lost) {
      expect((await post(sending([entry()], { device_id: id }))).status).toBe(403);
      expect((await bundle({ query: `?device=${id}` })).status).toBe(403);
    }
    expect((await post(sending([entry()]))).status).toBe(200);
    const shown = async (actor: Actor, list = listDevices) =>
      (await stage.as(actor, list))
        .filter(({ shutOutAt }) => shutOutAt)
        .map(({ id }) => id)
        .sort();
    expect(await shown(grower)).toEqual(lost.toSorted());
    expect(await shown(stage.technician)).toEqual(lost.toSorted());
    expect(await shown(stage.neighbour)).toEqual([]);
    expect(await shown(stage.specialist, listAllDevices)).toEqual(lost.toSorted());
    await expect(shown(stage.neighbour, listAllDevices)).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('photos', () => {
  const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  let entryId: string;
  let photo: Buffer;

  beforeAll(async () => {
    const entry = aWork({ plot_ids: [await stage.plot()], household_id: stage.household, at: '2026-11-09' });
    await post(sending([entry]));
    entryId = entry.id;
    photo = Buffer.from(await jpeg(320, 200));
  });

  const ask = (id: string, headers: Record<string, string> = {}, body?: Uint8Array, more: Ask = {}) =>
    event(`/nhat-ky/anh/${entryId}/${id}`, {
      method: body ? 'PUT' : 'HEAD',
      params: { entry: entryId, photo: id },
      headers,
      ...(body && { body: body as BodyInit }),
      ...more,
    }) as never;
  const piece = (id: string, from: number, to: number, bytes: Buffer = photo, more: Ask = {}) => {
    const headers = {
      'upload-offset': String(from),
      'upload-length': String(bytes.length),
      'upload-digest': digestOf(bytes),
    };
    return PUT(ask(id, headers, bytes.subarray(from, to), more));
  };
  const stateOf = (answer: Response) => [
    answer.status,
    answer.headers.get('upload-offset'),
    answer.headers.get('upload-complete'),
  ];

  it('come in pieces, go on where they were cut off, and are kept once', async () => {
    const id = randomUUID();
    const half = Math.floor(photo.length / 2);
    expect((await HEAD(ask(id))).status).toBe(404);
    expect(stateOf(await piece(id, 0, half))).toEqual([200, String(half), '?0']);
    expect(stateOf(await HEAD(ask(id)))).toEqual([200, String(half), '?0']);
    expect(stateOf(await piece(id, 0, half))).toEqual([409, String(half), null]);
    expect(stateOf(await piece(id, half + 1, photo.length))).toEqual([409, String(half), null]);
    expect(stateOf(await piece(id, half, photo.length))).toEqual([200, String(photo.length), '?1']);
    expect(stateOf(await piece(id, half, photo.length))).toEqual([200, String(photo.length), '?1']);
    expect(stateOf(await HEAD(ask(id)))).toEqual([200, String(photo.length), '?1']);
    const { rows } = await world.owner.query('select hash, type from farming_photo where id = $1', [id]);
    expect(rows).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, type: 'image/jpeg' }]);
    expect(await files.has(rows[0].hash)).toBe(true);
    const left = await world.owner.query('select 1 from farming_photo_piece');
    expect(left.rows).toEqual([]);
  });

  it('that are damaged, too long, no photos or others under the same id are refused', async () => {
    const id = randomUUID();
    const other = Buffer.from(photo);
    other[40]! ^= 1;
    const headers = {
      'upload-offset': '0',
      'upload-length': String(photo.length),
      'upload-digest': digestOf(photo),
    };
    expect((await PUT(ask(id, headers, other))).status).toBe(422);
    expect(stateOf(await HEAD(ask(id)))).toEqual([200, '0', '?0']);
    expect((await piece(id, 0, 10, other)).status).toBe(409);
    const long = { ...headers, 'upload-length': '5', 'upload-digest': digestOf(photo) };
    expect((await PUT(ask(randomUUID(), long, photo))).status).toBe(422);
    const text = Buffer.from('<svg onload=alert(1)>');
    expect((await piece(randomUUID(), 0, text.length, text)).status).toBe(415);
    for (const wrong of [
      { 'upload-offset': '-1' },
      { 'upload-length': '99999999' },
      { 'upload-digest': 'x' },
    ])
      expect((await PUT(ask(randomUUID(), { ...headers, ...wrong }, photo))).status).toBeGreaterThanOrEqual(
        409,
      );
    expect((await PUT(ask(randomUUID(), headers, Buffer.alloc(1_048_577)))).status).toBe(413);
    expect(stateOf(await piece(id, 0, photo.length))).toEqual([200, String(photo.length), '?1']);
  });

  it('are sent by who may write the entry', async () => {
    const whole = photo.length;
    for (const actor of [stage.neighbour, official('auditor')])
      expect((await piece(randomUUID(), 0, whole, photo, { actor })).status).toBe(403);
    expect((await piece(randomUUID(), 0, whole, photo, { actor: anonymous })).status).toBe(401);
    expect((await piece(randomUUID(), 0, whole, photo, { actor: stage.technician })).status).toBe(200);
    const headers = { origin: 'https://evil.example' };
    expect((await piece(randomUUID(), 0, whole, photo, { headers })).status).toBe(403);
    expect((await HEAD(ask(randomUUID(), {}, undefined, { actor: stage.neighbour }))).status).toBe(403);
  });
});
