import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { isAppError } from '#kernel/errors';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { seeded } from '../../../../demo/random.ts';
import { changePlace, openHousehold } from '../household/household.actions.ts';
import { getHousehold } from '../household/household.queries.ts';
import { moveOut, recordDeath } from '../household/member.actions.ts';
import { eraseExpired } from '../retention/erase.actions.ts';
import { recordStay } from '../stay/stay.actions.ts';
import { staysOf } from '../stay/stay.queries.ts';
import { createResident } from '../resident.actions.ts';
import { holds, type GroupCode, type Subject } from './group.ts';
import { SUPPORT_MEASURES } from './measures.ts';
import { cancelAid, endSupport, recordAid, recordSupport, type NewSupport } from './support.actions.ts';
import { exportSupported, listSupported, supportOf } from './support.queries.ts';

const COUNTED = ['poor_household', 'near_poor_household', 'temporary_house'] as const;
const world = useWorld();
const clerk = official('clerk');
const WHY = { now: new Date('2026-06-01T09:00:00+07:00'), purpose: 'visit' };
type Work<T> = Parameters<typeof world.as<T>>[1];
const asClerk = <T>(work: Work<T>) => world.as(clerk, work, WHY);
const headOf = (hamletId: string) => official({ role: 'hamlet_head', hamletId });
let here: string;
let there: string;

beforeAll(async () => {
  here = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  there = await world.as(system, (ctx) => addHamlet(ctx, { name: 'Xóm kia' }));
});

async function house(hamletId: string, name = 'Lý Văn Chủ'): Promise<Subject & { head: string }> {
  const head = { person: { fullName: name, birthDate: '1970-05-05' } };
  const id = await asClerk((ctx) => openHousehold(ctx, { hamletId, on: '2020-01-01', head }));
  return { kind: 'household', id, head: (await asClerk((ctx) => getHousehold(ctx, id))).people[0]!.id };
}

const given = (group: GroupCode, from = '2024-01-01'): NewSupport => ({ group, from, decision: 'QĐ 12' });
const record = (subject: Subject, group: GroupCode, from?: string) =>
  asClerk((ctx) => recordSupport(ctx, subject, given(group, from)));
const end = (id: string, until: string) =>
  asClerk((ctx) => endSupport(ctx, id, { until, decision: 'QĐ 30' }));
const counted = (at: number, asOf: string, scope = 'commune') =>
  asClerk(async (ctx) => {
    const question = { asOf: localDate(asOf), scope };
    const { numerator } = await SUPPORT_MEASURES[at]!.compute(ctx, question);
    const list = await SUPPORT_MEASURES[at]!.list(ctx, question, 'numerator', { offset: 0, limit: 999 });
    expect([list.total, list.records.length]).toEqual([numerator, numerator]);
    return { numerator, records: list.records };
  });

