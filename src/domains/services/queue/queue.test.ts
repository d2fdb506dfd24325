import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { appointOfficial, recordAbsence } from '#domain/registry';
import { localDateOf } from '#kernel/time';
import type { Actor, Ctx } from '#kernel/context';
import { citizen, official, system, useWorld } from '#test/world';
import { fileAtCounter } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';
import { AN_OFFICIAL, CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { addressOf, isNarrowed, readQueue } from './address.ts';
import { moveEach } from './batch.ts';
import { countQueue, workQueue, type QueueFilter } from './queue.queries.ts';
import { listFilters, removeFilter, saveFilter } from './saved-filter.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const other = official('clerk');

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour]) {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }), {
      commune,
    });
  }
});

const file = (over = {}, more = {}) => world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling(over)), more);
const runAs =
  (actor: Actor, more = {}) =>
  <T>(work: (ctx: Ctx) => Promise<T>) =>
    world.as(actor, work, more);
const queue = (filter: Partial<QueueFilter>, actor: Actor = clerk, more = {}) =>
  world.as(actor, (ctx) => workQueue(ctx, { view: 'all', offset: 0, limit: 500, ...filter }), more);

describe('the address of a queue', () => {
  it('reads back what it wrote', () => {
    const text = fc.string({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const once = readQueue(new URLSearchParams(pairs));
        expect(readQueue(new URLSearchParams(addressOf(once)))).toEqual(once);
      }),
    );
    const whole = readQueue(
      new URLSearchParams(
        'view=late&q=l%C3%A0n&procedure=1.001193&state=processing&channel=online&sort=code&page=3',
      ),
    );
    expect(readQueue(new URLSearchParams(addressOf(whole)))).toEqual(whole);
    expect(isNarrowed(whole)).toBe(true);
  });

  it('opens the own desk, or everything for a search, and takes nonsense as not said', () => {
    expect(readQueue(new URLSearchParams())).toMatchObject({ view: 'mine', page: 1 });
    expect(readQueue(new URLSearchParams('q=lan')).view).toBe('all');
    const odd = readQueue(
      new URLSearchParams("view=x&state='&officer=1&hamlet=../&page=-9&sort=drop&procedure=%00&channel=fax"),
    );
    expect(addressOf(odd)).toBe('view=mine');
    expect(readQueue(new URLSearchParams('page=1e99')).page).toBe(400);
  });
});

describe('the queue', () => {
  it('is narrowed by channel and put in order', async () => {
    const first = await file({}, { now: new Date('2026-03-02T02:00:00Z') });
    const second = await file({}, { now: new Date('2026-03-02T03:00:00Z') });
    const ids = async (filter: Partial<QueueFilter>) =>
      (await queue(filter)).rows.map(({ id }) => id).filter((id) => [first.id, second.id].includes(id));
    expect(await ids({ sort: 'filed' })).toEqual([second.id, first.id]);
    expect(await ids({ sort: 'filed_up' })).toEqual([first.id, second.id]);
    expect(await ids({ sort: 'code' })).toEqual([second.id, first.id]);
    expect(await ids({ channel: 'counter' })).toHaveLength(2);
    expect(await ids({ channel: 'online' })).toEqual([]);
  });

  it('counts no further than it must tell', async () => {
    const { total } = await queue({ view: 'open' });
    const counted = (most: number) => world.as(clerk, (ctx) => countQueue(ctx, { view: 'open' }, most));
    expect(await counted(10_000)).toBe(total);
    expect(await counted(1)).toBe(1);
  });

  it('shows the desks of absent colleagues to whoever covers for them', async () => {
    const [lan, cover] = await Promise.all(
      ['user-lan', 'user-cover'].map((userId) =>
        world.as(system, (ctx) => appointOfficial(ctx, { ...AN_OFFICIAL, userId })),
      ),
    );
    const { id } = await file();
    await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}));
    await world.as(clerk, (ctx) => move(ctx, id, 'assign', { to: lan! }));
    const colleague = { ...official('specialist'), userId: 'user-cover' };
    const mine = async () => (await queue({ view: 'mine' }, colleague)).rows.map((row) => row.id);
    expect(await mine()).toEqual([]);
    const today = localDateOf(new Date());
    await world.as(system, (ctx) =>
      recordAbsence(ctx, { officialId: lan!, from: today, to: today, coveredBy: cover! }),
    );
    expect(await mine()).toEqual([id]);
  });

  it('is for officials of the whole commune', async () => {
    const headOfHamlet = official({ role: 'clerk', hamletId: '01900000-0000-7000-8000-000000000009' });
    for (const stranger of [citizen(), official(), official('hamlet_head'), headOfHamlet]) {
      await expect(queue({}, stranger)).rejects.toMatchObject({ code: 'refused' });
    }
  });
});

