import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { runAs } from '#app/runtime';
import { openDatabase } from '#kernel/db.server';
import { anonymous, official, system, useWorld } from '#test/world';
import { appendLeaves } from './append.ts';
import { bundleOfEntries, entryOf } from './leaf.ts';
import { forgetCommitment, rotateLogKey, sequenceLeaves } from './log.actions.ts';
import { logTools, plainLeaf } from './log-fixture.ts';
import { isConsistent, rootFromInclusion, rootOf } from './merkle.ts';
import { openNote, readCheckpoint, readVerifierKey } from './note.ts';
import { consistencyProof, findLog, findTile, getLog, inclusionProof, proofOf } from './proof.queries.ts';
import { tilesOf, type Tile } from './tile.ts';
import { countLeaves, listLeaves } from './tree.queries.ts';

const world = useWorld();
const { append, sequence, grow, tamper, empty } = logTools(world);

const head = () => world.as(anonymous, getLog);
const leaves = () => world.as(system, (ctx) => listLeaves(ctx, 0, 1e6));
const tile = (one: Tile) => world.as(anonymous, (ctx) => findTile(ctx, one));

beforeEach(empty);

describe('a log', () => {
  it('grows by whatever batches, and its root is always that of its leaves', async () => {
    let before: { size: number; root: Buffer } | undefined;
    for (const [at, count] of [1, 5, 250, 300, 1].entries()) {
      await grow(count, `batch${at}`);
      const { head: now } = await head();
      const all = (await leaves()).map(({ leafHash }) => leafHash);
      expect(now.size).toBe(all.length);
      expect(now.root).toEqual(rootOf(all));
      if (before) {
        const proof = await world.as(anonymous, (ctx) => consistencyProof(ctx, before!.size, now.size));
        expect(isConsistent(before, now, proof)).toBe(true);
      }
      before = now;
    }
  });

  it('proves every leaf in every tree it had', async () => {
    await grow(300);
    const all = (await leaves()).map(({ leafHash }) => leafHash);
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.nat(300), async (a, b) => {
        const [index, size] = [Math.min(a, b), Math.max(a, b) + 1];
        const proof = await world.as(anonymous, (ctx) => inclusionProof(ctx, index, size));
        expect(rootFromInclusion(index, size, all[index]!, proof)).toEqual(rootOf(all.slice(0, size)));
      }),
      { numRuns: 40 },
    );
  });

  it('gives every tile of its tree and none beyond', async () => {
    await grow(600);
    const all = await leaves();
    for (const one of tilesOf(all.length)) {
      const run = all.slice(one.index * 256, one.index * 256 + one.width);
      const bytes = await tile(one);
      if (one.level === 'entries') expect(bytes).toEqual(bundleOfEntries(run.map(entryOf)));
      else if (one.level === 0) expect(bytes).toEqual(Buffer.concat(run.map(({ leafHash }) => leafHash)));
      else
        expect(bytes).toEqual(
          Buffer.concat(
            [0, 1].map((at) => rootOf(all.slice(at * 256, at * 256 + 256).map(({ leafHash }) => leafHash))),
          ),
        );
    }
    expect(await tile({ level: 1, index: 0, width: 3 })).toBeUndefined();
    expect(await tile({ level: 'entries', index: 3, width: 1 })).toBeUndefined();
  });

  it('keeps a leaf that was handed over twice once, and none of what was rolled back', async () => {
    await append([plainLeaf('a'), plainLeaf('a'), plainLeaf('b')]);
    await sequence();
    await append([plainLeaf('b'), plainLeaf('c')]);
    const failing = world.as(system, async (ctx) => {
      await appendLeaves(ctx, [plainLeaf('never')]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await sequence();
    await sequence();
    expect((await leaves()).map(({ kind, subject }) => (kind === 'key' ? kind : subject))).toEqual([
      'key',
      'a',
      'b',
      'c',
    ]);
  });

  it('has one writer at a time', async () => {
    await append(Array.from({ length: 20 }, (_, at) => plainLeaf(`x${at}`)));
    const handle = openDatabase(world.urls.app, 6);
    const runs = await Promise.all(
      Array.from({ length: 6 }, () =>
        runAs({ ...world, handle }, { commune: world.commune, actor: system }, sequenceLeaves),
      ),
    );
    await handle.close();
    expect(runs.reduce((sum, { added }) => sum + added, 0)).toBe(21);
    expect(await world.as(system, countLeaves)).toBe(21);
  });

  it('is told to the queue in the same transaction, once', async () => {
    const waiting = async () => {
      const { rows } = await world.owner.query<{ n: number }>(
        `select count(*)::int as n from jobs.jobs where task_identifier = 'trace.log.sequence'`,
      );
      return rows[0]!.n;
    };
    const before = await waiting();
    await world.as(system, async (ctx) => {
      await appendLeaves(ctx, [plainLeaf('a')]);
      await appendLeaves(ctx, [plainLeaf('b')]);
    });
    expect(await waiting()).toBe(before + 1);
  });

  it('belongs to one commune', async () => {
    await grow(3);
    expect(await world.as(anonymous, findLog, { commune: world.neighbour })).toBeNull();
    const foreign = world.as(anonymous, (ctx) => proofOf(ctx, 'leaf-1'), { commune: world.neighbour });
    await expect(foreign).rejects.toMatchObject({ code: 'trace.log.empty', status: 404 });
  });

  it('is not written, and cannot be rewritten, by anybody but its job', async () => {
    await grow(2);
    await expect(world.as(official('admin'), sequenceLeaves)).rejects.toMatchObject({ status: 403 });
    await expect(world.as(anonymous, rotateLogKey)).rejects.toMatchObject({ status: 401 });
    for (const table of [
      'trace_log_leaf',
      'trace_log_node',
      'trace_log_checkpoint',
      'trace_log_key',
      'trace_log_about',
    ] as const) {
      const gone = world.as(system, (ctx) => ctx.db.deleteFrom(table).execute());
      await expect(gone).rejects.toMatchObject({ code: '42501' });
    }
    const changed = world.as(system, (ctx) =>
      ctx.db.updateTable('trace_log_leaf').set({ kind: 'other' }).execute(),
    );
    await expect(changed).rejects.toMatchObject({ code: '42501' });
  });

  it('signs no head that contradicts an earlier one', async () => {
    await grow(300);
    await tamper(`update trace_log_leaf set leaf_hash = sha256(leaf_hash) where idx = 299`);
    await append([plainLeaf('next')]);
    await expect(sequence()).rejects.toThrow('no longer leads to the head');
    await tamper(`delete from trace_log_leaf where idx = 300`);
    await expect(sequence()).rejects.toThrow('holds 300 leaves, and 301 were signed');
  });
});

describe('what is told of a subject', () => {
  it('is a bundle that proves each leaf, opened where it may be seen', async () => {
    await append([
      plainLeaf('event-1', ['LOT-1', 'LOT-2']),
      plainLeaf('event-2', ['LOT-2']),
      { kind: 'lot', id: 'LOT-1', content: { code: 'LOT-1', grams: 12n } },
    ]);
    await sequence();
    const lot = async () => new Map([['LOT-1', { content: { grams: 12n, code: 'LOT-1' } }]]);
    const bundle = await world.as(anonymous, (ctx) => proofOf(ctx, 'LOT-1', { lot }));
    expect(bundle.items.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['test_event', 'event-1'],
      ['lot', 'LOT-1'],
    ]);
    expect(bundle.items[0]!.opening).toBeUndefined();
    expect(bundle.items[1]!.opening!.content).toBe('{"code":"LOT-1","grams":"12"}');
    const { size, root } = readCheckpoint(
      openNote(bundle.checkpoint, [readVerifierKey(bundle.keys[0]!.key)]).text,
    );
    const all = await leaves();
    for (const { index, proof } of bundle.items)
      expect(
        rootFromInclusion(
          index,
          size,
          all[index]!.leafHash,
          proof.map((part) => Buffer.from(part, 'base64')),
        ),
      ).toEqual(root);
    const hash = Buffer.from(bundle.items[1]!.hash, 'hex');
    await expect(
      world.as(official('clerk'), (ctx) => forgetCommitment(ctx, hash, 'x')),
    ).rejects.toMatchObject({ status: 403 });
    expect(await world.as(official('admin'), (ctx) => forgetCommitment(ctx, hash, 'đương sự yêu cầu'))).toBe(
      true,
    );
    const after = await world.as(anonymous, (ctx) => proofOf(ctx, 'LOT-1', { lot }));
    expect(after.items[1]!.opening).toBeUndefined();
    expect(after.items[1]!.proof).toEqual(bundle.items[1]!.proof);
  });

  it('is nothing where nothing was logged', async () => {
    await grow(1);
    await expect(world.as(anonymous, (ctx) => proofOf(ctx, 'LOT-9'))).rejects.toMatchObject({
      code: 'trace.log.no_such_subject',
    });
  });
});

