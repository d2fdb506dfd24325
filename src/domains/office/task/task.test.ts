import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { addHamlet } from '#domain/commune';
import { appointOfficial, linkOfficial, listColleagues } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { helperOptions } from '../edge.ts';
import { taskLinks } from './links.queries.ts';
import { isAllowed, MOVES, TASK_FORM_MOVES, type TaskFormMove } from './moves.ts';
import { loadTask, projectionOf } from './record.ts';
import { actOnTask, giveTask, type NewTask } from './task.actions.ts';
import { sourceHref } from './source.ts';
import {
  exportTasks,
  listTasks,
  loadByUnit,
  TASK_VIEWS,
  tasksFrom,
  viewTask,
  type TaskFilter,
} from './task.queries.ts';
import { foldTask } from './task.ts';
import { warnOfTasks } from './warn.actions.ts';

const world = useWorld();
const giver = official('specialist');
const worker = official('clerk');
const helper = official('police');
const leader = official('leader');
const stranger = official('clerk');
const ids = { giver: '', worker: '', helper: '', leader: '' };

const NOW = new Date('2026-03-02T02:00:00Z');

beforeAll(async () => {
  const people = { giver, worker, helper, leader };
  const units = { giver: 'office', worker: 'one_stop', helper: 'police', leader: 'leaders' } as const;
  for (const key of ['giver', 'worker', 'helper', 'leader'] as const) {
    ids[key] = await world.as(system, async (ctx) => {
      const more = { fullName: `Nguyễn Văn ${key}`, post: 'Công chức', unit: units[key] };
      const id = await appointOfficial(ctx, { ...more, termFrom: '2020-01-01' });
      await linkOfficial(ctx, id, people[key].userId);
      return id;
    });
  }
});

const give = (more: Partial<NewTask> = {}, now = NOW) =>
  world.as(giver, (ctx) => giveTask(ctx, { title: 'Rà soát hộ trồng chè', assignee: ids.worker, ...more }), {
    now,
  });
const act = (actor: typeof giver, id: string, kind: TaskFormMove, input = {}, now = NOW) =>
  world.as(actor, (ctx) => actOnTask(ctx, id, kind, input), { now });

