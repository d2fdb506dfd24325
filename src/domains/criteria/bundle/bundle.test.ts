/** Frozen boards and their bundles: the same for ever, checked offline by a program that shares no code with this one. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileStore } from '#app/files';
import { addHamlet } from '#domain/commune';
import { recogniseCraftVillage } from '#domain/producers';
import type { Ctx } from '#kernel/context';
import type { FileStore } from '#kernel/files/store';
import { closeThreads } from '#kernel/threads/pool.server';
import { official, system, useWorld } from '#test/world';
import { checkBundle, readKey } from '../../../../verify/evidence.mjs';
import { recordValue, signIndicator } from '../assess.actions.ts';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { compareBoards, readBody } from '../snapshot/body.ts';
import { freezeBoard, openSnapshot } from '../snapshot/snapshot.actions.ts';
import { bundleOf } from './bundle.server.ts';
import { bundleKey } from './key.ts';

const world = useWorld();
const leader = official('leader');
const DAY = '2024-03-31';
const AT = new Date(`${DAY}T09:00:00+07:00`);
const LATER = new Date('2025-03-31T09:00:00+07:00');
const folder = mkdtempSync(join(tmpdir(), 'xa-bundle-'));
const PAPER = new TextEncoder().encode('%PDF-1.4 biên bản nghiệm thu');
let store: FileStore;
let id: string;
let bundle: Buffer;
let key: string;

const as = <T>(work: (ctx: Ctx) => Promise<T>, now = AT) => world.as(leader, work, { now, silent: true });
const place = (indicator: string) => ({ set: SMART_COMMUNE, indicator });

beforeAll(async () => {
  store = fileStore({ dataDir: folder, s3File: join(folder, 'none') });
  const { hash, size } = await store.put(PAPER);
  const paper = { name: 'bien-ban.pdf', hash, size, type: 'application/pdf' };
  await world.as(system, craftHamlet('Khe Cốc'), { now: AT });
  await as(async (ctx) => {
    await draftSet(ctx, catalogSets()[0]!);
    await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
    const value = { value: 100, onDay: DAY, evidence: 'Biên bản nghiệm thu' };
    await recordValue(ctx, place('2.1.1'), value, [paper]);
    await signIndicator(ctx, place('2.1.1'), { stage: 'review', verdict: 'reached' });
    await signIndicator(ctx, place('4.1.3'), { stage: 'review', verdict: 'reached' });
    id = await freezeBoard(ctx, SMART_COMMUNE, { asOf: DAY });
    key = bundleKey(ctx);
    bundle = Buffer.from(await bundleOf(ctx, await openSnapshot(ctx, id, true), store));
  });
}, 120_000);
afterAll(async () => {
  await closeThreads();
  rmSync(folder, { recursive: true, force: true });
});

function craftHamlet(name: string) {
  return async (ctx: Ctx) => {
    const hamletId = await addHamlet(ctx, { name });
    await recogniseCraftVillage(ctx, {
      hamletId,
      name: 'Làng nghề',
      trade: 'tea_making',
      decisionNumber: '1',
      decisionIssuer: 'UBND',
      recognisedOn: '2020-01-01',
    });
  };
}

describe('a frozen board', () => {
  it('is byte for byte the same after a year of changes, and says what differs from a later one', async () => {
    const before = (await as((ctx) => openSnapshot(ctx, id))).body;
    await world.as(system, (ctx) => addHamlet(ctx, { name: 'Xóm mới' }), { now: LATER });
    const later = await as(async (ctx) => {
      await recordValue(ctx, place('2.1.1'), { value: 60, onDay: '2025-03-30', evidence: 'Đứt cáp' });
      await signIndicator(ctx, place('2.1.1'), { stage: 'review', verdict: 'not_reached' });
      return freezeBoard(ctx, SMART_COMMUNE, { asOf: '2025-03-31' });
    }, LATER);
    await as(async (ctx) => {
      const old = await openSnapshot(ctx, id);
      expect([old.body, old.intact]).toEqual([before, true]);
      const now = readBody((await openSnapshot(ctx, later)).body).board;
      expect(compareBoards(readBody(old.body).board, now)).toMatchObject([
        {
          code: '2.1.1',
          before: { status: 'reached', value: 100 },
          after: { status: 'not_reached', value: 60 },
        },
        {
          code: '4.1.3',
          before: { status: 'reached', value: 100 },
          after: { status: 'not_reached', value: 50 },
        },
      ]);
    }, LATER);
  });
});

describe('a bundle', () => {
  it('holds index, spreadsheet, frozen text, files and the verifier, and is right', () => {
    const { faults, parts, about } = checkBundle(bundle, readKey(key));
    expect(faults).toEqual([]);
    expect(parts.map((one) => one.replace(/[0-9a-f]{64}/, 'HASH'))).toEqual([
      'manifest.json',
      'manifest.sig',
      'index.pdf',
      'criteria.xlsx',
      'snapshot.json',
      'files/HASH.pdf',
      'evidence.mjs',
    ]);
    expect(about).toMatchObject({ set: SMART_COMMUNE, asOf: DAY, signer: 'Cán bộ Thử' });
    expect(bundle.includes(Buffer.from(PAPER))).toBe(true);
  });

  it('names the part of any altered byte', () => {
    const trusted = readKey(key);
    const spans = spansOf(bundle);
    const step = Math.max(1, Math.floor(bundle.length / 350));
    const places = Array.from({ length: Math.floor(bundle.length / step) }, (_, at) => at * step);
    // Every byte of the first head, of the signature, and of the end of the directory too.
    for (let at = 0; at < 43; at += 1) places.push(at, bundle.length - 1 - at);
    for (const at of places) {
      const spoiled = Buffer.from(bundle);
      spoiled[at]! ^= 1 << (at % 8);
      const { faults } = checkBundle(spoiled, trusted);
      expect(faults.length, `byte ${at}`).toBeGreaterThan(0);
      const part = spans.find(({ from, to }) => from <= at && at < to);
      const told = faults.map((one) => `${one.part} ${one.fault}`).join('\n');
      // In a head the name or length itself may be what was altered: then the byte is told by its place.
      if (part)
        expect(told.includes(part.name) || told.includes('archive'), `byte ${at}: ${told}`).toBe(true);
      if (part && at >= part.data) expect(told, `byte ${at}`).toContain(part.name);
    }
  });

  it('with a part more, less or in another’s place, or under another key, is not right', () => {
    const trusted = readKey(key);
    const [first, second] = spansOf(bundle);
    const cut = Buffer.concat([bundle.subarray(0, first!.from), bundle.subarray(first!.to)]);
    const turned = Buffer.concat([
      bundle.subarray(second!.from, second!.to),
      bundle.subarray(first!.from, first!.to),
      bundle.subarray(second!.to),
    ]);
    const longer = Buffer.concat([bundle, Buffer.from([0])]);
    for (const spoiled of [cut, turned, longer, Buffer.alloc(0)])
      expect(checkBundle(spoiled, trusted).faults).not.toEqual([]);
    const other = readKey(`xa-so-criteria+${Buffer.alloc(32, 3).toString('base64')}`);
    expect(checkBundle(bundle, other).faults).toMatchObject([{ part: 'manifest.json' }]);
  });

  it('is checked by its own program alone in a folder', () => {
    const alone = join(folder, 'alone');
    execFileSync('mkdir', [alone]);
    copyFileSync('verify/evidence.mjs', join(alone, 'evidence.mjs'));
    writeFileSync(join(alone, 'bundle.zip'), bundle);
    const run = (file: string) =>
      execFileSync(process.execPath, ['evidence.mjs', file, '--key', key], { cwd: alone, encoding: 'utf8' });
    expect(run('bundle.zip')).toContain('RIGHT  Tức Tranh, smart-commune');
    const spoiled = Buffer.from(bundle);
    spoiled[spansOf(bundle)[3]!.data + 100]! ^= 1;
    writeFileSync(join(alone, 'spoiled.zip'), spoiled);
    expect(() => run('spoiled.zip')).toThrow(/ALTERED {2}criteria\.xlsx|Command failed/);
  });
});

/** Where each part begins and ends, from the heads of an unspoiled archive. */
function spansOf(zip: Buffer) {
  const spans: { name: string; from: number; data: number; to: number }[] = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50;) {
    const named = zip.readUInt16LE(at + 26);
    const data = at + 30 + named;
    const to = data + zip.readUInt32LE(at + 18);
    spans.push({ name: zip.subarray(at + 30, data).toString(), from: at, data, to });
    at = to;
  }
  return spans;
}
