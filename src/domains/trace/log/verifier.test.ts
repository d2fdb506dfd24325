/** The stand-alone verifier (`verify/verify.mjs`) against a real log and a hand that tampers with it. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous, system, useWorld } from '#test/world';
import {
  askServer,
  auditLog,
  checkBundle,
  checkConsistency,
  eventHash,
  followKeys,
  openCheckpoint,
  readKey,
  verifyEd25519,
  type Key,
} from '../../../../verify/verify.mjs';
import { appendLeaves } from './append.ts';
import { hashOfEventId } from './leaf.ts';
import { rotateLogKey } from './log.actions.ts';
import { logTools } from './log-fixture.ts';
import { signNote, verifierKeyOf } from './note.ts';
import { getLog, keyView, proofOf, type ProofBundle } from './proof.queries.ts';
import type { LeafSources } from './source.ts';

const world = useWorld();
const { grow, sequence, empty, tamper, strangerFetch } = logTools(world);

const EVENT = {
  '@context': [
    'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    { xa: 'https://xa.example/' },
  ],
  type: 'ObjectEvent',
  eventTime: '2026-11-02T08:30:00.000+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'ADD',
  bizStep: 'commissioning',
  epcList: ['https://id.gs1.org/01/08930000000014/10/KC-0012'],
  'xa:grade': 'một tôm hai lá',
};
const LOT = { code: 'KC-0012', made_on: '2026-11-02', grams: 12_000n };

/** What the rooms would answer; a test changes it as a hand in the database would. */
let stored: { event: Record<string, unknown>; lot: unknown };
const sources: LeafSources = {
  epcis_event: async (_, ids) => new Map(ids.map((id) => [id, { event: stored.event }])),
  lot: async (_, ids) => new Map(ids.map((id) => [id, { content: stored.lot }])),
};

const ask = () => askServer('https://xa.example', strangerFetch());
const bundleNow = () => world.as(anonymous, (ctx) => proofOf(ctx, 'KC-0012', sources));
const state = () => world.as(anonymous, getLog);
const codes = (found: { faults: { code: string }[] }) => found.faults.map(({ code }) => code);
let keys: Key[];
let first: string;

beforeEach(async () => {
  await empty();
  stored = { event: structuredClone(EVENT), lot: { ...LOT } };
  const id = await eventHash(EVENT);
  await grow(300, 'before');
  first = (await state()).head.note;
  await world.as(system, (ctx) =>
    appendLeaves(ctx, [
      { kind: 'epcis_event', id, hash: hashOfEventId(id), event: EVENT, about: ['KC-0012'] },
      { kind: 'lot', id: 'KC-0012', content: LOT },
    ]),
  );
  await sequence();
  await grow(400, 'after');
  keys = [await readKey(keyView((await state()).keys[0]!).key)];
});

