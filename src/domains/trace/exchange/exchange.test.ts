/** What leaves the commune about a lot: the minimum for everybody, everything for whoever may ask. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordEntries } from '#domain/farming';
import { renderPdf } from '#kernel/documents/render.server';
import { readSheet, writeSheets } from '#kernel/documents/xlsx.server';
import { closeThreads } from '#kernel/threads/pool.server';
import { anonymous, official, system, useWorld } from '#test/world';
import { aPick, aSpray } from '../../farming/diary/fixtures.ts';
import { printLabels } from '../label/label.actions.ts';
import { aStep, packOf, teaHouse, type House } from '../lot/fixture.ts';
import { startRecall } from '../lot/recall.actions.ts';
import { recallReport } from '../lot/report.queries.ts';
import { recordStep } from '../lot/step.actions.ts';
import { minimumData } from './minimum.queries.ts';
import { sheetsOf } from './sheets.ts';
import { wholeLot } from './whole.queries.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
let house: House;
let made: Awaited<ReturnType<typeof packOf>>;
const recallId = randomUUID();

beforeAll(async () => {
  house = await as(system, teaHouse);
  made = await as(specialist, async (ctx) => {
    const at = { plot_ids: [house.plots[0]!], producer_id: house.producerId };
    const pick = aPick({ ...at, at: '2026-11-05' }, { leaf_g: 50_000, grade: 'tom_non' });
    const sprays = ['2026-10-01', '2026-11-06', '2025-10-01'].map((day) => aSpray({ ...at, at: day }));
    const elsewhere = aSpray({ ...at, plot_ids: [house.plots[1]!], at: '2026-10-02' });
    for (const one of [...sprays.slice(0, 1), sprays[2]!, elsewhere, pick, sprays[1]!]) {
      const [outcome] = await recordEntries(ctx, [one]);
      if (outcome!.state !== 'accepted') throw new Error(JSON.stringify(outcome));
    }
    const lots = await packOf(ctx, house, { declared: null, pickIds: [pick.id], on: '2026-11-05' });
    await printLabels(ctx, lots.pack, { paper: 'a4-24', serialised: true, count: 2 });
    const ship = { buyer: 'Cửa hàng Bí Mật', orderRef: 'DH-9' };
    await recordStep(ctx, aStep('ship', [{ lotId: lots.pack, g: 4_000 }], [], ship));
    const words = { reason: 'Dư lượng', publicVi: 'Xin đừng dùng.' };
    await startRecall(ctx, { id: recallId, lotIds: [lots.dry], ...words });
    return lots;
  });
  return closeThreads;
});

describe('the minimum data', () => {
  it('are read by everybody, of released packs only, and name no people', async () => {
    const minimum = await as(anonymous, (ctx) => minimumData(ctx, made.code));
    expect(minimum).toMatchObject({
      product: { trace_code: '08938500000010', name: 'Trà VietGAP' },
      maker: { name: 'HTX Mẫu', address: 'Xóm Thái Ninh' },
      origin: { hamlets: ['Thái Ninh'], location_code: `urn:uuid:${house.hamletId}` },
      lot: { code: made.code, packed_on: '2026-11-23', best_before: '2028-05-23' },
      trace_code: expect.stringMatching(`/01/08938500000010/10/${made.code}$`),
    });
    expect(minimum.events.map(({ kind }) => kind)).toEqual(['pick', 'receive', 'dry', 'fix', 'pack']);
    expect(JSON.stringify(minimum)).not.toMatch(/Bà Mẫu|Bí Mật/);
    for (const other of [made.dry, 'G260101-222222'])
      await expect(as(anonymous, (ctx) => minimumData(ctx, other))).rejects.toMatchObject({
        code: 'trace.lot.not_found',
      });
  });
});

describe('everything about a lot', () => {
  it('holds its way from plots and inputs to buyers, for those who may ask', async () => {
    const whole = await as(official('auditor'), (ctx) => wholeLot(ctx, made.pack));
    expect(whole.lots).toHaveLength(4);
    expect(whole.tickets).toMatchObject([{ seller: 'Bà Mẫu', gross_g: 51_000, paid: false }]);
    expect(whole.land).toMatchObject([{ picked_on: '2026-11-05', from_diary: true, standard: 'vietgap' }]);
    // Of the three sprayings on the plot the one within 180 days before the picking; none of another plot.
    expect(whole.inputs).toMatchObject([{ on: '2026-10-01', kind: 'spray', product_code: 'matrine' }]);
    expect(whole.shipped).toMatchObject([{ buyer: 'Cửa hàng Bí Mật', order: 'DH-9', g: 4_000 }]);
    expect(whole.steps.filter(({ kind }) => kind === 'fix')).toHaveLength(2);
    for (const list of ['releases', 'recalls', 'labels'] as const) expect(whole[list]).toHaveLength(1);
    const head = official({ role: 'hamlet_head', hamletId: house.hamletId });
    for (const who of [head, anonymous])
      await expect(as(who, (ctx) => wholeLot(ctx, made.pack))).rejects.toMatchObject({
        status: who === anonymous ? 401 : 403,
      });
  });

  it('is a file of sheets as well', async () => {
    const whole = await as(specialist, (ctx) => wholeLot(ctx, made.pack));
    const sheets = sheetsOf(whole);
    expect(sheets.map(({ name }) => name)).toContain('inputs');
    const file = await writeSheets(sheets);
    const rows = await readSheet(file);
    expect(JSON.stringify(rows)).toContain(made.code);
  });
});

describe('the report of a recall', () => {
  it('is a paper with lots, land, inputs and buyers', async () => {
    const paper = await as(specialist, (ctx) => recallReport(ctx, recallId));
    const { lots, land, inputs, shipped } = paper.data as Record<string, unknown[][]>;
    expect(lots!.map(([code]) => code)).toContain(made.code);
    expect([land!.length, inputs!.length, shipped!.length]).toEqual([1, 1, 1]);
    expect(
      Buffer.from(await renderPdf(paper))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await expect(as(specialist, (ctx) => recallReport(ctx, randomUUID()))).rejects.toMatchObject({
      code: 'trace.recall.not_found',
    });
  });
});
