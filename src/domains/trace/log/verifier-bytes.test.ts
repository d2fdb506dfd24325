/** Every byte of what a stranger is given of a lot, one after the other changed: the verifier names it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { anonymous, system, useWorld } from '#test/world';
import { auditLog, checkBundle, eventHash, readKey, type Key } from '../../../../verify/verify.mjs';
import { appendLeaves } from './append.ts';
import { hashOfEventId } from './leaf.ts';
import { logTools } from './log-fixture.ts';
import { getLog, keyView, proofOf, type ProofBundle } from './proof.queries.ts';
import type { LeafSources } from './source.ts';

const world = useWorld();
const { grow, sequence } = logTools(world);

const EVENT = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'ObjectEvent',
  eventTime: '2026-11-02T08:30:00.000+07:00',
  eventTimeZoneOffset: '+07:00',
  action: 'ADD',
  bizStep: 'commissioning',
  quantityList: [{ epcClass: 'https://id.gs1.org/01/08938500000010/10/KC-0012', quantity: 12.5, uom: 'KGM' }],
};
const LOT = { code: 'KC-0012', made_on: '2026-11-02', grams: 12_000n, name: 'Chè một tôm hai lá' };
const sources: LeafSources = {
  epcis_event: async (_, ids) => new Map(ids.map((id) => [id, { event: EVENT }])),
  lot: async (_, ids) => new Map(ids.map((id) => [id, { content: LOT }])),
};

let keys: Key[];
let bundle: ProofBundle;

beforeAll(async () => {
  await grow(4, 'before');
  const hash = hashOfEventId(await eventHash(EVENT));
  await world.as(system, (ctx) =>
    appendLeaves(ctx, [
      { kind: 'epcis_event', id: 'event:1', hash, event: EVENT, about: ['KC-0012'] },
      { kind: 'lot', id: 'KC-0012', content: LOT },
    ]),
  );
  await sequence();
  await grow(3, 'after');
  const state = await world.as(anonymous, getLog);
  keys = [await readKey(keyView(state.keys[0]!).key)];
  bundle = JSON.parse(
    JSON.stringify(await world.as(anonymous, (ctx) => proofOf(ctx, 'KC-0012', sources))),
  ) as ProofBundle;
});

/** The verdict on a file with these bytes, as the program reads it. */
async function verdict(bytes: Buffer): Promise<string[]> {
  let read: unknown;
  try {
    read = JSON.parse(bytes.toString('utf8'));
  } catch {
    return ['unreadable'];
  }
  return (await checkBundle(read, { keys })).faults.map(({ code }) => code);
}

describe('a bundle', () => {
  it('as it was given is right', async () => {
    expect(await verdict(Buffer.from(JSON.stringify(bundle)))).toEqual([]);
  });

  it('is named as altered whichever byte of it is another', { timeout: 120_000 }, async () => {
    // Nothing is claimed by them: keys beside the pinned one are believed by its own word alone, and by an event's
    // place in the server's tables nobody is told anything.
    const told = { ...bundle, keys: [], items: bundle.items.map((item) => ({ ...item })) };
    for (const item of told.items) if (item.kind === 'epcis_event') item.subject = '';
    const bytes = Buffer.from(JSON.stringify(told));
    expect(await verdict(bytes)).toEqual([]);
    const spared = new Set(['"keys":[]', '"subject":"","hash"'].flatMap((text) => placesOf(bytes, text)));
    const passed: string[] = [];
    for (let at = 0; at < bytes.length; at++)
      for (const bit of [1, 0x20, 0x80]) {
        const altered = Buffer.from(bytes);
        altered[at]! ^= bit;
        if (!spared.has(at) && (await verdict(altered)).length === 0)
          passed.push(`${at}: ${altered.subarray(Math.max(0, at - 25), at + 10).toString('utf8')}`);
      }
    expect(passed).toEqual([]);
    expect(bytes.length).toBeGreaterThan(1_500);
  });
});

function placesOf(bytes: Buffer, text: string): number[] {
  const from = bytes.indexOf(text);
  const names = text.length - (text.endsWith('"hash"') ? '"hash"'.length : 0);
  return from < 0 ? [] : Array.from({ length: names }, (_, at) => from + at);
}

/** Which of the tiles: entries and their hashes lie in two of the same place. */
function placeOf(path: string): string {
  return path.replace(/^tile\/(?:entries|\d+)\//, '');
}

describe('the log', () => {
  it(
    'is named as altered whichever byte of its tiles and entries is another',
    { timeout: 120_000 },
    async () => {
      const { head } = await world.as(anonymous, getLog);
      const files = new Map<string, Buffer>();
      const { strangerFetch } = logTools(world);
      const get = strangerFetch();
      const tile = async (path: string) => {
        if (!files.has(path)) {
          const answered = await get(`https://xa.example/nhat-ky-cong-khai/${path}`);
          files.set(path, Buffer.from(await answered.arrayBuffer()));
        }
        return new Uint8Array(files.get(path)!);
      };
      const ask = { tile, consistency: () => Promise.reject(new Error('not asked')) } as never;
      expect((await auditLog(head.note, keys, ask)).faults).toEqual([]);
      expect(files.size).toBeGreaterThan(1);
      const passed: string[] = [];
      for (const [path, whole] of files)
        for (let at = 0; at < whole.length; at++) {
          const altered = Buffer.from(whole);
          altered[at]! ^= 1 << (at % 8);
          files.set(path, altered);
          const { faults } = await auditLog(head.note, keys, ask);
          if (!faults.some(({ where }) => placeOf(where) === placeOf(path))) passed.push(`${path} ${at}`);
          files.set(path, whole);
        }
      expect(passed).toEqual([]);
    },
  );
});
