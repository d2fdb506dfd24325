import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { note } from '#kernel/audit';
import { openDatabase } from '#kernel/db.server';
import { runAs } from '#app/runtime';
import { anonymous, official, system, useWorld } from '#test/world';
import { chainTools } from './chain-fixture.ts';
import { linkEntries } from './chain.actions.ts';
import { microIso } from './chain.ts';
import { verifyChain } from './verify.actions.ts';

const world = useWorld();
const { act, begin, link, links, problems, tamper, verify } = chainTools(world);

beforeEach(begin);

describe('chaining', () => {
  it('links every committed entry once, in one unbroken chain', async () => {
    await act(3);
    await Promise.all([link(), link(), link()]);
    const report = await verify();
    expect(report).toMatchObject({ entries: 9, details: 9, problems: [] });
    expect((await links()).map(({ seq }) => seq)).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
  });

  it('links an entry whose transaction commits after later ones were linked', async () => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    let entered = () => {};
    const inside = new Promise<void>((done) => (entered = done));
    const handle = openDatabase(world.urls.app, 2);
    const slow = runAs({ ...world, handle }, { commune: world.commune, actor: system }, async (ctx) => {
      const row = {
        commune_id: ctx.commune.id,
        id: randomUUID(),
        at: ctx.now,
        actor_kind: 'system',
        action: 'test.slow',
      };
      await ctx.db
        .insertInto('audit_entry')
        .values({ ...row, outcome: 'done', commitment: Buffer.alloc(32) })
        .execute();
      entered();
      await held;
    });
    await inside;
    await act(1);
    expect(await link()).toEqual({ linked: 1, more: false });
    release();
    await slow;
    expect(await link()).toEqual({ linked: 1, more: false });
    expect((await links()).at(-1)!.frame!.action).toBe('test.slow');
    expect(await problems()).toEqual([]);
    await handle.close();
  });

  it('finds entries from before the look-back only when it is thorough', async () => {
    await act(1);
    await tamper(
      `update audit_entry set recorded_at = recorded_at - interval '3 days'
       where id not in (select entry_id from audit_link)`,
    );
    expect(await link()).toEqual({ linked: 0, more: false });
    expect(await link({ thorough: true })).toEqual({ linked: 1, more: false });
  });

  it('stores what cannot be stored in a form that can, and still fits its commitment', async () => {
    const odd = { 'tên\0': 'a\0b\ud800', money: 12n, at: new Date(0), none: undefined, path: '\\u0000' };
    await world.as(system, async (ctx) => note(ctx, 'test.odd', odd));
    await link();
    expect(await verify()).toMatchObject({ entries: 7, details: 7, problems: [] });
  });

  it('keeps the chain of each commune to itself', async () => {
    const other = await world.as(system, (ctx) => linkEntries(ctx), { commune: world.neighbour });
    expect(other.linked).toBe(0);
    expect(
      (await world.as(system, (ctx) => verifyChain(ctx, []), { commune: world.neighbour })).entries,
    ).toBe(0);
  });

  it('is not for people', async () => {
    await expect(world.as(official('admin'), (ctx) => linkEntries(ctx))).rejects.toMatchObject({
      status: 403,
    });
    await expect(world.as(anonymous, (ctx) => verifyChain(ctx, []))).rejects.toMatchObject({ status: 401 });
  });

  it('cannot be rewritten by the application', async () => {
    const change = world.as(system, (ctx) => ctx.db.deleteFrom('audit_link').execute());
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });
});

it('writes times to the microsecond as the database does', () => {
  expect(microIso(new Date('2026-11-23T01:02:03.004Z'))).toBe('2026-11-23T01:02:03.004000Z');
});
