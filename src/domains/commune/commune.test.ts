import { beforeAll, describe, expect, it } from 'vitest';
import { dueAt } from '#kernel/office-time';
import { formatIso } from '#kernel/format';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { SMALL_COMMUNE, USUAL_WEEK } from './fixtures.ts';
import {
  addHamlet,
  changeSettings,
  communeSettings,
  communeSite,
  listSpecialDays,
  officeCalendar,
  recordSpecialDay,
  recordSpecialDays,
  removeOfficeHours,
  removeSpecialDay,
  setOfficeHours,
  setUpCommune,
  unitOn,
} from './index.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
const NOW = new Date('2024-04-22T09:00:00+07:00');

beforeAll(async () => {
  await world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { now: NOW });
});

function asNeighbour<T>(work: Parameters<typeof world.as<T>>[1]): Promise<T> {
  return world.as(leader, work, { commune: world.neighbour, now: NOW });
}

/** What the listeners of the calendar will be told, oldest first. */
async function toldChanges(work: () => Promise<unknown>): Promise<unknown[]> {
  const listeners = world.wiring.listeners as Map<string, readonly string[]>;
  const before = listeners.get('commune.calendar.changed');
  listeners.set('commune.calendar.changed', ['test>calendar']);
  await work();
  if (before) listeners.set('commune.calendar.changed', before);
  else listeners.delete('commune.calendar.changed');
  const { rows } = await world.owner.query(
    `delete from jobs._private_jobs j using jobs._private_tasks t
     where t.id = j.task_id and t.identifier = 'test>calendar' returning j.payload, j.id`,
  );
  return rows.sort((a, b) => Number(a.id) - Number(b.id)).map((row) => row.payload.data);
}

function dueIn(actor = anonymous, from = '2024-04-26T09:00:00+07:00'): Promise<string> {
  return world.as(actor, async (ctx) =>
    formatIso(dueAt(await officeCalendar(ctx), new Date(from), { unit: 'working_days', amount: 3 }).due),
  );
}

describe('setting up', () => {
  it('is done once, by the system or an administrator', async () => {
    for (const actor of [anonymous, citizen(), official('clerk'), leader]) {
      const tried = world.as(actor, (ctx) => setUpCommune(ctx, SMALL_COMMUNE), { commune: world.neighbour });
      await expect(tried).rejects.toMatchObject({ status: actor.kind === 'anonymous' ? 401 : 403 });
    }
    const again = world.as(system, (ctx) => setUpCommune(ctx, SMALL_COMMUNE));
    await expect(again).rejects.toMatchObject({ code: 'commune.already_set_up' });
  });

  it('knows what the commune was and is', async () => {
    const { units } = await world.as(anonymous, communeSite);
    expect(unitOn(units, localDate('2023-06-05'))).toMatchObject({
      name: 'xã Tức Tranh',
      successorCode: '05641',
    });
    expect(unitOn(units, localDate('2025-06-30'))?.district).toBe('huyện Phú Lương');
    expect(unitOn(units, localDate('2025-07-01'))).toMatchObject({ name: 'xã Vô Tranh', district: null });
  });
});