describe('a lot', () => {
  it('that nobody touched is right, against the pinned key and a kept checkpoint, with and without a network', async () => {
    const bundle = await bundleNow();
    const online = await checkBundle(bundle, { keys, kept: first, ask: ask() });
    expect(online.faults).toEqual([]);
    expect(online.checked.map(({ kind, shown }) => [kind, shown])).toEqual([
      ['epcis_event', true],
      ['lot', true],
    ]);
    const older = await openCheckpoint(first, keys);
    const proof = await ask().consistency(older.size, online.size!);
    expect(
      (await checkBundle(JSON.parse(JSON.stringify(bundle)), { keys, kept: first, proof })).faults,
    ).toEqual([]);
  });

  it('is named as altered when one byte of the stored event or lot is another', async () => {
    const id = Object.keys(EVENT).filter((name) => name !== '@context');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...id),
        fc.nat(),
        fc.integer({ min: 1, max: 25 }),
        async (name, at, by) => {
          const text = JSON.stringify((EVENT as Record<string, unknown>)[name]);
          const place = [...text]
            .map((sign, index) => (/[a-z0-9]/i.test(sign) ? index : -1))
            .filter((one) => one >= 0);
          const index = place[at % place.length]!;
          const other = String.fromCharCode(97 + ((text.charCodeAt(index) - 97 + by + 26 * 9) % 26));
          if (other === text[index]) return;
          stored.event = {
            ...EVENT,
            [name]: JSON.parse(text.slice(0, index) + other + text.slice(index + 1)),
          };
          expect(codes(await checkBundle(await bundleNow(), { keys }))).toEqual(['event_altered']);
        },
      ),
      { numRuns: 40 },
    );
    // What the event's own hash is blind to: its id, its record time, another host in an address.
    for (const more of [{ eventID: 'urn:uuid:0' }, { recordTime: '2026-11-02T00:00:00Z' }]) {
      stored.event = { ...EVENT, ...more };
      expect(codes(await checkBundle(await bundleNow(), { keys }))).toEqual(['event_altered']);
    }
    stored.event = EVENT;
    stored.lot = { ...LOT, grams: 12_001n };
    const report = await checkBundle(await bundleNow(), { keys, ask: ask() });
    expect(report.faults).toMatchObject([{ code: 'content_altered', where: 'entry 302 (lot KC-0012)' }]);
  });

  it('is named when its leaf, its proof or the checkpoint is another, by the place of what was altered', async () => {
    const bundle = await bundleNow();
    const changed = (change: (copy: ProofBundle) => void) => {
      const copy = structuredClone(bundle);
      change(copy);
      return checkBundle(copy, { keys, ask: ask() });
    };
    const other = (encoded: string) =>
      Buffer.from(Buffer.from(encoded, 'base64').map((byte, at) => (at === 7 ? byte ^ 4 : byte))).toString(
        'base64',
      );
    expect(codes(await changed(({ items }) => (items[0]!.proof[2] = other(items[0]!.proof[2]!))))).toEqual([
      'proof_altered',
    ]);
    expect(codes(await changed(({ items }) => items[0]!.proof.pop()))).toEqual(['proof_altered']);
    expect(codes(await changed(({ items }) => (items[0]!.index += 1)))).toEqual(['leaf_altered']);
    expect(codes(await changed(({ items }) => (items[1]!.kind = 'lots')))).toEqual(['leaf_altered']);
    expect(codes(await changed(({ items }) => (items[0]!.hash = items[1]!.hash)))).toEqual(['event_altered']);
    expect(
      codes(await changed(({ items }) => (items[1]!.opening!.salt = other(items[1]!.opening!.salt)))),
    ).toEqual(['content_altered']);
    const strange = { name: keys[0]!.name, seed: randomBytes(32) };
    const [body] = bundle.checkpoint.split('\n\n');
    expect(codes(await changed((copy) => (copy.checkpoint = signNote(`${body}\n`, [strange]))))).toEqual([
      'checkpoint_altered',
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(bundle.checkpoint.length - 1), async (at) => {
        const sign = bundle.checkpoint[at] === 'A' ? 'B' : 'A';
        const note = bundle.checkpoint.slice(0, at) + sign + bundle.checkpoint.slice(at + 1);
        expect(codes(await checkBundle({ ...bundle, checkpoint: note }, { keys }))).toEqual([
          'checkpoint_altered',
        ]);
      }),
      { numRuns: 60 },
    );
    expect(codes(await changed((copy) => (copy.items = [])))).toEqual(['nothing_logged']);
    for (const odd of [null, {}, { ...bundle, items: [null] }, { ...bundle, items: [{ index: 'x' }] }])
      expect((await checkBundle(odd, { keys })).faults.length).toBeGreaterThan(0);
  });

  it('is named when the server’s own leaf was altered in the database', async () => {
    await tamper(`update trace_log_leaf set hash = sha256(hash) where idx = 302`);
    const report = await checkBundle(await bundleNow(), { keys, ask: ask() });
    expect(codes(report)).toHaveLength(1);
    expect(report.faults[0]!.where).toContain('entry 302');
  });
});

describe('the log between two days', () => {
  it('is named as rewritten, or as shrunk, when it no longer begins with what was kept', async () => {
    const [older, newer] = [
      await openCheckpoint(first, keys),
      await openCheckpoint((await state()).head.note, keys),
    ];
    expect(await checkConsistency(older, newer, { ask: ask() })).toEqual([]);
    const proof = await ask().consistency(older.size, newer.size);
    for (const at of proof.keys()) {
      const bytes = Buffer.from(proof[at]!, 'base64');
      bytes[3]! ^= 1;
      const wrong = proof.with(at, bytes.toString('base64'));
      expect((await checkConsistency(older, newer, { proof: wrong }))[0]!.code).toBe('log_rewritten');
    }
    expect((await checkConsistency(newer, older, {}))[0]!.code).toBe('log_shrank');
    const root = Uint8Array.from(older.root, (byte, at) => (at === 0 ? byte ^ 1 : byte));
    expect((await checkConsistency({ ...older, root }, newer, { ask: ask() }))[0]!.code).toBe(
      'log_rewritten',
    );
  });
});

