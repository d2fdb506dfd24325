import { beforeAll, describe, expect, it } from 'vitest';
import { officeCalendar, recordSpecialDays, removeSpecialDay } from '#domain/commune';
import { dueAt } from '#kernel/office-time';
import { instantAt, localDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import { fileAtCounter } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';
import { loadDossier, projectionOf } from '../dossier/record.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { hearCalendarChange, recomputeDeadline, recomputeSome } from './recompute.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const admin = official('admin');
const received = instantAt(localDate('2026-06-01'), 9 * 60);
const letter = 'Công văn 99/TTg';
const swap = { date: '2026-06-03', kind: 'off', name: { vi: 'nghỉ bù', en: 'swap day' }, mark: 'F' } as const;

beforeAll(async () => {
  for (const commune of [world.commune, world.neighbour]) {
    await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }), {
      commune,
    });
  }
});

const at = (now: Date) => ({ now });
const load = (id: string) => world.as(clerk, (ctx) => loadDossier(ctx, id));

async function filed(): Promise<string> {
  const { id } = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), at(received));
  await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}), at(received));
  return id;
}

/** Enters the swap day and does the jobs that this queues. @returns the ids that were recomputed */
async function decree(): Promise<string[]> {
  const days = await world.as(admin, (ctx) =>
    recordSpecialDays(ctx, [{ ...swap, source: letter, verified: true }]),
  );
  const heard = { days, from: days[0], until: days.at(-1) };
  return work(heard);
}

async function work(heard: Record<string, unknown>): Promise<string[]> {
  await world.owner.query('delete from jobs._private_jobs');
  await world.as(system, (ctx) => hearCalendarChange(ctx, heard));
  const { rows } = await world.owner.query<{ payload: { data: { ids: string[] } } }>(
    `select payload from jobs._private_jobs j join jobs._private_tasks t on t.id = j.task_id
     where t.identifier = 'services.deadline.recompute'`,
  );
  const jobs = rows.map(({ payload }) => payload.data);
  for (const data of jobs) await world.as(system, (ctx) => recomputeSome(ctx, data));
  return jobs.flatMap(({ ids }) => ids);
}

describe('a swap day decreed late', () => {
  it('moves what was promised, by a letter, and tells the applicant; done again it changes nothing', async () => {
    const id = await filed();
    const before = (await load(id)).row.due_at!;
    expect(await decree()).toContain(id);
    const { row, actions } = await load(id);
    const calendar = await world.as(clerk, (ctx) => officeCalendar(ctx));
    const due = dueAt(calendar, received, { unit: 'working_days', amount: 5 }, { cutoff: '15:00' }).due;
    expect(row.due_at).toEqual(due);
    expect(due.getTime()).toBeGreaterThan(before.getTime());
    expect(actions.at(-1)).toMatchObject({
      kind: 'recalculate',
      data: { letter, before: before.toISOString(), after: due.toISOString() },
    });
    const { rows } = await world.owner.query(
      `select params from notifications_message where event = 'services.dossier.deadline_recomputed'`,
    );
    expect(rows.map(({ params }) => params.new_due)).toContain(due.toISOString());
    await work({ days: [swap.date], from: swap.date, until: swap.date });
    expect((await load(id)).row.last_seq).toBe(row.last_seq);
    await world.as(admin, (ctx) => removeSpecialDay(ctx, swap.date));
    await work({ days: [swap.date], from: swap.date, until: swap.date });
    const back = await load(id);
    expect(back.row.due_at).toEqual(before);
    expect(back.actions.at(-1)).toMatchObject({ kind: 'recalculate', data: { letter: '' } });
  });

  it('leaves alone what is finished, paused, received later, or due before', async () => {
    const done = await filed();
    await world.as(clerk, (ctx) => move(ctx, done, 'withdraw', {}), at(received));
    const paused = await filed();
    await world.as(clerk, (ctx) => move(ctx, paused, 'request_payment', { amount: '1' }), at(received));
    const later = instantAt(localDate('2026-07-01'), 9 * 60);
    const { id: next } = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), at(later));
    await world.as(clerk, (ctx) => move(ctx, next, 'receive', {}), at(later));
    const touched = await decree();
    for (const id of [done, paused, next]) expect(touched).not.toContain(id);
    await world.as(admin, (ctx) => removeSpecialDay(ctx, swap.date));
  });

  it('keeps step and promise as a fresh computation gives them', async () => {
    const id = await filed();
    await decree();
    await world.as(clerk, async (ctx) => {
      const { row, dossier, procedure } = await loadDossier(ctx, id);
      expect(row).toMatchObject(await projectionOf(ctx, dossier, procedure));
    });
    await world.as(admin, (ctx) => removeSpecialDay(ctx, swap.date));
  });

  it('tells the applicant also where somebody acts on the dossier before the job comes to it', async () => {
    const id = await filed();
    const before = (await load(id)).row.due_at!;
    await world.as(admin, (ctx) => recordSpecialDays(ctx, [{ ...swap, source: letter, verified: true }]));
    await world.as(clerk, (ctx) => move(ctx, id, 'remark', { text: 'x' }), at(received));
    const { row, actions } = await load(id);
    expect(row.due_at!.getTime()).toBeGreaterThan(before.getTime());
    expect(actions.slice(-2)).toMatchObject([
      { kind: 'recalculate', actorId: 'system:calendar', data: { before: before.toISOString() } },
      { kind: 'remark' },
    ]);
    const { rows } = await world.owner.query(
      `select params from notifications_message where event = 'services.dossier.deadline_recomputed'
       and params->>'code' = $1`,
      [row.code],
    );
    expect(rows).toHaveLength(1);
    await work({ days: [swap.date], from: swap.date, until: swap.date });
    expect((await load(id)).row.last_seq).toBe(row.last_seq);
    await world.as(admin, (ctx) => removeSpecialDay(ctx, swap.date));
  });

  it('is the program’s work alone, and not the neighbour’s', async () => {
    const id = await filed();
    await expect(world.as(clerk, (ctx) => recomputeDeadline(ctx, id, letter))).rejects.toMatchObject({
      code: 'refused',
    });
    const there = { commune: world.neighbour };
    await expect(world.as(system, (ctx) => recomputeDeadline(ctx, id, letter), there)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('takes no harm from a payload that makes no sense', async () => {
    for (const data of [{}, { from: 'gestern' }, { from: 5, days: 'x' }]) {
      await world.as(system, (ctx) => hearCalendarChange(ctx, data));
    }
    await world.as(system, (ctx) => recomputeSome(ctx, { ids: ['x', 7, null] }));
  });
});