describe('a task', () => {
  it('is accepted, reported, sent back, reported again and closed', async () => {
    const id = await give({ dueDays: 3 });
    expect((await act(worker, id, 'accept')).task.state).toBe('doing');
    await act(worker, id, 'progress', { percent: '40' });
    await act(worker, id, 'report', { note: 'đã xong' });
    const back = await act(giver, id, 'send_back', { note: 'thiếu xóm Khe Cốc' });
    expect(back.task).toMatchObject({ state: 'doing', finishedAt: null });
    const at = new Date('2026-03-04T03:00:00Z');
    await act(worker, id, 'report', { note: 'đã bổ sung' }, at);
    const { task } = await act(giver, id, 'close', {}, new Date('2026-03-06T03:00:00Z'));
    expect(task).toMatchObject({ state: 'closed', progress: 100, finishedAt: at });
  });

  it('is due at closing time of a working day', async () => {
    const { row } = await world.as(leader, async (ctx) => loadTask(ctx, await give({ dueDays: 3 })));
    expect(row.due_at?.toISOString()).toBe('2026-03-05T10:00:00.000Z');
    const onSunday = await give({ due: '2026-03-08' });
    const loaded = await world.as(leader, (ctx) => loadTask(ctx, onSunday));
    expect(loaded.row.due_at?.toISOString()).toBe('2026-03-09T10:00:00.000Z');
    await expect(give({ due: '2026-02-20' })).rejects.toMatchObject({ fields: { due: 'office.due.past' } });
  });

  it('belongs to those who work on it and to the one who gave it', async () => {
    const id = await give({ with: [ids.helper] });
    await expect(act(giver, id, 'report', { note: 'x' })).rejects.toMatchObject({ code: 'refused' });
    await expect(act(worker, id, 'close')).rejects.toMatchObject({ code: 'refused' });
    await expect(act(stranger, id, 'progress', { percent: 5 })).rejects.toMatchObject({ code: 'refused' });
    await act(helper, id, 'progress', { percent: 20 });
    await act(giver, id, 'hand_over', { to: ids.helper });
    await expect(act(worker, id, 'accept')).rejects.toMatchObject({ code: 'refused' });
    const { task } = await act(helper, id, 'accept');
    expect(task).toMatchObject({ assignee: ids.helper, unit: 'police', with: [] });
  });

  it('is given to nobody who is not in office', async () => {
    await expect(give({ assignee: '00000000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'office.official.not_in_office',
    });
  });

  it('is given once by a form that is sent twice', async () => {
    const both = await Promise.all(
      [1, 2, 3, 4].map(() =>
        world.as(giver, (ctx) =>
          giveTask(ctx, { title: 'Một lần', assignee: ids.worker }, { clientId: 'once' }),
        ),
      ),
    );
    expect(new Set(both).size).toBe(1);
  });
});

describe('lists', () => {
  const list = (actor: typeof giver, filter: Partial<TaskFilter>, now = NOW) =>
    world.as(actor, (ctx) => listTasks(ctx, { view: 'open', offset: 0, limit: 200, ...filter }), { now });

  it('know whose they are, what is late, and find words without accents', async () => {
    const id = await give({ title: 'Kiểm tra kênh mương Đập Tràn', dueDays: 1, with: [ids.helper] });
    const idsIn = async (actor: typeof giver, filter: Partial<TaskFilter>, now = NOW) =>
      (await list(actor, filter, now)).rows.map((row) => row.id);
    expect(await idsIn(helper, { view: 'mine' })).toContain(id);
    expect(await idsIn(leader, { view: 'mine' })).not.toContain(id);
    expect(await idsIn(giver, { view: 'given' })).toContain(id);
    expect(await idsIn(leader, { search: 'muong dap' })).toEqual([id]);
    expect(await idsIn(leader, { view: 'late' })).not.toContain(id);
    expect(await idsIn(leader, { view: 'late' }, new Date('2026-03-04T02:00:00Z'))).toContain(id);
  });

  it('count by unit what the filtered list shows', async () => {
    const now = new Date('2026-03-20T02:00:00Z');
    const units = await world.as(leader, loadByUnit, { now });
    for (const { unit, open, late } of units) {
      expect((await list(leader, { unit }, now)).total).toBe(open);
      expect((await list(leader, { unit, view: 'late' }, now)).total).toBe(late);
    }
    expect(units.some(({ late }) => late > 0)).toBe(true);
  });
});

describe('deadlines', () => {
  it('are reminded of once, told once, and anew when the limit moves', async () => {
    const id = await give({ dueDays: 2 }, new Date('2026-05-04T02:00:00Z'));
    const warn = (at: string) => world.as(system, warnOfTasks, { now: new Date(at) });
    const count = async (kind: string) =>
      (await world.as(leader, (ctx) => viewTask(ctx, id))).actions.filter((one) => one.kind === kind).length;
    await warn('2026-05-05T03:00:00Z');
    await warn('2026-05-05T03:30:00Z');
    expect(await count('remind')).toBe(1);
    await warn('2026-05-07T03:00:00Z');
    await warn('2026-05-07T03:30:00Z');
    expect(await count('escalate')).toBe(1);
    await act(leader, id, 'postpone', { dueDays: 2, note: 'mưa lớn' }, new Date('2026-05-07T04:00:00Z'));
    await warn('2026-05-08T03:00:00Z');
    expect(await count('remind')).toBe(2);
  });
});

describe('the fold', () => {
  it('of any walk through the table equals the row, and the table alone decides', async () => {
    const inputs = (kind: TaskFormMove) =>
      kind === 'hand_over' ? { to: ids.helper } : { note: 'ghi chú', percent: 30, with: [ids.leader] };
    const walk = fc.array(fc.constantFrom(...TASK_FORM_MOVES), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(walk, async (kinds) => {
        const id = await give();
        for (const kind of kinds) {
          const { task } = await world.as(leader, (ctx) => loadTask(ctx, id));
          const users = { [ids.worker]: worker, [ids.helper]: helper };
          const actor = MOVES[kind].own === 'worker' ? users[task.assignee]! : giver;
          const moved = act(actor, id, kind, inputs(kind));
          if (isAllowed(task.state, kind)) await moved;
          else await expect(moved).rejects.toMatchObject({ code: 'office.task.not_in_this_state' });
        }
        const { row, actions } = await world.as(leader, (ctx) => loadTask(ctx, id));
        expect(row).toMatchObject(projectionOf(foldTask(actions)));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the head of a hamlet', () => {
  const hamlets = { own: '', other: '' };
  let head: ReturnType<typeof official>;
  let headId = '';
  beforeAll(async () => {
    const add = (name: string) => world.as(system, (ctx) => addHamlet(ctx, { name }));
    Object.assign(hamlets, { own: await add('Khe Cốc'), other: await add('Đập Tràn') });
    head = official({ role: 'hamlet_head', hamletId: hamlets.own });
    headId = await world.as(system, async (ctx) => {
      const post = { fullName: 'Trần Thị Trưởng', post: 'Trưởng xóm', unit: 'hamlet' } as const;
      const id = await appointOfficial(ctx, { ...post, hamletId: hamlets.own, termFrom: '2020-01-01' });
      await linkOfficial(ctx, id, head.userId);
      return id;
    });
  });

  it('sees, moves and opens only what he works on', async () => {
    const mine = await give({ assignee: headId, title: 'Rà soát hộ trong xóm' });
    const foreign = await give({ title: 'Việc của người khác' });
    for (const view of TASK_VIEWS) {
      const { rows, total } = await world.as(head, (ctx) => listTasks(ctx, { view, offset: 0, limit: 50 }), {
        now: NOW,
      });
      expect(rows.map(({ id }) => id).filter((id) => id !== mine)).toEqual([]);
      expect(total).toBe(rows.length);
    }
    const own = await world.as(head, (ctx) => listTasks(ctx, { view: 'mine', offset: 0, limit: 50 }));
    expect(own.rows.map(({ id }) => id)).toEqual([mine]);
    expect((await world.as(head, (ctx) => viewTask(ctx, mine))).moves).toContain('accept');
    await expect(world.as(head, (ctx) => viewTask(ctx, foreign))).rejects.toMatchObject({ code: 'refused' });
    await act(head, mine, 'accept');
    const { task } = await act(head, mine, 'report', { note: 'đã rà soát xong' });
    expect(task.state).toBe('reported');
    await expect(act(head, foreign, 'comment', { note: 'x' })).rejects.toMatchObject({ code: 'refused' });
    for (const work of [
      (ctx: Ctx) => exportTasks(ctx, { view: 'open', offset: 0, limit: 1 }),
      (ctx: Ctx) => loadByUnit(ctx),
      (ctx: Ctx) => tasksFrom(ctx, 'person', ''),
      (ctx: Ctx) => giveTask(ctx, { title: 'x', assignee: ids.worker }),
    ])
      await expect(world.as(head, work as (ctx: Ctx) => Promise<unknown>)).rejects.toMatchObject({
        code: 'refused',
      });
  });

  it('brings in officials of his hamlet, and keeps whom others brought in', async () => {
    const appoint = (hamletId: string) =>
      world.as(system, (ctx) => {
        const post = {
          fullName: 'Lý Văn Tổ',
          post: 'Tổ viên Tổ công nghệ số',
          unit: 'digital_team',
        } as const;
        return appointOfficial(ctx, { ...post, hamletId, termFrom: '2020-01-01' });
      });
    const [near, far] = [await appoint(hamlets.own), await appoint(hamlets.other)];
    const id = await give({ assignee: headId, with: [ids.helper] });
    for (const stranger of [far, ids.worker])
      await expect(act(head, id, 'involve', { with: [ids.helper, stranger] })).rejects.toMatchObject({
        code: 'office.official.not_yours',
      });
    const { task } = await act(head, id, 'involve', { with: [ids.helper, near] });
    expect(task.with.toSorted()).toEqual([ids.helper, near].toSorted());
    const colleagues = await world.as(head, (ctx) => listColleagues(ctx));
    const offered = helperOptions({ actor: head, now: NOW }, colleagues, task.with).map(({ value }) => value);
    expect(offered.toSorted()).toEqual([ids.helper, near, headId].toSorted());
    const desk = helperOptions({ actor: giver, now: NOW }, colleagues, []).map(({ value }) => value);
    expect(desk).toContain(ids.worker);
  });

  it('without a post in the hamlet of his role he sees nothing', async () => {
    const elsewhere = { ...head, grants: [{ role: 'hamlet_head', hamletId: hamlets.other }] };
    const list = (ctx: Ctx) => listTasks(ctx, { view: 'mine', offset: 0, limit: 50 });
    await expect(world.as(elsewhere, list)).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('what a task comes from', () => {
  it('knows its tasks, and the task the thing', async () => {
    for (const kind of ['document', 'meeting', 'dossier', 'indicator'] as const) {
      const from = kind === 'indicator' ? 'office.tasks.on_time_share' : randomUUID();
      const id = await give({ source: kind, sourceId: from, title: `Từ ${kind}` });
      const { items, giveHref } = await world.as(leader, (ctx) => taskLinks(ctx, { kind, id: from }));
      expect(items.map((one) => one.id)).toEqual([id]);
      expect(giveHref).toContain(`source=${kind}`);
      expect(sourceHref({ kind, id: from })).toContain(from);
    }
    const from = { kind: 'meeting', id: randomUUID() } as const;
    const stranger = await world.as(official(), (ctx) => taskLinks(ctx, from));
    expect(stranger).toEqual({ items: [], giveHref: null });
  });
});