describe('saved filters', () => {
  it('are kept by name, each for its own user, and hold nothing but filters', async () => {
    await world.as(clerk, (ctx) =>
      saveFilter(ctx, { name: ' Trễ  hạn ', query: 'view=late&page=7&evil=<script>' }),
    );
    expect(await world.as(clerk, (ctx) => listFilters(ctx))).toMatchObject([
      { name: 'Trễ hạn', query: 'view=late' },
    ]);
    await world.as(clerk, (ctx) => saveFilter(ctx, { name: 'Trễ hạn', query: 'view=due_soon' }));
    const [filter] = await world.as(clerk, (ctx) => listFilters(ctx));
    expect(filter!.query).toBe('view=due_soon');
    expect(await world.as(other, (ctx) => listFilters(ctx))).toEqual([]);
    for (const [actor, more] of [
      [other, {}],
      [clerk, { commune: world.neighbour }],
    ] as const) {
      await expect(world.as(actor, (ctx) => removeFilter(ctx, filter!.id), more)).rejects.toMatchObject({
        status: 404,
      });
    }
    await world.as(clerk, (ctx) => removeFilter(ctx, filter!.id));
    expect(await world.as(clerk, (ctx) => listFilters(ctx))).toEqual([]);
  });

  it('have an end, and need a name', async () => {
    const save = (name: string) => world.as(other, (ctx) => saveFilter(ctx, { name, query: '' }));
    for (const name of ['', ' \u200b ', 'x'.repeat(61)]) {
      await expect(save(name)).rejects.toMatchObject({ code: 'services.filter.bad_name' });
    }
    for (let at = 0; at < 30; at += 1) await save(`Bộ lọc ${at}`);
    await expect(save('Bộ lọc nữa')).rejects.toMatchObject({ code: 'services.filter.too_many' });
    await save('Bộ lọc 3');
    await expect(world.as(citizen(), (ctx) => listFilters(ctx))).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('one move on many', () => {
  it('answers for each dossier, and what is refused leaves the others done', async () => {
    const filed = await Promise.all([file(), file(), file()]);
    await world.as(clerk, (ctx) => move(ctx, filed[1]!.id, 'withdraw', {}));
    const ids = [...filed.map(({ id }) => id), filed[0]!.id, 'no-such-id'];
    const results = await moveEach(runAs(clerk), ids, { kind: 'receive', data: {} }, 'batch-1');
    expect(results).toMatchObject([
      { id: filed[0]!.id, code: filed[0]!.code, refused: null },
      { id: filed[1]!.id, code: null, refused: { code: 'services.dossier.not_in_this_state' } },
      { id: filed[2]!.id, code: filed[2]!.code, refused: null },
      { id: 'no-such-id', refused: { code: 'services.dossier.not_found' } },
    ]);
    const again = await moveEach(runAs(clerk), [filed[0]!.id], { kind: 'receive', data: {} }, 'batch-1');
    expect(again).toMatchObject([{ code: filed[0]!.code, refused: null }]);
  });

  it('is refused for each one where there is no right, and for the neighbour’s', async () => {
    const { id } = await file();
    const ask = (run: ReturnType<typeof runAs>) =>
      moveEach(run, [id], { kind: 'receive', data: {} }, 'batch-2');
    expect(await ask(runAs(citizen()))).toMatchObject([{ refused: { code: 'refused' } }]);
    expect(await ask(runAs(clerk, { commune: world.neighbour }))).toMatchObject([
      { refused: { code: 'services.dossier.not_found' } },
    ]);
    const to = { kind: 'assign', data: { to: id } } as const;
    await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}));
    expect(await moveEach(runAs(clerk), [id], to, 'batch-3')).toMatchObject([
      { refused: { code: 'services.officer.not_in_office' } },
    ]);
    const over = { kind: 'hand_over', data: { to: id, reason: '' } } as const;
    expect(await moveEach(runAs(clerk), [id], over, 'batch-4')).toMatchObject([
      { refused: { code: 'input.invalid' } },
    ]);
  });
});