describe('groups that the commune looks after', () => {
  it('hold from a day up to the day before they end, poor and near-poor never at once', async () => {
    const poor = await house(here);
    const id = await record(poor, 'poor_household');
    await expect(record(poor, 'near_poor_household', '2025-01-01')).rejects.toMatchObject({
      code: 'registry.support.overlaps',
    });
    await expect(end(id, '2023-12-31')).rejects.toMatchObject({
      fields: { until: 'registry.support.before_it_began' },
    });
    await end(id, '2026-01-01');
    await expect(end(id, '2026-02-01')).rejects.toMatchObject({ code: 'registry.support.ended_already' });
    await record(poor, 'near_poor_household', '2026-01-01');
    const { groups } = await asClerk((ctx) => supportOf(ctx, poor));
    expect(groups.map(({ group, from, until }) => [group, from, until])).toEqual([
      ['near_poor_household', '2026-01-01', null],
      ['poor_household', '2024-01-01', '2026-01-01'],
    ]);
    const day = localDate('2025-12-31');
    const listed = await asClerk((ctx) => listSupported(ctx, { day, hamletId: here }));
    expect(listed.items).toMatchObject([{ group: 'poor_household', name: 'Lý Văn Chủ', hamletId: here }]);
  });

  it('are for households or for people, as the catalogue says', async () => {
    const home = await house(here);
    const person: Subject = { kind: 'resident', id: home.head };
    const wrong = { fields: { group: 'registry.support.wrong_group' } };
    await expect(record(home, 'orphan')).rejects.toMatchObject(wrong);
    await expect(record(person, 'poor_household')).rejects.toMatchObject(wrong);
    await expect(record(home, 'poor_household', '2019-12-31')).rejects.toMatchObject({ status: 422 });
    await expect(record(home, 'poor_household', '2026-06-02')).rejects.toMatchObject({ status: 422 });
    await record(person, 'disability');
    await record(person, 'merit');
    await expect(record(person, 'merit')).rejects.toMatchObject({ code: 'registry.support.overlaps' });
    const nobody: Subject = { kind: 'resident', id: home.id };
    await expect(record(nobody, 'merit')).rejects.toMatchObject({ code: 'registry.resident.not_found' });
  });

  it('are seen with a purpose, by a hamlet’s head in his hamlet, and the look is written down', async () => {
    const [mine, other] = [await house(here, 'Trần Ở Đây'), await house(there, 'Trần Ở Kia')];
    await record(mine, 'poor_household');
    await record(other, 'poor_household');
    const seen = await world.as(headOf(there), (ctx) => listSupported(ctx), WHY);
    expect(seen.items.map(({ name }) => name)).toEqual(['Trần Ở Kia']);
    const taken = await world.as(headOf(there), (ctx) => exportSupported(ctx, {}), WHY);
    expect(taken).toHaveLength(1);
    const refused = { status: 403 };
    const elsewhere: Work<unknown>[] = [
      (ctx) => listSupported(ctx, { hamletId: here }),
      (ctx) => exportSupported(ctx, { hamletId: here }),
      (ctx) => supportOf(ctx, mine),
      (ctx) => recordSupport(ctx, other, given('near_poor_household')),
    ];
    for (const work of elsewhere)
      await expect(world.as(headOf(there), work, WHY)).rejects.toMatchObject(refused);
    for (const role of ['police', 'auditor', 'admin'] as const)
      await expect(world.as(official(role), (ctx) => listSupported(ctx), WHY)).rejects.toMatchObject(refused);
    await expect(world.as(anonymous, (ctx) => listSupported(ctx), WHY)).rejects.toMatchObject({
      status: 401,
    });
    const unasked = { code: 'registry.purpose_needed' };
    await expect(world.as(clerk, (ctx) => listSupported(ctx))).rejects.toMatchObject(unasked);
    await expect(world.as(clerk, (ctx) => supportOf(ctx, mine))).rejects.toMatchObject(unasked);
    const { rows } = await world.owner.query(
      `select purpose, outcome from audit_entry where action = 'registry.support.export' and outcome = 'seen'`,
    );
    expect(rows).toEqual([{ purpose: 'visit', outcome: 'seen' }]);
    const question = { asOf: localDate('2026-06-01'), scope: 'commune' };
    const page = { offset: 0, limit: 9 };
    const [measure] = SUPPORT_MEASURES;
    const masked = await world.as(
      official('police'),
      (ctx) => measure!.list(ctx, question, 'numerator', page),
      WHY,
    );
    expect(masked.records.map(({ href }) => href)).toEqual([null, null]);
  });
});

describe('aid', () => {
  it('stands once however often it is sent, with its amount in đồng, and can be taken back', async () => {
    const home = await house(here);
    const gift = {
      day: '2026-05-02',
      what: 'Trợ cấp',
      amount: '1.500.000',
      source: 'Ngân sách',
      clientId: 'a',
    };
    const give = (more = {}) => asClerk((ctx) => recordAid(ctx, home, { ...gift, ...more }));
    await give();
    await give();
    await give({ clientId: 'b', what: '20 kg gạo', amount: '' });
    const { aid } = await asClerk((ctx) => supportOf(ctx, home));
    expect(aid.map(({ what, amount }) => [what, amount])).toEqual([
      ['20 kg gạo', null],
      ['Trợ cấp', 1_500_000n],
    ]);
    for (const amount of ['0', '-5', '1.50', 'nhiều'])
      await expect(give({ clientId: 'c', amount })).rejects.toMatchObject({
        fields: { amount: 'registry.support.bad_amount' },
      });
    await expect(give({ clientId: 'd', day: '2026-06-02' })).rejects.toMatchObject({ status: 422 });
    await expect(
      world.as(headOf(here), (ctx) => recordAid(ctx, home, { ...gift, clientId: 'e' }), WHY),
    ).rejects.toMatchObject({ status: 403 });
    await asClerk((ctx) => cancelAid(ctx, aid[0]!.id));
    expect((await asClerk((ctx) => supportOf(ctx, home))).aid).toHaveLength(1);
  });
});

type Spell = { house: string; group: GroupCode; from: LocalDate; until: LocalDate | null };

