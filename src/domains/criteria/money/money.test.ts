/** The ledger through its verbs: what it takes, what it refuses, what everybody reads of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import type { Actor, Ctx } from '#kernel/context';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { addPilot } from '../plan.actions.ts';
import { counterEntry, enterMoney, type NewEntry } from './money.actions.ts';
import { deskLedger, moneyOverview, workLedger } from './overview.queries.ts';
import { listDonors } from './donors.queries.ts';
import { addContract, addDonor, addFund, addResult, addWork, recordThanks } from './setup.actions.ts';

const world = useWorld();
const api = useApi(world);
const leader = official('leader');
const DAY = localDate('2024-03-31');
const NOW = { now: new Date(`${DAY}T09:00:00+07:00`), silent: true };
const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>) => world.as(actor, work, NOW);
const BASE = { fund: 'state', form: 'money', onDay: '2024-02-01', what: 'Đợt 1' } as const;
let hamletId: string;

beforeAll(async () => {
  hamletId = await as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
  await as(leader, async (ctx) => {
    for (const kind of ['state', 'other', 'people'] as const)
      await addFund(ctx, { code: kind, titleVi: kind, titleEn: kind, kind, paper: 'QĐ 1' });
    await addPilot(ctx, {
      code: 'p1',
      titleVi: 'Chợ',
      titleEn: 'Market',
      source: 'KH 1',
      lifts: [],
      decidedOn: '2024-01-01',
      lines: [
        { source: 'state', what: 'Ngân sách', amount: 100n },
        { source: 'other', what: 'Khác', amount: 20n },
      ],
    });
  });
});

const newWork = (pilot: string | null = null) =>
  as(leader, (ctx) => addWork(ctx, { pilot, titleVi: 'Đường', titleEn: 'Road', beginsOn: '2024-01-01' }));
const enter = (workId: string, input: Partial<NewEntry>) =>
  as(leader, (ctx) => enterMoney(ctx, workId, { ...BASE, step: 'promised', amount: 1n, ...input }));
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (thrown: { code: string; fields?: Record<string, string> }) =>
      Object.values(thrown.fields ?? {})[0] ?? thrown.code,
  );

describe('the ledger', () => {
  it('takes promises within the pilot’s budget, receipts within promises, payments within receipts and contract', async () => {
    const id = await newWork('p1');
    const contract = {
      number: 'HĐ 1',
      contractor: 'Công ty',
      what: 'Thi công',
      amount: 50n,
      signedOn: '2024-01-10',
    };
    const contractId = await as(leader, (ctx) => addContract(ctx, id, contract));
    expect(await refusal(enter(id, { amount: 101n }))).toBe('criteria.money.over_budget');
    await enter(id, { amount: 80n });
    expect(await refusal(enter(await newWork('p1'), { amount: 21n }))).toBe('criteria.money.over_budget');
    expect(await refusal(enter(id, { step: 'received', amount: 81n }))).toBe('criteria.money.not_promised');
    const received = await enter(id, { step: 'received', amount: 70n });
    expect(await refusal(enter(id, { step: 'spent', amount: 71n }))).toBe('criteria.money.not_received');
    const spent = { step: 'spent', contractId, onDay: '2024-03-01' } as const;
    expect(await refusal(enter(id, { ...spent, amount: 51n }))).toBe('criteria.money.over_contract');
    await enter(id, { ...spent, amount: 50n });
    expect(await refusal(enter(id, { step: 'spent', amount: 1n, onDay: '2024-01-15' }))).toBe(
      'criteria.money.not_received',
    );
    const back = (entry: string) => as(leader, (ctx) => counterEntry(ctx, entry, { reason: 'Nhầm' }));
    expect(await refusal(back(received))).toBe('criteria.money.not_received');
    const { sums } = await as(anonymous, (ctx) => workLedger(ctx, id, DAY));
    expect(sums).toEqual({ promised: 80n, received: 70n, spent: 50n });
    const earlier = await as(anonymous, (ctx) => workLedger(ctx, id, localDate('2024-02-28')));
    expect(earlier.sums.spent).toBe(0n);
  });

  it('is corrected by a counter-entry, once, and keeps both', async () => {
    const id = await newWork();
    const wrong = await enter(id, { amount: 9n });
    const back = () => as(leader, (ctx) => counterEntry(ctx, wrong, { reason: 'Ghi nhầm số' }));
    const counter = await back();
    expect(await refusal(back())).toBe('criteria.money.countered');
    const again = as(leader, (ctx) => counterEntry(ctx, counter, { reason: 'x' }));
    expect(await refusal(again)).toBe('criteria.money.countered');
    const desk = await as(leader, (ctx) => deskLedger(ctx, id));
    expect(desk.entries.map(({ amount, reason }) => [amount, reason])).toEqual([
      [9n, null],
      [-9n, 'Ghi nhầm số'],
    ]);
    const open = await as(anonymous, (ctx) => workLedger(ctx, id, DAY));
    expect([open.entries, open.takenBack, open.sums.promised]).toEqual([[], 1, 0n]);
    const change = as(leader, async (ctx) => {
      await ctx.db.updateTable('criteria_entry').set({ amount_dong: 0n }).where('id', '=', wrong).execute();
    });
    await expect(change).rejects.toThrow(/permission denied/);
  });

  it('refuses what does not go together', async () => {
    const id = await newWork();
    expect(await refusal(enter(id, { form: 'labour', quantity: 2 }))).toBe('criteria.money.not_in_kind');
    expect(await refusal(enter(id, { fund: 'people', form: 'labour' }))).toBe('input.missing');
    expect(await refusal(enter(id, { fund: 'people', form: 'land', quantity: 2, step: 'spent' }))).toBe(
      'criteria.money.not_in_kind',
    );
    expect(await refusal(enter(id, { quantity: 2 }))).toBe('criteria.money.bad_quantity');
    expect(await refusal(enter(id, { fund: 'nobody' }))).toBe('input.unknown');
    expect(await refusal(enter(id, { onDay: '2024-04-01' }))).toBe('criteria.value.day_to_come');
    expect(await refusal(enter(id, { onDay: '2023-12-31' }))).toBe('criteria.money.before_work');
    expect(await refusal(enter(id, { amount: -1n }))).toBe('criteria.money.bad_amount');
  });
});

describe('givers', () => {
  it('are named with consent only, the others told as one sum, and not counted while they are few', async () => {
    const id = await newWork();
    const give = async (name: string, shown: 'none' | 'name' | 'gift' | null, amount: bigint) => {
      const donor = await as(leader, (ctx) => addDonor(ctx, { name, kind: 'household', hamletId }));
      if (shown) await as(leader, (ctx) => recordThanks(ctx, donor, { shown, how: 'Phiếu' }));
      await enter(id, { fund: 'people', step: 'received', amount, donorId: donor });
      return donor;
    };
    const open = await give('Hộ Công Khai', 'gift', 5n);
    await give('Hộ Nêu Tên', 'name', 7n);
    await give('Hộ Kín', 'none', 11n);
    await give('Hộ Chưa Hỏi', null, 13n);
    const read = () => as(anonymous, (ctx) => workLedger(ctx, id, DAY));
    const found = await read();
    expect(found.givers.named).toEqual(['Hộ Công Khai', 'Hộ Nêu Tên']);
    expect([...found.givers.gifts.values()]).toEqual(['Hộ Công Khai']);
    expect(found.entries.map(({ amount }) => amount)).toEqual([5n]);
    expect(found.givers.rest).toMatchObject({ received: 31n, count: null });
    expect(found.sums.received).toBe(36n);
    for (let at = 0; at < 3; at += 1) await give(`Hộ ${at}`, 'none', 1n);
    expect((await read()).givers.rest).toMatchObject({ received: 34n, count: 6 });
    await as(leader, (ctx) => recordThanks(ctx, open, { shown: 'none', how: 'Xin rút tên' }));
    expect((await read()).givers).toMatchObject({ named: ['Hộ Nêu Tên'], rest: { received: 39n } });
    const list = await api.request(`/api/v1/measures/criteria.people_contributed/records?as_of=${DAY}`);
    const { items } = (await list.json()) as { items: Record<string, unknown>[] };
    expect(items.length).toBe(7);
    for (const item of items) expect(item).toMatchObject({ label: 'Tiền', href: null, columns: {} });
  });
});

describe('rights', () => {
  const people: Record<string, Actor> = {
    leader,
    specialist: official('specialist'),
    clerk: official('clerk'),
    auditor: official('auditor'),
    citizen: citizen(),
    stranger: anonymous,
  };
  const MAY: readonly (readonly [string, (ctx: Ctx, id: string) => Promise<unknown>, readonly string[]])[] = [
    ['the public ledger', (ctx, id) => workLedger(ctx, id, DAY), Object.keys(people)],
    ['everything', (ctx) => moneyOverview(ctx, DAY), Object.keys(people)],
    ['every entry', deskLedger, ['leader', 'specialist', 'auditor']],
    ['who gave', listDonors, ['leader', 'specialist', 'auditor']],
    [
      'entering',
      (ctx, id) => enterMoney(ctx, id, { ...BASE, step: 'promised', amount: 1n }),
      ['leader', 'specialist'],
    ],
    ['a result', (ctx, id) => addResult(ctx, id, { onDay: DAY, what: 'Xong' }), ['leader', 'specialist']],
    ['a work', (ctx) => addWork(ctx, { titleVi: 'A', titleEn: 'A', beginsOn: DAY }), ['leader']],
    ['a giver', (ctx) => addDonor(ctx, { name: 'A', kind: 'person' }), ['leader', 'specialist']],
  ];
  it.each(MAY)('%s', async (_, work, who) => {
    const id = await newWork();
    for (const [name, actor] of Object.entries(people)) {
      const done = await as(actor, (ctx) => work(ctx, id)).then(
        () => 'may',
        ({ status }: { status: number }) => status,
      );
      if (who.includes(name)) expect(done, name).toBe('may');
      else expect([401, 403], `${name}: ${done}`).toContain(done);
    }
  });
});
