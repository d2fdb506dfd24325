import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { appointOfficial, linkOfficial } from '#domain/registry';
import { isAllowed, MOVES, TASK_FORM_MOVES, type TaskFormMove } from './moves.ts';
import { loadTask, projectionOf } from './record.ts';
import { actOnTask, giveTask, type NewTask } from './task.actions.ts';
import { listTasks, loadByUnit, viewTask, type TaskFilter } from './task.queries.ts';
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
