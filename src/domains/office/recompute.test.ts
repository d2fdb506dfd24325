import { beforeAll, describe, expect, it } from 'vitest';
import { official, system, useWorld } from '#test/world';
import { recordSpecialDays } from '#domain/commune';
import { appointOfficial, linkOfficial } from '#domain/registry';
import { viewDocument } from './document/document.queries.ts';
import { actOnDocument } from './document/move.actions.ts';
import { registerDocument } from './document/register.actions.ts';
import { hearCalendarChange, RECOMPUTE, recomputeDocuments, recomputeTasks } from './recompute.actions.ts';
import { actOnTask, giveTask } from './task/task.actions.ts';
import { viewTask } from './task/task.queries.ts';

const world = useWorld();
const clerk = official('specialist');
const worker = official('clerk');
const leader = official('leader');
let workerId = '';
const NOW = new Date('2026-06-01T02:00:00Z');
const LETTER = 'Công văn 99/TTg';

beforeAll(async () => {
  await world.as(system, async (ctx) => {
    const post = { fullName: 'Nguyễn Văn Mẫu', post: 'Công chức', unit: 'office' } as const;
    workerId = await appointOfficial(ctx, { ...post, termFrom: '2020-01-01' });
    await linkOfficial(ctx, workerId, worker.userId);
  });
});

const at = { now: NOW };
const incoming = { type: 'letter', sender: 'Sở Nội vụ', summary: 'báo cáo nhân sự' };
const give = (more = {}) =>
  world.as(clerk, (ctx) => giveTask(ctx, { title: 'Việc có hạn', assignee: workerId, ...more }), at);
const dueOfTask = async (id: string) =>
  (await world.as(leader, (ctx) => viewTask(ctx, id))).task.due?.toISOString();

/** Enters 3 June as a day off and does the jobs that this queues. @returns the ids of each job's things */
async function decree() {
  const day = {
    date: '2026-06-03',
    kind: 'off',
    name: { vi: 'nghỉ bù', en: 'swap day' },
    mark: 'F',
  } as const;
  const days = await world.as(leader, (ctx) =>
    recordSpecialDays(ctx, [{ ...day, source: LETTER, verified: true }]),
  );
  return work({ days, from: '2026-06-03', until: '2026-06-03' });
}

async function work(heard: Record<string, unknown>) {
  await world.owner.query('delete from jobs._private_jobs');
  await world.as(system, (ctx) => hearCalendarChange(ctx, heard));
  const { rows } = await world.owner.query<{ name: string; payload: { data: { ids: string[] } } }>(
    `select t.identifier as name, payload from jobs._private_jobs j
     join jobs._private_tasks t on t.id = j.task_id where t.identifier like 'office.%.recompute'`,
  );
  for (const { name, payload } of rows)
    await world.as(system, (ctx) =>
      name === RECOMPUTE.task ? recomputeTasks(ctx, payload.data) : recomputeDocuments(ctx, payload.data),
    );
  return rows.flatMap(({ payload }) => payload.data.ids);
}

describe('a day off decreed late', () => {
  it('moves open limits by a letter, once, tells who works on it, and leaves the rest', async () => {
    const inDays = await give({ dueDays: 3 });
    const onDay = await give({ due: '2026-06-03' });
    const bare = await give();
    const ended = await give({ dueDays: 3 });
    await world.as(leader, (ctx) => actOnTask(ctx, ended, 'close'), at);
    const routed = await world.as(clerk, (ctx) => registerDocument(ctx, incoming), at);
    await world.as(
      leader,
      (ctx) => actOnDocument(ctx, routed.id, 'route', { handler: workerId, dueDays: 3 }),
      at,
    );
    expect(await dueOfTask(inDays)).toBe('2026-06-04T10:00:00.000Z');
    await world.owner.query('delete from notifications_message');

    const found = await decree();
    expect(new Set(found)).toEqual(new Set([inDays, onDay, routed.id]));
    expect(await dueOfTask(inDays)).toBe('2026-06-05T10:00:00.000Z');
    expect(await dueOfTask(onDay)).toBe('2026-06-04T10:00:00.000Z');
    expect(await dueOfTask(bare)).toBeUndefined();
    const { document, row, actions } = await world.as(leader, (ctx) => viewDocument(ctx, routed.id));
    expect(document.due).toEqual(new Date('2026-06-05T10:00:00Z'));
    expect(row.due_at).toEqual(document.due);
    expect(actions.at(-1)).toMatchObject({ kind: 'recalculate', data: { letter: LETTER } });
    const told = await world.owner.query<{ event: string; n: number }>(
      `select event, count(*)::int as n from notifications_message
       where event like 'office.%.due_moved' group by event order by event`,
    );
    expect(told.rows.map(({ event }) => event)).toEqual([
      'office.document.due_moved',
      'office.task.due_moved',
    ]);

    const before = (await world.as(leader, (ctx) => viewTask(ctx, inDays))).actions.length;
    await work({ days: ['2026-06-03'], from: '2026-06-03', until: '2026-06-03' });
    expect((await world.as(leader, (ctx) => viewTask(ctx, inDays))).actions).toHaveLength(before);
  });

  it('is heard by the program alone', async () => {
    const hear = world.as(leader, (ctx) => hearCalendarChange(ctx, { from: '2026-06-03' }));
    await expect(hear).rejects.toMatchObject({ code: 'refused' });
  });
});