describe('the office calendar', () => {
  it('is the catalogue at first, and counts as the letters say', async () => {
    expect(await dueIn()).toBe('2024-05-04T17:00:00+07:00');
    const days = await world.as(anonymous, (ctx) => listSpecialDays(ctx, 2024));
    expect(days.find((day) => day.date === '2024-05-04')).toMatchObject({ kind: 'worked' });
  });

  it('changes for everybody with the transaction that changes it, and not when that is rolled back', async () => {
    const day = { date: '2024-05-02', kind: 'off', name: { vi: 'Thử', en: 'Test' }, source: 'CV 1' } as const;
    await expect(
      world.as(leader, async (ctx) => {
        await recordSpecialDay(ctx, day);
        const calendar = await officeCalendar(ctx);
        expect(calendar.days.size).toBeGreaterThan(50);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await dueIn()).toBe('2024-05-04T17:00:00+07:00');
    const told = await toldChanges(() => world.as(leader, (ctx) => recordSpecialDay(ctx, day), { now: NOW }));
    expect(told).toEqual([{ days: ['2024-05-02'], from: '2024-05-02', until: '2024-05-02' }]);
    expect(await dueIn()).toBe('2024-05-06T17:00:00+07:00');
    const gone = await toldChanges(() => world.as(leader, (ctx) => removeSpecialDay(ctx, '2024-05-02')));
    expect(gone).toHaveLength(1);
    expect(await dueIn()).toBe('2024-05-04T17:00:00+07:00');
  });

  it('a letter about a swap is entered whole and told once; the same again tells nobody', async () => {
    const letter = [
      { date: '2027-01-01', kind: 'off', name: { vi: 'Tết', en: 'New Year' }, source: 'CV 2' },
      {
        date: '2027-01-04',
        kind: 'off',
        name: { vi: 'Hoán đổi', en: 'Swap' },
        source: 'CV 2',
        decreedOn: '2026-12-20',
      },
      {
        date: '2027-01-09',
        kind: 'worked',
        name: { vi: 'Làm bù', en: 'Worked' },
        source: 'CV 2',
        swapFor: '2027-01-04',
      },
    ] as const;
    const now = { now: new Date('2026-12-21T08:00:00+07:00') };
    const told = await toldChanges(() => world.as(leader, (ctx) => recordSpecialDays(ctx, letter), now));
    expect(told).toEqual([
      { days: ['2027-01-01', '2027-01-04', '2027-01-09'], from: '2027-01-01', until: '2027-01-09' },
    ]);
    const checkedNow = letter.map((day) => ({ ...day, mark: 'F' as const, verified: true }));
    expect(
      await toldChanges(() => world.as(leader, (ctx) => recordSpecialDays(ctx, checkedNow), now)),
    ).toEqual([]);
    const days = await world.as(anonymous, (ctx) => listSpecialDays(ctx, 2027));
    expect(days.map((day) => day.verified)).toEqual([true, true, true]);
  });

  it('takes hours from a day on, and gives them back', async () => {
    const told = await toldChanges(() =>
      world.as(leader, (ctx) =>
        setOfficeHours(ctx, {
          from: '2024-05-03',
          work: { ...USUAL_WEEK, 6: [['07:00', '11:00']] },
          source: 'QĐ 1',
        }),
      ),
    );
    expect(told).toEqual([{ days: [], from: '2024-05-03', until: null }]);
    expect(await dueIn(anonymous, '2024-05-06T09:00:00+07:00')).toBe('2024-05-09T17:00:00+07:00');
    expect(await dueIn(anonymous, '2024-05-08T09:00:00+07:00')).toBe('2024-05-11T11:00:00+07:00');
    await world.as(leader, (ctx) => removeOfficeHours(ctx, '2024-05-03'));
    expect(await dueIn(anonymous, '2024-05-08T09:00:00+07:00')).toBe('2024-05-13T17:00:00+07:00');
    const last = world.as(leader, (ctx) => removeOfficeHours(ctx, '2020-01-01'));
    await expect(last).rejects.toMatchObject({ code: 'commune.hours.last' });
  });

  it('refuses what no letter can say', async () => {
    const name = { vi: 'Thử', en: 'Test' };
    const wrong = async (day: object) =>
      world
        .as(leader, (ctx) =>
          recordSpecialDay(ctx, { name, source: 'CV', kind: 'off', date: '2026-05-05', ...day } as never),
        )
        .then(() => 'taken')
        .catch((thrown) => thrown.fields ?? thrown.code);
    expect(await wrong({ date: '2026-02-30' })).toEqual({ date: 'input.bad_date' });
    expect(await wrong({ kind: 'worked' })).toEqual({ date: 'commune.special_day.only_weekend_worked' });
    expect(await wrong({ swapFor: '2026-05-04' })).toEqual({
      swapFor: 'commune.special_day.only_worked_swaps',
    });
    expect(await wrong({ verified: true })).toEqual({ verified: 'commune.special_day.verified_needs_text' });
    expect(await wrong({ date: '2926-05-05' })).toEqual({ date: 'input.out_of_range' });
    expect(await wrong({ kind: 'half' })).toEqual({ kind: 'input.invalid_value' });
    expect(await wrong({ source: ' \u200b ' })).toEqual({ source: 'input.missing' });
    expect(await wrong({ name: { vi: 'x'.repeat(201), en: 'x' } })).toEqual({ 'name.vi': 'input.too_big' });
    for (const work of [
      {},
      { 1: [['11:00', '07:00']] },
      {
        1: [
          ['07:00', '12:00'],
          ['11:00', '17:00'],
        ],
      },
    ]) {
      const tried = world.as(leader, (ctx) =>
        setOfficeHours(ctx, { from: '2026-01-01', work: work as never, source: 'x' }),
      );
      await expect(tried).rejects.toMatchObject({ fields: { work: 'commune.hours.impossible' } });
    }
  });

  it('is changed by leaders only, and never from the neighbour', async () => {
    const day = { date: '2026-07-01', kind: 'off', name: { vi: 'Thử', en: 'Test' }, source: 'CV' } as const;
    for (const actor of [
      anonymous,
      citizen(),
      official('clerk'),
      official({ role: 'leader', hamletId: 'x' }),
    ]) {
      for (const verb of [
        () => world.as(actor, (ctx) => recordSpecialDay(ctx, day)),
        () => world.as(actor, (ctx) => removeSpecialDay(ctx, '2026-01-01')),
        () =>
          world.as(actor, (ctx) =>
            setOfficeHours(ctx, { from: '2026-01-01', work: USUAL_WEEK, source: 'x' }),
          ),
      ])
        await expect(verb()).rejects.toMatchObject({ status: actor.kind === 'anonymous' ? 401 : 403 });
    }
    await asNeighbour((ctx) => recordSpecialDay(ctx, day));
    await expect(asNeighbour((ctx) => removeSpecialDay(ctx, '2026-01-01'))).rejects.toMatchObject({
      status: 404,
    });
    const own = await world.as(anonymous, (ctx) => listSpecialDays(ctx, 2026));
    expect(own.map((day) => day.date)).not.toContain('2026-07-01');
    expect(own.map((day) => day.date)).toContain('2026-01-01');
  });
});

describe('settings', () => {
  it('are cleaned, checked, taken away when empty, and the same for every copy', async () => {
    expect(await world.as(anonymous, communeSettings)).toMatchObject({
      address: 'Xóm Khe Cốc',
      phone: '+842083822115',
    });
    await world.as(leader, (ctx) => changeSettings(ctx, { address: '', email: ' ubnd@tuc-tranh.example ' }));
    expect(await world.as(anonymous, communeSettings)).toMatchObject({
      address: null,
      email: 'ubnd@tuc-tranh.example',
      phone: '+842083822115',
    });
    const wrong = world.as(leader, (ctx) => changeSettings(ctx, { phone: 'gọi tôi', email: 'a@b' }));
    await expect(wrong).rejects.toMatchObject({
      fields: { phone: 'input.bad_phone', email: 'input.bad_email' },
    });
    await expect(
      world.as(official('clerk'), (ctx) => changeSettings(ctx, { address: 'x' })),
    ).rejects.toMatchObject({ status: 403 });
    expect(await asNeighbour(communeSettings)).toMatchObject({ email: null, phone: null });
  });
});

describe('the API', () => {
  it('tells what the commune and its hamlets are, each host its own', async () => {
    const own = await (await api.request('/api/v1/commune')).json();
    expect(own).toMatchObject({ slug: 'tuc-tranh', unit: { name: 'xã Vô Tranh' }, phone: '+842083822115' });
    await asNeighbour((ctx) => addHamlet(ctx, { name: 'Xóm bên' }));
    const other = await (
      await api.request('/api/v1/hamlets', { headers: { host: 'phu-do.localhost' } })
    ).json();
    expect(other.items.map((hamlet: { name: string }) => hamlet.name)).toEqual(['Xóm bên']);
    const found = await (await api.request('/api/v1/hamlets?q=khe%20coc')).json();
    expect(found).toMatchObject({ total: 1, items: [{ slug: 'khe-coc' }] });
  });
});