describe('the measures of poverty', () => {
  it('are those of a plain model after random decisions and moves, on any day and in any hamlet', async () => {
    const random = seeded(23);
    const day = () => addDays(localDate('2021-01-01'), random.int(0, 1800));
    const hamlets = await Promise.all(
      ['Một', 'Hai'].map((name) => world.as(system, (ctx) => addHamlet(ctx, { name }))),
    );
    const places = new Map<string, { hamlet: string; from: LocalDate }[]>();
    for (let at = 0; at < 8; at += 1) {
      const hamlet = hamlets[at % 2]!;
      places.set((await house(hamlet)).id, [{ hamlet, from: localDate('2020-01-01') }]);
    }
    const model = new Map<string, Spell>();
    const odd: unknown[] = [];
    const tried = async (work: () => Promise<void>) =>
      work().catch((thrown: unknown) => void (isAppError(thrown) || odd.push(thrown)));
    for (let at = 0; at < 320; at += 1) {
      const id = random.pick([...places.keys()]);
      const on = day();
      const group = random.pick(COUNTED);
      const open = [...model].filter(([, spell]) => spell.until === null);
      await tried(async () => {
        if (random.chance(0.2)) {
          const hamlet = random.pick(hamlets);
          await asClerk((ctx) => changePlace(ctx, id, { on, hamletId: hamlet }));
          places.get(id)!.push({ hamlet, from: on });
        } else if (open.length > 0 && random.chance(0.5)) {
          const [support, spell] = random.pick(open);
          const until = addDays(spell.from, random.int(0, 300));
          await end(support, until);
          spell.until = until;
        } else
          model.set(await record({ kind: 'household', id }, group, on), {
            house: id,
            group,
            from: on,
            until: null,
          });
      });
    }
    expect(odd).toEqual([]);
    expect(model.size).toBeGreaterThan(20);
    for (let at = 0; at < 15; at += 1) {
      const asOf = day();
      for (const [which, group] of COUNTED.entries())
        for (const hamlet of hamlets) {
          const { records } = await counted(which, asOf, `hamlet:${hamlet}`);
          const expected = [...model].filter(([, spell]) => {
            const lived = places.get(spell.house)!.findLast(({ from }) => from <= asOf)?.hamlet;
            return spell.group === group && holds(spell, asOf) && lived === hamlet;
          });
          expect(records.map(({ id }) => id).sort(), asOf).toEqual(expected.map(([id]) => id).sort());
        }
    }
  });
});

it('a resident without a household may be in a group too', async () => {
  const id = await asClerk((ctx) => createResident(ctx, { fullName: 'Bà Một Mình', hamletId: here }));
  await record({ kind: 'resident', id }, 'lonely_elder');
  const { items } = await asClerk((ctx) => listSupported(ctx, { group: 'lonely_elder' }));
  expect(items).toMatchObject([{ name: 'Bà Một Mình', hamletId: here, householdNumber: null }]);
});

it('groups end with a death, a move away, and the closing of the household', async () => {
  const home = await house(here, 'Ông Đi Xa');
  const person: Subject = { kind: 'resident', id: home.head };
  await record(home, 'poor_household');
  await record(person, 'merit');
  await asClerk((ctx) =>
    moveOut(ctx, home.id, { residentIds: [home.head], on: '2026-03-01', to: 'Bắc Ninh' }),
  );
  const until = async (subject: Subject) =>
    (await asClerk((ctx) => supportOf(ctx, subject))).groups.map((one) => one.until);
  expect([await until(home), await until(person)]).toEqual([['2026-03-01'], ['2026-03-01']]);
  const id = await asClerk((ctx) => createResident(ctx, { fullName: 'Bà Đã Mất', hamletId: here }));
  await record({ kind: 'resident', id }, 'lonely_elder');
  await asClerk((ctx) => recordDeath(ctx, id, { on: '2026-04-01' }));
  expect(await until({ kind: 'resident', id })).toEqual(['2026-04-02']);
  await expect(record({ kind: 'resident', id }, 'merit')).rejects.toMatchObject({
    code: 'registry.support.ended',
  });
});

it('stays, groups and aid are erased when they have had their time', async () => {
  const id = await asClerk((ctx) => createResident(ctx, { fullName: 'Ông Ngày Trước', hamletId: here }));
  const person: Subject = { kind: 'resident', id };
  await end(await record(person, 'merit', '2024-01-01'), '2024-02-01');
  await record(person, 'disability', '2024-01-01');
  const gift = { day: '2024-01-31', what: 'Quà', source: 'Quỹ', clientId: 'old' };
  await asClerk((ctx) => recordAid(ctx, person, gift));
  const stay = { kind: 'residence' as const, hamletId: here, elsewhere: 'Hà Nội' };
  await asClerk((ctx) => recordStay(ctx, id, { ...stay, from: '2024-01-01', to: '2024-01-31' }));
  const erase = (day: string) => world.as(system, eraseExpired, { now: new Date(`${day}T03:45:00+07:00`) });
  const kept = async () => {
    const { groups, aid } = await asClerk((ctx) => supportOf(ctx, person));
    const { stays } = (await asClerk((ctx) => staysOf(ctx, id)))!;
    return { groups: groups.map(({ group }) => group).sort(), aid: aid.length, stays: stays.length };
  };
  await erase('2029-01-30');
  expect(await kept()).toEqual({ groups: ['disability', 'merit'], aid: 1, stays: 1 });
  await erase('2029-02-01');
  expect(await kept()).toEqual({ groups: ['disability', 'merit'], aid: 1, stays: 0 });
  await erase('2034-03-01');
  expect(await kept()).toEqual({ groups: ['disability'], aid: 0, stays: 0 });
});
