import { beforeEach, describe, expect, it } from 'vitest';
import { official, useWorld } from '#test/world';
import { chainTools } from './chain-fixture.ts';
import { eraseAuditDetail } from './erase.actions.ts';
import { listAudit } from './trail.queries.ts';

const world = useWorld();
const { begin, heads, link, links, verify } = chainTools(world);

beforeEach(begin);

describe('erasing personal detail', () => {
  let entry: string;
  beforeEach(async () => {
    entry = (await links())[2]!.entry_id;
  });
  const erase = (actor = official('admin'), reason = 'Theo yêu cầu của người dân, đơn số 12') =>
    world.as(actor, (ctx) => eraseAuditDetail(ctx, { entryId: entry, reason }));

  it('deletes the detail, records who did it and why, and leaves the chain sound', async () => {
    const admin = official('admin');
    await erase(admin);
    const { rows } = await world.owner.query(
      "select actor_id, subject_id, purpose from audit_entry where action = 'audit.detail.erase'",
    );
    expect(rows).toEqual([
      { actor_id: admin.userId, subject_id: entry, purpose: 'Theo yêu cầu của người dân, đơn số 12' },
    ]);
    await link();
    expect(await verify(await heads())).toMatchObject({ entries: 7, details: 5, erased: 1, problems: [] });
  });

  it('needs a reason, a right, and something to erase', async () => {
    await expect(erase(official('admin'), ' ')).rejects.toMatchObject({ code: 'audit.reason_needed' });
    await expect(erase(official('auditor'))).rejects.toMatchObject({ status: 403 });
    await erase();
    await expect(erase()).rejects.toMatchObject({ code: 'audit.detail.not_found', status: 404 });
  });

  it('reaches no other commune’s entry', async () => {
    const foreign = world.as(
      official('admin'),
      (ctx) => eraseAuditDetail(ctx, { entryId: entry, reason: 'x' }),
      {
        commune: world.neighbour,
      },
    );
    await expect(foreign).rejects.toMatchObject({ status: 404 });
  });
});

describe('reading the record', () => {
  const read = (actor = official('auditor'), filter = {}, page = 1) =>
    world.as(actor, (ctx) => listAudit(ctx, filter, page));

  it('shows the newest first, with their details, and records the reading', async () => {
    const auditor = official('auditor');
    const { rows, more } = await read(auditor);
    expect(more).toBe(false);
    expect(rows.map(({ action }) => action)).toEqual([5, 4, 3, 2, 1, 0].map((n) => `test.act.${n}`));
    expect(rows[0]!.detail).toEqual({ name: 'Hoàng Thị Đặng', done: 5 });
    const [reading] = (await read(auditor)).rows;
    expect(reading).toMatchObject({ action: 'audit.trail.read', outcome: 'seen', actorId: auditor.userId });
  });

  it('filters, and takes no wildcard from the question', async () => {
    expect((await read(official('admin'), { action: 'test.act.3' })).rows).toHaveLength(1);
    expect((await read(official('admin'), { action: 'test_act%' })).rows).toHaveLength(0);
    expect((await read(official('admin'), { outcome: 'refused' })).rows).toHaveLength(0);
    expect((await read(official('admin'), { to: '2020-01-01' })).rows).toHaveLength(0);
    expect((await read(official('admin'), { from: 'no date' })).rows.length).toBeGreaterThan(6);
  });

  it('is refused to others, and the refusal stands in it', async () => {
    await expect(read(official('clerk'))).rejects.toMatchObject({ status: 403 });
    const { rows } = await read(official('auditor'), { outcome: 'refused' });
    expect(rows.map(({ action }) => action)).toEqual(['audit.trail.read']);
  });

  it('shows nothing of another commune', async () => {
    const { rows } = await world.as(official('auditor'), (ctx) => listAudit(ctx, {}), {
      commune: world.neighbour,
    });
    expect(rows.filter(({ action }) => action.startsWith('test.'))).toEqual([]);
  });
});
