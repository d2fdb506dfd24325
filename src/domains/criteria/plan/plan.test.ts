import { describe, expect, it, beforeAll } from 'vitest';
import { appointOfficial } from '#domain/registry';
import type { Actor, Ctx } from '#kernel/context';
import { addDays, localDate } from '#kernel/time';
import { citizen, official, system, useWorld } from '#test/world';
import { catalogSets, SMART_COMMUNE } from '../catalog.ts';
import { addWork } from '../money/setup.actions.ts';
import { assignIndicator } from '../plan.actions.ts';
import { assignmentsOf } from '../plan.queries.ts';
import { draftSet, publishSet } from '../set.actions.ts';
import { planView } from './board.ts';
import { missedSince, planState, spanOf } from './plan.ts';
import { stepsOf } from './plan.queries.ts';
import { addStep, endStep } from './step.actions.ts';
import { placeOf, ticksOf, wholeOf } from './timeline.ts';

const world = useWorld();
const leader = official('leader');
const DAY = localDate('2024-03-31');
const NOW = { now: new Date(`${DAY}T09:00:00+07:00`), silent: true };
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>) => world.as(actor, work, NOW);
const place = { set: SMART_COMMUNE, indicator: '2.1.1' };
const officials: string[] = [];

beforeAll(async () => {
  await as(system, async (ctx) => {
    await draftSet(ctx, catalogSets()[0]!);
    await publishSet(ctx, SMART_COMMUNE, { from: '2023-06-01' });
    for (const fullName of ['Nguyễn Một', 'Trần Hai']) {
      const post = { fullName, post: 'Công chức', unit: 'one_stop', termFrom: '2020-01-01' } as const;
      officials.push(await appointOfficial(ctx, post));
    }
  });
});

describe('an indicator’s plan', () => {
  it('names who, with whom, by when, with which money and which risk; the latest counts', async () => {
    const workId = await as(leader, (ctx) =>
      addWork(ctx, { titleVi: 'Mạng', titleEn: 'Net', beginsOn: '2024-01-01' }),
    );
    const plan = {
      officialId: officials[0]!,
      coWorkers: [officials[1]!],
      deadline: '2024-02-01',
      workId,
      risk: 'Thiếu vốn',
      riskLevel: 'high' as const,
    };
    await as(leader, (ctx) => assignIndicator(ctx, place, plan));
    const read = () => as(leader, (ctx) => assignmentsOf(ctx, SMART_COMMUNE));
    expect((await read()).get('2.1.1')).toMatchObject({
      official: 'Nguyễn Một',
      coWorkers: ['Trần Hai'],
      workId,
      riskLevel: 'high',
      from: DAY,
    });
    const strange = { ...plan, coWorkers: ['01900000-0000-7000-8000-00000000000a'] };
    await expect(as(leader, (ctx) => assignIndicator(ctx, place, strange))).rejects.toMatchObject({
      fields: { coWorkers: 'criteria.assignment.no_official' },
    });
    const other = { ...plan, workId: '01900000-0000-7000-8000-00000000000a' };
    await expect(as(leader, (ctx) => assignIndicator(ctx, place, other))).rejects.toMatchObject({
      fields: { workId: 'input.unknown' },
    });
  });

  it('has steps that end once, and tells what is late first', async () => {
    const add = (what: string, due: string) =>
      as(leader, (ctx) => addStep(ctx, place, { what, beginsOn: '2024-01-01', due }));
    const first = await add('Khảo sát', '2024-01-15');
    await add('Lắp đặt', '2024-05-01');
    const view = () => as(leader, (ctx) => planView(ctx, new URLSearchParams()));
    expect((await view()).late).toMatchObject([{ code: '2.1.1', lateDays: 76, steps: '0/2' }]);
    const end = (onDay: string) => as(leader, (ctx) => endStep(ctx, first, { way: 'done', onDay }));
    await expect(end('2024-04-01')).rejects.toMatchObject({
      fields: { onDay: 'criteria.value.day_to_come' },
    });
    await end('2024-01-20');
    await expect(end('2024-01-20')).rejects.toMatchObject({ code: 'criteria.step.ended' });
    expect((await view()).late).toMatchObject([{ lateDays: 59, steps: '1/2', next: { what: 'Lắp đặt' } }]);
    const steps = (await as(leader, (ctx) => stepsOf(ctx, SMART_COMMUNE))).get('2.1.1');
    expect(steps?.map(({ end: ended }) => ended?.way ?? null)).toEqual(['done', null]);
    expect((await view()).timeline?.rows).toMatchObject([{ mark: 'late' }]);
  });

  it('gives a step as a task of the office', async () => {
    const id = await as(leader, (ctx) =>
      addStep(
        ctx,
        { ...place, indicator: '2.1.2' },
        {
          what: 'Đo sóng',
          beginsOn: '2024-04-01',
          due: '2024-05-01',
          officialId: officials[0]!,
          task: true,
        },
      ),
    );
    const steps = (await as(leader, (ctx) => stepsOf(ctx, SMART_COMMUNE))).get('2.1.2');
    expect(steps).toMatchObject([{ id, taskId: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  });

  it('is for the desk, and changed by those who may', async () => {
    await expect(as(citizen(), (ctx) => stepsOf(ctx, SMART_COMMUNE))).rejects.toMatchObject({ status: 403 });
    const step = { what: 'x', beginsOn: DAY, due: DAY };
    await expect(as(official('clerk'), (ctx) => addStep(ctx, place, step))).rejects.toMatchObject({
      status: 403,
    });
    await expect(
      as(official('auditor'), (ctx) => endStep(ctx, 'x', { way: 'done', onDay: DAY })),
    ).rejects.toMatchObject({ status: 403 });
  });
});

describe('the board and the timeline', () => {
  const open = (due: string) =>
    ({
      id: '1',
      what: 'x',
      beginsOn: DAY,
      due: localDate(due),
      official: null,
      taskId: null,
      end: null,
    }) as const;
  it('never call late what is reached, nor what ends today', () => {
    const planned = { deadline: addDays(DAY, -1) };
    expect(missedSince(planned, [], DAY)).toBe(addDays(DAY, -1));
    expect(missedSince({ deadline: DAY }, [open(DAY)], DAY)).toBeNull();
    expect(planState({ status: 'reached', waiting: false }, planned, planned.deadline)).toBe('reached');
    expect(planState({ status: 'not_reached', waiting: false }, planned, planned.deadline)).toBe('late');
    expect(planState({ status: 'unknown', waiting: true }, undefined, null)).toBe('waiting');
    expect(planState({ status: 'unknown', waiting: false }, undefined, null)).toBe('nobody');
  });

  it('place every span inside the whole, in order', () => {
    const span = spanOf({ from: localDate('2023-11-20'), deadline: localDate('2024-07-15') }, [
      open('2024-12-31'),
    ])!;
    const whole = wholeOf([span], DAY);
    expect(whole).toEqual({ from: '2023-11-01', to: '2025-01-01' });
    const [start, today, end] = [span.from, DAY, span.to].map((day) => placeOf(day, whole)) as [
      number,
      number,
      number,
    ];
    expect(0 < start && start < today && today < end && end < 100).toBe(true);
    const ticks = ticksOf(whole);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks[0]).toBe(whole.from);
    expect(ticks.at(-1)! < whole.to).toBe(true);
  });
});
