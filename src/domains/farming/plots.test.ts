import { beforeAll, describe, expect, it } from 'vitest';
import { addCertificate, addMember, addProducer, endMember, setStandard } from '#domain/producers';
import { localDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { aPlot, square, twoHamlets } from './fixtures.ts';
import {
  addArea,
  addPlot,
  areasM2On,
  changePlot,
  endArea,
  endPlot,
  getArea,
  getPlot,
  handOver,
  importPlots,
  listAreas,
  listPlots,
  plant,
  putInArea,
  redrawPlot,
  setCertificateScope,
  standardOn,
  standardsOn,
} from './index.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
let khe: string;
let mau: string;
let household: string;
let other: string;

beforeAll(async () => {
  ({ khe, mau, household, other } = await world.as(system, twoHamlets, NOW));
});

const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
const add = (more: Parameters<typeof aPlot>[1] = {}, hamlet = khe) =>
  as(specialist, (ctx) => addPlot(ctx, aPlot(hamlet, more)));

describe('a plot', () => {
  it('gets a code of its hamlet, is found by it and keeps its history', async () => {
    const { id, code } = await add({
      householdId: household,
      name: 'Đồi Cao',
      cultivar: 'ldp1',
      plantedYear: 2010,
    });
    expect(code).toMatch(/^KC-\d{4}$/);
    const next = await add({ geometry: square(3, 0) });
    expect(Number(next.code.slice(3))).toBe(Number(code.slice(3)) + 1);
    expect((await add({}, mau)).code).toBe('M12-0001');
    const find = (q: string) =>
      as(specialist, async (ctx) => (await listPlots(ctx, { q })).items.map((one) => one.id));
    expect(await find(code.toLowerCase().replace('-', ' '))).toEqual([id]);
    expect(await find('cao doi')).toEqual([id]);
    const plot = await as(specialist, (ctx) => getPlot(ctx, id));
    expect(plot).toMatchObject({
      holders: [{ householdId: household, from: '2024-01-10', last: null }],
      plantings: [{ cultivar: 'ldp1', plantedYear: 2010 }],
      shapes: [{ version: 1, madeBy: 'draw' }],
    });
    expect(plot.shapes[0]!.areaM2).toBeGreaterThan(9_900);
    expect(plot.shapes[0]!.areaM2).toBeLessThan(10_100);
  });

  it('has a new shape from a day on, never one that began earlier', async () => {
    const { id } = await add({ geometry: square(5, 0) });
    const larger = { geometry: square(5, 0, 200), madeBy: 'walk' as const, accuracyM: 3.5 };
    await as(specialist, (ctx) => redrawPlot(ctx, id, { ...larger, from: '2025-03-01' }));
    const size = async (day: string) =>
      (await as(specialist, (ctx) => areasM2On(ctx, [id], localDate(day)))).get(id);
    expect(await size('2023-12-31')).toBeUndefined();
    const [before, after] = [(await size('2025-02-28'))!, (await size('2025-03-01'))!];
    expect(after / before).toBeCloseTo(4, 3);
    const early = as(specialist, (ctx) => redrawPlot(ctx, id, { ...larger, from: '2025-02-01' }));
    await expect(early).rejects.toMatchObject({ fields: { from: 'farming.backwards' } });
    const later = as(specialist, (ctx) => redrawPlot(ctx, id, { ...larger, from: '2026-11-24' }));
    await expect(later).rejects.toMatchObject({ fields: { from: 'farming.day_to_come' } });
  });

  it('is handed over, joins an area, is planted anew and ends; days never run backwards', async () => {
    const { id } = await add({ householdId: household, cultivar: 'trung_du', geometry: square(7, 0) });
    await as(specialist, (ctx) => handOver(ctx, id, { householdId: other, from: '2025-01-01' }));
    const back = as(specialist, (ctx) => handOver(ctx, id, { householdId: household, from: '2024-12-31' }));
    await expect(back).rejects.toMatchObject({ fields: { from: 'farming.backwards' } });
    // The same day again puts right what was entered wrongly.
    await as(specialist, (ctx) => handOver(ctx, id, { householdId: household, from: '2025-01-01' }));
    const areaId = await as(specialist, (ctx) => addArea(ctx, { name: 'Vùng 1', from: '2022-01-01' }));
    await as(specialist, (ctx) => putInArea(ctx, id, { areaId, from: '2025-02-01' }));
    expect(await as(anonymous, (ctx) => listAreas(ctx))).toMatchObject([{ id: areaId, plots: 1 }]);
    await as(specialist, (ctx) =>
      plant(ctx, id, { cultivar: 'tri777', plantedYear: 2025, from: '2025-03-01' }),
    );
    await as(specialist, (ctx) => endPlot(ctx, id, { lastDay: '2026-06-30' }));
    const plot = await as(specialist, (ctx) => getPlot(ctx, id));
    expect(plot).toMatchObject({
      last: '2026-06-30',
      holders: [
        { householdId: household, from: '2025-01-01', last: '2026-06-30' },
        { householdId: household, from: '2024-01-10', last: '2024-12-31' },
      ],
      areas: [{ areaId, from: '2025-02-01', last: '2026-06-30' }],
      plantings: [
        { cultivar: 'tri777', last: '2026-06-30' },
        { cultivar: 'trung_du', last: '2025-02-28' },
      ],
    });
    const again = as(specialist, (ctx) => handOver(ctx, id, { from: '2026-07-01' }));
    await expect(again).rejects.toMatchObject({ code: 'farming.plot.ended' });
    const ids = (on: string) =>
      as(specialist, async (ctx) => (await listPlots(ctx, { on: localDate(on), ids: [id] })).total);
    expect([await ids('2026-06-30'), await ids('2026-07-01')]).toEqual([1, 0]);
    await as(specialist, (ctx) => endArea(ctx, areaId, { lastDay: '2026-08-01' }));
    expect((await as(anonymous, (ctx) => getArea(ctx, areaId))).last).toBe('2026-08-01');
  });

  it('is not changed over somebody else’s change, and sent twice is one', async () => {
    const clientId = '0193a0b0-0000-7000-8000-000000000001';
    const [one, two] = [
      await add({ clientId, geometry: square(9, 0) }),
      await add({ clientId, geometry: square(9, 0) }),
    ];
    expect(two).toEqual(one);
    const words = { name: 'Đồi thấp', slopeDeg: 12, irrigation: 'hose' as const };
    await as(specialist, (ctx) => changePlot(ctx, one.id, words, 1));
    const late = as(specialist, (ctx) => changePlot(ctx, one.id, words, 1));
    await expect(late).rejects.toMatchObject({ code: 'farming.changed_meanwhile' });
  });

  it('says where its shape is wrong', async () => {
    const geometry = {
      type: 'Polygon',
      coordinates: [
        [
          [105.75, 21.71],
          [105.76, 21.72],
          [105.76, 21.71],
          [105.75, 21.72],
          [105.75, 21.71],
        ],
      ],
    };
    await expect(add({ geometry })).rejects.toMatchObject({
      code: 'farming.geometry.crosses_itself',
      params: { part: 1, ring: 1, corner: 3, at: '21.710000, 105.760000' },
    });
    const swapped = { type: 'Point', coordinates: [21.71, 105.75] };
    await expect(add({ geometry: swapped, areaM2: 300 })).rejects.toMatchObject({
      code: 'farming.geometry.swapped',
    });
    await expect(add({ geometry: { type: 'Point', coordinates: [105.75, 21.71] } })).rejects.toMatchObject({
      fields: { areaM2: 'input.missing' },
    });
  });
});

describe('many plots', () => {
  it('come in all or not at all, and every fault is named by its row', async () => {
    const before = await as(specialist, async (ctx) => (await listPlots(ctx)).total);
    const bad = {
      type: 'Polygon',
      coordinates: [
        [
          [105.75, 21.71],
          [105.76, 21.71],
          [105.76, 21.72],
        ],
      ],
    };
    const rows = [aPlot(khe), aPlot(khe, { geometry: bad }), aPlot(mau, { from: '2027-01-01' })];
    await expect(as(specialist, (ctx) => importPlots(ctx, rows))).rejects.toMatchObject({
      code: 'farming.import.faults',
      params: { faults: 2 },
      fields: { '1.geometry': 'farming.geometry.unclosed', '2.from': 'farming.day_to_come' },
      fieldParams: { '1.geometry': { corner: 3 } },
    });
    expect(await as(specialist, async (ctx) => (await listPlots(ctx)).total)).toBe(before);
    const many = Array.from({ length: 600 }, (_, at) =>
      aPlot(at % 2 ? khe : mau, { geometry: square(at % 20, 20 + at / 20) }),
    );
    const entered = await as(specialist, (ctx) => importPlots(ctx, many));
    expect(new Set(entered.map(({ code }) => code)).size).toBe(600);
    expect(entered[2]!.code > entered[0]!.code).toBe(true);
  });
});

describe('the standard of a plot on a day', () => {
  it('follows membership, the producer’s standard, its certificate and what that covers', async () => {
    const { id } = await add({ householdId: household, geometry: square(11, 0) });
    const { id: second } = await add({ householdId: household, geometry: square(13, 0) });
    const group = await as(system, async (ctx) => {
      const producerId = await addProducer(ctx, {
        kind: 'group',
        name: 'Tổ Mẫu',
        from: '2024-01-10',
        hamletId: khe,
      });
      await setStandard(ctx, producerId, { standard: 'vietgap', from: '2024-02-01' });
      const paper = {
        kind: 'vietgap',
        number: 'VG',
        issuer: 'x',
        validFrom: '2024-03-01',
        validTo: '2025-12-31',
      } as const;
      const certificate = await addCertificate(ctx, producerId, paper);
      const member = await addMember(ctx, producerId, {
        householdId: household,
        name: 'Hộ Mẫu',
        from: '2024-02-15',
      });
      return { producerId, certificate, member };
    });
    const on = async (day: string, plot = id) => {
      const { standard, reasons } = await as(specialist, (ctx) => standardOn(ctx, plot, localDate(day)));
      return [standard, ...reasons.map(({ code }) => code)];
    };
    expect(await on('2023-01-01')).toEqual(['none', 'no_holder']);
    expect(await on('2024-02-14')).toEqual(['none', 'no_membership']);
    expect(await on('2024-02-20')).toEqual(['none', 'not_certified']);
    expect(await on('2024-03-01')).toEqual(['vietgap', 'certified']);
    expect(await on('2026-01-01')).toEqual(['none', 'certificate_ended']);
    await as(specialist, (ctx) =>
      setCertificateScope(ctx, group.certificate, { plotIds: [second], from: '2024-06-01' }),
    );
    expect(await on('2024-06-01', second)).toEqual(['vietgap', 'certified']);
    expect(await on('2024-06-01')).toEqual(['none', 'not_in_scope']);
    await as(specialist, (ctx) =>
      setCertificateScope(ctx, group.certificate, { plotIds: [id, second], from: '2024-07-01' }),
    );
    await as(system, async (ctx) => {
      await setStandard(ctx, group.producerId, { standard: 'organic', from: '2025-01-01' });
      const paper = {
        kind: 'organic',
        number: 'HC',
        issuer: 'x',
        validFrom: '2026-01-01',
        validTo: '2026-06-30',
      } as const;
      await addCertificate(ctx, group.producerId, paper);
      await endMember(ctx, group.producerId, group.member, { lastDay: '2026-10-31' });
    });
    expect(await on('2024-12-31')).toEqual(['vietgap', 'certified']);
    expect(await on('2025-01-01')).toEqual(['organic_conversion', 'in_conversion']);
    expect(await on('2026-06-30')).toEqual(['organic', 'certified']);
    expect(await on('2026-07-01')).toEqual(['none', 'certificate_ended']);
    expect(await on('2026-11-01')).toEqual(['none', 'no_membership']);
    const all = await as(anonymous, (ctx) => standardsOn(ctx, 'all', localDate('2026-06-30')));
    expect([all.get(id)?.standard, all.get(second)?.standard]).toEqual(['organic', 'organic']);
    const { items } = await as(specialist, (ctx) =>
      listPlots(ctx, { standard: 'organic', on: localDate('2026-06-30') }),
    );
    expect(items.filter((one) => [id, second].includes(one.id))).toHaveLength(2);
  });
});
