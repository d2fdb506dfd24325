import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileHash } from '#kernel/files/store';
import { localDate } from '#kernel/time';
import { anonymous, useWorld } from '#test/world';
import { addStock, listRefusals, pickGate, recordLabel, settleRefusal, stockOf } from '../index.ts';
import { aPick, aSpray } from './fixtures.ts';
import { bare, diaryStage } from './stage-fixture.ts';

const world = useWorld();
type Stage = Awaited<ReturnType<typeof diaryStage>>;
let as: Stage['as'];
let plot: Stage['plot'];
let send: Stage['send'];
let household: Stage['household'];
let grower: Stage['grower'];
let technician: Stage['technician'];
let neighbour: Stage['neighbour'];

beforeAll(async () => {
  ({ as, plot, send, household, grower, technician, neighbour } = await diaryStage(world));
});

const aHash = (text: string) => createHash('sha256').update(text).digest('hex') as FileHash;

describe('the gate', () => {
  it('refuses picking inside an interval, and opens on its last day', async () => {
    const id = await plot();
    const spray = aSpray({ plot_ids: [id], household_id: household, at: '2026-11-10' });
    const pick = (at: string) => aPick({ plot_ids: [id], household_id: household, at });
    expect(
      bare(await send([pick('2026-11-14'), pick('2026-11-15'), spray, pick('2026-11-10T06:00:00+07:00')])),
    ).toEqual([['refused', 'gate.inside_interval'], ['accepted'], ['accepted'], ['accepted']]);
    const gate = (day: string) => as(anonymous, (ctx) => pickGate(ctx, [id], localDate(day)));
    expect(await gate('2026-11-14')).toMatchObject({ verdict: 'forbidden', earliest: '2026-11-15' });
    expect(await gate('2026-11-15')).toMatchObject({ verdict: 'allowed' });
  });

  it('blocks what is not known until a technician has recorded the label', async () => {
    const id = await plot();
    const unknown = { product_code: 'thuoc_la' };
    const spray = aSpray({ plot_ids: [id], household_id: household, at: '2026-11-01' }, unknown);
    const [outcome] = await send([spray]);
    expect(outcome!.state).toBe('accepted');
    expect(outcome!.codes.map(({ code }) => code)).toContain('farming.gate.interval_unknown');
    expect(await send([spray])).toEqual([outcome]);
    const pick = (at: string) => aPick({ plot_ids: [id], household_id: household, at });
    expect(bare(await send([pick('2026-11-20')]))).toEqual([['refused', 'gate.interval_not_known']]);
    const label = { productCode: 'thuoc_la', phiDays: 10 };
    const photo = { hash: aHash('label') };
    await expect(as(grower, (ctx) => recordLabel(ctx, label, photo))).rejects.toMatchObject({
      code: 'refused',
    });
    await as(technician, (ctx) => recordLabel(ctx, label, photo));
    expect(bare(await send([pick('2026-11-10'), pick('2026-11-11')]))).toEqual([
      ['refused', 'gate.inside_interval'],
      ['accepted'],
    ]);
  });

  it('keeps a plot closed whose spraying was refused, until replaced or settled', async () => {
    const [one, two] = [await plot(), await plot()];
    const banned = aSpray(
      { plot_ids: [one, two], household_id: household, at: '2026-11-10' },
      { product_code: 'dinotefuran', dose: 9_000, dose_unit: 'g_per_ha' },
    );
    expect(bare(await send([banned]))[0]).toContain('gate.dose_too_high');
    const pick = (of: string, at: string) => aPick({ plot_ids: [of], household_id: household, at });
    expect(bare(await send([pick(one, '2026-11-20')]))).toEqual([['refused', 'gate.refused_spraying']]);
    const right = aSpray(
      { plot_ids: [one], household_id: household, at: '2026-11-10', instead_of: banned.id },
      { product_code: 'dinotefuran', dose: 300, dose_unit: 'g_per_ha' },
    );
    expect(bare(await send([right, pick(one, '2026-11-18'), pick(two, '2026-11-18')]))).toEqual([
      ['accepted'],
      ['accepted'],
      ['refused', 'gate.refused_spraying'],
    ]);
    const [refusal] = await as(grower, (ctx) =>
      listRefusals(ctx, { householdId: household, blocking: true }),
    );
    expect(refusal).toMatchObject({ entryId: banned.id, plots: [{ id: two }] });
    const settling = { note: 'Đã kiểm tra: phun 0,3 kg/ha', until: '2026-11-21' };
    const settle = (actor: Parameters<typeof as>[0]) =>
      as(actor, (ctx) => settleRefusal(ctx, refusal!.id, settling));
    await expect(settle(grower)).rejects.toMatchObject({ code: 'refused' });
    await settle(technician);
    await expect(settle(technician)).rejects.toMatchObject({ code: 'farming.refusal.settled' });
    expect(bare(await send([pick(two, '2026-11-20'), pick(two, '2026-11-21')]))).toEqual([
      ['refused', 'gate.inside_interval'],
      ['accepted'],
    ]);
  });

  it('what is left in the store follows from the entries that name the lot', async () => {
    const id = await plot();
    const lot = {
      householdId: household,
      productCode: 'matrine',
      boughtOn: '2026-05-01',
      quantity: 1,
      unit: 'l' as const,
    };
    const stock_id = await as(grower, (ctx) => addStock(ctx, { ...lot, expiry: '2026-11-15' }));
    const spray = (at: string, of = stock_id) =>
      aSpray({ plot_ids: [id], household_id: household, at }, { stock_id: of, dose: 1_000, area_m2: 5_000 });
    expect(
      bare(await send([spray('2026-11-01'), spray('2026-11-16'), spray('2026-11-02', randomUUID())])),
    ).toEqual([['accepted'], ['refused', 'gate.expired'], ['refused', 'entry.not_your_stock']]);
    const [kept] = await as(grower, (ctx) => stockOf(ctx, { householdId: household }));
    expect(kept).toMatchObject({ id: stock_id, left: 0.5 });
    await expect(as(neighbour, (ctx) => addStock(ctx, lot))).rejects.toMatchObject({ code: 'refused' });
  });
});
