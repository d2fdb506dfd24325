import { describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { addHamlet } from '#domain/commune';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { anOfficial } from './fixtures.ts';
import { registry } from './domain.ts';
import {
  appointOfficial,
  changeOfficial,
  endOfficial,
  getOfficial,
  linkOfficial,
  listOfficials,
  officialDirectory,
  officialsOfUser,
  type NewOfficial,
} from './index.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
const at = (text: string) => ({ now: new Date(`${text}:00+07:00`) });
const NOW = at('2024-04-22T09:00');

const appoint = (more: Partial<NewOfficial> = {}, when = NOW) =>
  world.as(leader, (ctx) => appointOfficial(ctx, anOfficial(more)), when);
const names = (when = NOW, q?: string) =>
  world.as(anonymous, async (ctx) => (await officialDirectory(ctx, { q })).map((one) => one.fullName), when);

/** Listens to an event for the length of the work and gives what was told. */
async function told(event: string, work: () => Promise<unknown>): Promise<unknown[]> {
  (world.wiring.listeners as Map<string, readonly string[]>).set(event, [`${event}>test`]);
  await work();
  (world.wiring.listeners as Map<string, readonly string[]>).delete(event);
  const { rows } = await world.owner.query(
    `delete from jobs._private_jobs j using jobs._private_tasks t
     where t.id = j.task_id and t.identifier = $1 returning j.payload`,
    [`${event}>test`],
  );
  return rows.map((row) => row.payload.data);
}

describe('the directory', () => {
  it('stands by part of the commune, then by place, and is searched without accents in any order', async () => {
    await appoint({
      fullName: 'Hoàng Thị Đào',
      unit: 'police',
      post: 'Trưởng Công an xã',
      postEn: 'Head of police',
    });
    await appoint({ fullName: 'Trần Văn Lãnh', unit: 'leaders', post: 'Chủ tịch', position: 1 });
    await appoint({ fullName: 'Lê Thị Phó', unit: 'leaders', post: 'Phó Chủ tịch', position: 2 });
    const list = await names();
    expect(list).toEqual(['Trần Văn Lãnh', 'Lê Thị Phó', 'Hoàng Thị Đào']);
    for (const q of ['dao hoang', 'ĐÀO', 'truong cong an', 'head police', 'hoàng đ'])
      expect(await names(NOW, q)).toEqual(['Hoàng Thị Đào']);
    for (const q of ['dao tran', "' or 1=1", 'x'.repeat(200)]) expect(await names(NOW, q)).toEqual([]);
  });

  it('shows who is in office on the day, by term', async () => {
    await appoint({ fullName: 'Bùi Nhiệm Kỳ', termFrom: '2024-05-01', termTo: '2024-06-30' });
    expect(await names(at('2024-04-30T23:59'))).not.toContain('Bùi Nhiệm Kỳ');
    expect(await names(at('2024-05-01T00:00'))).toContain('Bùi Nhiệm Kỳ');
    expect(await names(at('2024-06-30T23:59'))).toContain('Bùi Nhiệm Kỳ');
    expect(await names(at('2024-07-01T00:00'))).not.toContain('Bùi Nhiệm Kỳ');
  });

  it('keeps who is not public to the staff', async () => {
    const id = await appoint({ fullName: 'Kín Tiếng', public: false, phone: '0540 000 111' });
    expect(await names()).not.toContain('Kín Tiếng');
    const staff = await world.as(
      official('clerk'),
      (ctx) => listOfficials(ctx, localDate('2024-04-22')),
      NOW,
    );
    expect(staff.find((one) => one.id === id)?.phone).toBe('+84540000111');
  });
});

describe('leaving office', () => {
  it('takes the number away at once, tells it once, and does not come back by looking back', async () => {
    const id = await appoint({ fullName: 'Đi Ngay', phone: '0540000112', userId: 'user-1' });
    expect(await names()).toContain('Đi Ngay');
    const heard = await told('registry.official.left', () =>
      world.as(leader, (ctx) => endOfficial(ctx, id), NOW),
    );
    expect(heard).toEqual([{ official_id: id, user_id: 'user-1', last_day: '2024-04-21', unit: 'one_stop' }]);
    expect(await names()).not.toContain('Đi Ngay');
    const before = world.as(anonymous, (ctx) => officialDirectory(ctx, { on: localDate('2024-04-01') }), NOW);
    expect((await before).map((one) => one.fullName)).not.toContain('Đi Ngay');
    expect(await world.as(leader, (ctx) => officialsOfUser(ctx, 'user-1'), NOW)).toEqual([]);
    const body = await (await api.request('/api/v1/officials')).text();
    expect(body).not.toContain('0540000112');
    expect(body).not.toContain('+84540000112');
  });

  it('on a later day is told on that day by its job, unless the term was changed meanwhile', async () => {
    const id = await appoint({ fullName: 'Đi Sau', termTo: '2024-12-31' });
    const waiting = async () => {
      const { rows } = await world.owner.query(`select run_at from jobs._private_jobs where key = $1`, [
        `registry.official.left:${id}`,
      ]);
      return rows.map((row) => row.run_at.toISOString());
    };
    expect(await waiting()).toEqual(['2024-12-31T17:00:00.000Z']);
    await world.as(leader, (ctx) => endOfficial(ctx, id, { leavesOn: '2024-06-01' }), NOW);
    expect(await waiting()).toEqual(['2024-05-31T17:00:00.000Z']);
    expect(await names()).toContain('Đi Sau');
    const job = registry.jobs!['registry.official.tell_left']!;
    const run = (when: string) =>
      told('registry.official.left', () => world.as(system, (ctx) => job(ctx, { id }), at(when)));
    expect(await run('2024-05-31T23:59')).toEqual([]);
    expect(await run('2024-06-01T00:00')).toHaveLength(1);
    expect(await run('2024-06-02T00:00')).toEqual([]);
  });
});

describe('the sign-in of an official', () => {
  it('is asked by himself and by colleagues, in terms of today', async () => {
    const me = official('clerk');
    const id = await appoint({ fullName: 'Có Tài Khoản' });
    await world.as(leader, (ctx) => linkOfficial(ctx, id, me.userId), NOW);
    const own = await world.as(me, (ctx) => officialsOfUser(ctx, me.userId), NOW);
    expect(own.map((one) => one.id)).toEqual([id]);
    const someone = citizen();
    await expect(world.as(someone, (ctx) => officialsOfUser(ctx, me.userId))).rejects.toMatchObject({
      status: 403,
    });
    expect(await world.as(someone, (ctx) => officialsOfUser(ctx, someone.userId))).toEqual([]);
  });
});

describe('writing the register of officials', () => {
  it('is for leaders and the administrator of this commune', async () => {
    const id = await appoint({ fullName: 'Của Ta' });
    for (const actor of [
      anonymous,
      citizen(),
      official('clerk'),
      official({ role: 'leader', hamletId: 'x' }),
    ]) {
      for (const verb of [
        () => world.as(actor, (ctx) => appointOfficial(ctx, anOfficial())),
        () => world.as(actor, (ctx) => changeOfficial(ctx, id, anOfficial())),
        () => world.as(actor, (ctx) => endOfficial(ctx, id)),
        () => world.as(actor, (ctx) => linkOfficial(ctx, id, 'x')),
      ])
        await expect(verb()).rejects.toMatchObject({ status: actor.kind === 'anonymous' ? 401 : 403 });
    }
    const there = { ...NOW, commune: world.neighbour };
    for (const verb of [
      () => world.as(leader, (ctx) => changeOfficial(ctx, id, anOfficial()), there),
      () => world.as(leader, (ctx) => endOfficial(ctx, id), there),
      () => world.as(leader, (ctx) => linkOfficial(ctx, id, 'x'), there),
      () => world.as(leader, (ctx) => getOfficial(ctx, id), there),
    ])
      await expect(verb()).rejects.toMatchObject({ status: 404 });
    expect(await world.as(anonymous, (ctx) => officialDirectory(ctx), there)).toEqual([]);
    const other = await (
      await api.request('/api/v1/officials', { headers: { host: 'phu-do.localhost' } })
    ).json();
    expect(other).toEqual({ items: [], total: 0 });
  });

  it('refuses what cannot be, field by field', async () => {
    const fields = (more: object) =>
      appoint(more as never)
        .then(() => 'taken')
        .catch((thrown) => thrown.fields);
    const foreign = await world.as(leader, (ctx) => addHamlet(ctx, { name: 'Xóm bên' }), {
      commune: world.neighbour,
    });
    expect(await fields({ termTo: '2019-12-31' })).toEqual({ termTo: 'registry.official.term_backwards' });
    expect(await fields({ hamletId: foreign })).toEqual({ hamletId: 'input.unknown' });
    expect(await fields({ phone: '113', zalo: 'abc', email: 'x@y' })).toEqual({
      phone: 'input.bad_phone',
      zalo: 'input.bad_phone',
      email: 'input.bad_email',
    });
    expect(await fields({ unit: 'cia', fullName: '', post: 'x'.repeat(121) })).toEqual({
      unit: 'input.invalid_value',
      fullName: 'input.missing',
      post: 'input.too_big',
    });
    for (const id of ['', "'--", '00000000-0000-0000-0000-000000000000', 'x'.repeat(5000)])
      await expect(world.as(leader, (ctx) => getOfficial(ctx, id))).rejects.toMatchObject({ status: 404 });
  });
});

describe('GET /officials', () => {
  it('gives what the door plate says and nothing else', async () => {
    const hamletId = await world.as(leader, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }), NOW);
    await appoint({
      fullName: 'Trưởng Xóm Mẫu',
      unit: 'hamlet',
      hamletId,
      phone: '0540 000 113',
      zalo: '0540000113',
      demo: true,
    });
    const body = await (await api.request('/api/v1/officials?q=khe%20coc')).json();
    expect(body).toEqual({
      total: 1,
      items: [
        {
          id: expect.any(String),
          name: 'Trưởng Xóm Mẫu',
          post: 'Công chức Một cửa',
          post_en: null,
          unit: 'hamlet',
          hamlet: 'Khe Cốc',
          phone: '+84540000113',
          zalo: 'https://zalo.me/0540000113',
          email: null,
          on_duty: false,
          covered_by: null,
          demo: true,
        },
      ],
    });
    for (const query of ['unit=kgb', 'nonsense=1', `q=${'x'.repeat(101)}`])
      expect((await api.request(`/api/v1/officials?${query}`)).status).toBe(422);
  });
});