describe('keys', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 10, 1 + day));
  const rotate = (now: Date, how = {}) => world.as(system, (ctx) => rotateLogKey(ctx, how), { now });
  async function signersAt(day: number): Promise<number[]> {
    await append([plainLeaf(`day-${day}`)]);
    await sequence(at(day));
    const { head: now, keys } = await head();
    const { signedBy } = openNote(
      now.note,
      keys.map(({ key }) => key),
    );
    return signedBy.map((key) => keys.findIndex((one) => one.key.id.equals(key.id)) + 1);
  }

  it('hand over to each other: both sign for a while, and the old one names the new one', async () => {
    expect(await signersAt(0)).toEqual([1]);
    const second = await rotate(at(1), { overlapDays: 30 });
    expect(await signersAt(2)).toEqual([1, 2]);
    expect(await signersAt(32)).toEqual([2]);
    const { keys } = await head();
    const { text } = openNote(keys[1]!.handover!, [keys[0]!.key]);
    expect(text.split('\n').slice(1, 3)).toEqual(['handover', second]);
    expect((await leaves()).filter(({ kind }) => kind === 'key').map(({ subject }) => subject)).toContain(
      second,
    );
  });

  it('that were lost stop at once and name nobody', async () => {
    await signersAt(0);
    await rotate(at(1), { lost: true });
    expect(await signersAt(1)).toEqual([2]);
    expect((await head()).keys[1]!.handover).toBeNull();
  });

  it('lie sealed in the database', async () => {
    await grow(1);
    const { rows } = await world.owner.query<{ sealed: Buffer }>('select sealed from trace_log_key');
    expect(rows[0]!.sealed.length).toBeGreaterThan(44);
    await tamper('update trace_log_key set generation = 2');
    await append([plainLeaf('x')]);
    await expect(sequence()).rejects.toThrow(/authenticate/);
  });
});
