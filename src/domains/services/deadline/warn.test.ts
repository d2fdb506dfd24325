import { beforeAll, describe, expect, it } from 'vitest';
import { appointOfficial, endOfficial, recordAbsence } from '#domain/registry';
import { instantAt, localDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import { fileAtCounter } from '../dossier/file.actions.ts';
import { move } from '../dossier/move.actions.ts';
import { loadDossier } from '../dossier/record.ts';
import { AN_OFFICIAL, CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { hearOfficialLeft } from './leave.actions.ts';
import { warnOfDeadlines } from './warn.actions.ts';

const world = useWorld();
const clerk = official('clerk');
const admin = official('admin');
/** The club has five working days: received on Monday, due next Monday at 17:00. */
const monday = time('2026-06-01', '09:00');
const people = { lan: '', cover: '', chair: '' };

function time(day: string, clock: string): Date {
  const [hour, minute] = clock.split(':').map(Number);
  return instantAt(localDate(day), hour! * 60 + minute!);
}

const appoint = (fullName: string, userId: string, unit: 'one_stop' | 'leaders' = 'one_stop') =>
  world.as(system, (ctx) => appointOfficial(ctx, { ...AN_OFFICIAL, fullName, userId, unit }));

beforeAll(async () => {
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  people.lan = await appoint('Hoàng Thị Lan', 'user-lan');
  people.cover = await appoint('Lý Văn Thay', 'user-cover');
  people.chair = await appoint('Trần Văn Chủ', 'user-chair', 'leaders');
});

/** A dossier on Lan's desk, or on nobody's. */
async function onDesk(assigned = true, received = monday): Promise<string> {
  const at = { now: received };
  const { id } = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), at);
  await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}), at);
  if (assigned) await world.as(clerk, (ctx) => move(ctx, id, 'assign', { to: people.lan }), at);
  return id;
}

const warn = (now: Date) => world.as(system, (ctx) => warnOfDeadlines(ctx), { now });

/** Who was told what of a dossier, as `event user`. */
async function told(id: string): Promise<string[]> {
  const { row } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
  const { rows } = await world.owner.query<{ event: string; user_id: string }>(
    `select event, user_id from notifications_message where params ->> 'code' = $1 and event in
      ('services.dossier.due_soon', 'services.dossier.step_due', 'services.dossier.overdue') order by id`,
    [row.code],
  );
  return rows.map(({ event, user_id }) => `${event.slice('services.dossier.'.length)} ${user_id}`);
}

describe('warnings', () => {
  it('come one working day before, at the end of the step, and to the leaders when late; each once', async () => {
    const id = await onDesk();
    await warn(time('2026-06-04', '10:00'));
    expect(await told(id)).toEqual([]);
    // Friday is the working day before Monday; the step "Thẩm định" has 80 % of five days: Friday 17:00.
    for (const at of ['08:00', '08:15', '16:59']) await warn(time('2026-06-05', at));
    expect(await told(id)).toEqual(['due_soon user-lan']);
    await warn(time('2026-06-08', '08:00'));
    expect(await told(id)).toEqual(['due_soon user-lan', 'step_due user-lan']);
    await warn(time('2026-06-09', '08:00'));
    await warn(time('2026-06-10', '08:00'));
    expect(await told(id)).toEqual(['due_soon user-lan', 'step_due user-lan', 'overdue user-chair']);
  });

  it('are not given while the office is closed', async () => {
    const id = await onDesk();
    for (const at of ['2026-06-05 06:00', '2026-06-05 12:30', '2026-06-06 09:00', '2026-06-07 09:00']) {
      const [day, clock] = at.split(' ');
      expect(await warn(time(day!, clock!))).toBe(0);
    }
    expect(await told(id)).toEqual([]);
  });

  it('go to the leaders where nobody has the dossier, and come anew when the deadline has moved', async () => {
    const id = await onDesk(false);
    const friday = time('2026-06-05', '08:00');
    await warn(friday);
    expect(await told(id)).toEqual(['due_soon user-chair', 'step_due user-chair']);
    const due = time('2026-06-15', '17:00').toISOString();
    await world.as(clerk, (ctx) => move(ctx, id, 'apologise', { reason: 'r', due }), { now: friday });
    await warn(time('2026-06-12', '08:00'));
    expect(await told(id)).toEqual(['due_soon user-chair', 'step_due user-chair', 'due_soon user-chair']);
  });

  it('go to whoever covers for the absent', async () => {
    const id = await onDesk(true, time('2026-07-06', '09:00'));
    await world.as(admin, (ctx) =>
      recordAbsence(ctx, {
        officialId: people.lan,
        from: '2026-07-09',
        to: '2026-07-10',
        coveredBy: people.cover,
      }),
    );
    await warn(time('2026-07-10', '08:00'));
    expect(await told(id)).toEqual(['due_soon user-cover']);
  });

  it('say nothing of paused and finished dossiers', async () => {
    const received = time('2026-08-03', '09:00');
    const paused = await onDesk(true, received);
    await world.as(clerk, (ctx) => move(ctx, paused, 'request_payment', { amount: '1' }), { now: received });
    const gone = await onDesk(true, received);
    await world.as(clerk, (ctx) => move(ctx, gone, 'withdraw', {}), { now: received });
    await warn(time('2026-08-20', '08:00'));
    expect(await told(paused)).toEqual([]);
    expect(await told(gone)).toEqual([]);
  });

  it('are the program’s work alone', async () => {
    await expect(world.as(clerk, (ctx) => warnOfDeadlines(ctx))).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('an official who leaves', () => {
  it('leaves the open dossiers to the leaders, each with its reason, and the leaders are told once', async () => {
    const open = [await onDesk(), await onDesk()];
    const finished = await onDesk();
    await world.as(clerk, (ctx) => move(ctx, finished, 'withdraw', {}));
    await world.as(admin, (ctx) => endOfficial(ctx, people.lan));
    const heard = { official_id: people.lan };
    await world.as(system, (ctx) => hearOfficialLeft(ctx, heard));
    await world.as(system, (ctx) => hearOfficialLeft(ctx, heard));
    for (const id of open) {
      const { row, actions } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
      expect(row.assignee_id).toBeNull();
      expect(actions.filter(({ kind }) => kind === 'unassign')).toHaveLength(1);
    }
    const { row } = await world.as(clerk, (ctx) => loadDossier(ctx, finished));
    expect(row.assignee_id).toBe(people.lan);
    const { rows } = await world.owner.query(
      `select user_id from notifications_message where event = 'services.dossier.handed_over'`,
    );
    expect(rows).toEqual([{ user_id: 'user-chair' }]);
    const again = world.as(clerk, (ctx) => move(ctx, open[0]!, 'assign', { to: people.lan }));
    await expect(again).rejects.toMatchObject({ code: 'services.officer.not_in_office' });
  });

  it('of the neighbour takes nothing from here', async () => {
    const id = await onDesk(false);
    await world.as(clerk, (ctx) => move(ctx, id, 'assign', { to: people.cover }));
    await world.as(system, (ctx) => hearOfficialLeft(ctx, { official_id: people.cover }), {
      commune: world.neighbour,
    });
    await world.as(system, (ctx) => hearOfficialLeft(ctx, { official_id: "' or 1=1" }));
    const { row } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
    expect(row.assignee_id).toBe(people.cover);
  });
});
