import { beforeEach, describe, expect, it } from 'vitest';
import { system, useWorld } from '#test/world';
import { checkLog, takeAnchor } from './anchor.actions.ts';
import { parseAnchors, type Anchor } from './anchor.ts';
import { logTools } from './log-fixture.ts';

const world = useWorld();
const { grow, tamper, empty } = logTools(world);
const take = (last?: Anchor) => world.as(system, (ctx) => takeAnchor(ctx, last));
const check = (kept: Anchor[] = []) => world.as(system, (ctx) => checkLog(ctx, kept));
const problems = async (kept: Anchor[] = []) =>
  (await check(kept)).problems.map(({ kind, where }) => `${kind}: ${where}`);
let first: Anchor;

beforeEach(async () => {
  await empty();
  await grow(300, 'a');
  first = (await take())!;
  await grow(300, 'b');
});

describe('anchors', () => {
  it('are taken when there is something new, and read back as they were written', async () => {
    expect(first.size).toBe(301);
    const second = (await take(first))!;
    expect(second.size).toBe(601);
    expect(await take(second)).toBeNull();
    const lines = [first, second].map((anchor) => `${JSON.stringify(anchor)}\n`).join('');
    expect(parseAnchors(`${lines}{"cut`)).toEqual([first, second]);
    expect(() => parseAnchors('{}\n')).toThrow('line 1 is not an anchor');
  });

  it('are refused when the log no longer begins with the last one', async () => {
    await tamper('update trace_log_leaf set leaf_hash = sha256(leaf_hash) where idx = 290');
    await expect(take(first)).rejects.toThrow('no longer begins with the 301 leaves');
    await empty();
    await expect(take(first)).rejects.toThrow('no longer begins with the 301 leaves');
  });
});

describe('checking the whole log', () => {
  it('finds nothing where nothing was touched', async () => {
    const kept = [first, (await take(first))!];
    expect(await check(kept)).toMatchObject({
      leaves: 601,
      waiting: 0,
      checkpoints: 2,
      anchors: 2,
      problems: [],
    });
  });

  it('names what was altered', async () => {
    await tamper(`update trace_log_leaf set hash = sha256(hash) where idx = 400`);
    expect((await problems())[0]).toBe('leaf_altered: leaf 400 (test_event b-99)');
    await empty();
    await grow(600, 'c');
    await tamper(`update trace_log_node set hash = sha256(hash) where idx = 1`);
    expect(await problems()).toEqual(['tile_altered: hash 1 of level 1']);
    await tamper(
      `delete from trace_log_node`,
      `update trace_log_checkpoint set note = replace(note, '601', '602')`,
    );
    expect(await problems()).toContain('checkpoint_altered: checkpoint 1 (601 leaves)');
    await tamper(`delete from trace_log_leaf where idx = 20`);
    expect(await problems()).toContain('leaf_removed: leaf 20');
  });

  it('finds a log that was written anew by what was kept', async () => {
    await tamper('truncate trace_log_leaf, trace_log_node, trace_log_checkpoint');
    await grow(400, 'forged');
    expect(await problems()).toEqual([]);
    expect(await problems([first])).toEqual([
      `anchor_mismatch: the head of 301 leaves kept on ${first.taken_at}`,
    ]);
    const retouched = { ...first, root: 'ab'.repeat(32) };
    expect((await problems([retouched]))[0]).toContain('anchor_altered');
  });
});