describe('the whole log', () => {
  const whole = async (more = {}) => auditLog((await state()).head.note, keys, ask(), more);

  it('is right when nobody touched it', async () => {
    const report = await whole({ kept: first });
    expect(report).toMatchObject({ faults: [], size: 703 });
    expect((await whole({ keptLeaves: Buffer.concat(report.leaves) })).faults).toEqual([]);
  });

  it('names every altered entry and tile by its place', async () => {
    await tamper(`update trace_log_leaf set hash = sha256(hash) where idx = 517`);
    const entries = (await whole()).faults;
    expect(entries[0]).toMatchObject({ code: 'tile_altered', where: 'tile/0/002.p/191' });
    expect(entries[0]!.detail).toContain('entry 517');
    await tamper(
      `update trace_log_leaf set hash = sha256('x') where idx = 517`,
      `update trace_log_leaf set leaf_hash = sha256('y') where idx = 3`,
    );
    const both = (await whole()).faults
      .filter(({ code }) => code === 'tile_altered')
      .map(({ detail }) => detail);
    expect(both[0]).toContain('entry 3:');
    expect(both[1]).toContain('entry 517:');
    await tamper(`update trace_log_node set hash = sha256(hash) where level = 1 and idx = 1`);
    expect((await whole()).faults.map(({ where }) => where)).toContain('tile/1/000.p/2');
  });

  it('that its owner wrote anew, signature and all, is found by what was kept', async () => {
    const kept = await whole();
    await empty();
    await grow(300, 'before');
    await grow(402, 'forged');
    const forged = await state();
    const key = [await readKey(keyView(forged.keys[0]!).key)];
    expect((await auditLog(forged.head.note, key, ask())).faults).toEqual([]);
    expect((await auditLog(forged.head.note, keys, ask())).faults[0]!.code).toBe('checkpoint_altered');
    const against = await auditLog(forged.head.note, key, ask(), { keptLeaves: Buffer.concat(kept.leaves) });
    expect(against.faults.map(({ where }) => where)).toContain('entry 301');
    expect(against.faults.map(({ where }) => where)).not.toContain('entry 300');
  });
});

describe('keys', () => {
  it('are followed from the pinned one by its own word only', async () => {
    await world.as(system, (ctx) => rotateLogKey(ctx, { overlapDays: 0 }));
    const bundle = await bundleNow();
    expect((await checkBundle(bundle, { keys, kept: first, ask: ask() })).faults).toEqual([]);
    const without = { ...bundle, keys: bundle.keys.map((one) => ({ ...one, handover: null })) };
    expect(codes(await checkBundle(without, { keys }))).toEqual(['checkpoint_altered']);
    await world.as(system, (ctx) => rotateLogKey(ctx, { lost: true }));
    expect(codes(await checkBundle(await bundleNow(), { keys }))).toEqual(['checkpoint_altered']);
    expect(await followKeys(keys, (await state()).keys.map(keyView))).toHaveLength(2);
  });

  it('of Ed25519 are checked alike by the platform and by the verifier’s own hand', async () => {
    const seed = randomBytes(32);
    const key = verifierKeyOf({ name: 'a', seed });
    const note = signNote('text\n', [{ name: 'a', seed }]);
    const signature = Buffer.from(note.split(' ').at(-1)!, 'base64').subarray(4);
    const message = Buffer.from('text\n');
    expect(await verifyEd25519(key.publicKey, signature, message)).toBe(true);
    for (const at of [0, 31, 32, 63]) {
      const wrong = Buffer.from(signature);
      wrong[at]! ^= 1;
      expect(await verifyEd25519(key.publicKey, wrong, message)).toBe(false);
    }
    expect(await verifyEd25519(key.publicKey, signature, Buffer.from('texT\n'))).toBe(false);
  });
});
