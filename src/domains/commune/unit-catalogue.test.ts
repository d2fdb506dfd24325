import { describe, expect, it } from 'vitest';
import { localDate } from '#kernel/time';
import { useApi } from '#test/api';
import { anonymous, useWorld } from '#test/world';
import { getCatalogueUnit } from './index.ts';
import { catalogueUnits, figuresOn, parseUnits, searchUnits, type Figure } from './unit-catalogue.ts';

const world = useWorld();
const api = useApi(world);

function named(typed: string, on?: string): string[] {
  return searchUnits(catalogueUnits(), typed, on === undefined ? null : localDate(on)).map(({ id }) => id);
}

function figure(value: number, day: string, source: string): Figure {
  return { what: 'population', value, day: localDate(day), source, verified: false };
}

describe('the catalogue of units', () => {
  it('finds old and new names without accents, and what became of them', () => {
    expect(named('tuc tranh')).toEqual(['xa-tuc-tranh', 'xa-vo-tranh-2025']);
    expect(named('XÃ TỨC TRANH', '2025-07-01')).toEqual(['xa-vo-tranh-2025']);
    expect(named('vo tranh', '2025-06-30')).toEqual([
      'xa-vo-tranh',
      'xa-tuc-tranh',
      'xa-co-lung',
      'xa-phu-do',
    ]);
    expect(named('huyện phú lương', '2025-07-01')).toEqual(['xa-phu-luong']);
    expect(named('không có xã này')).toEqual([]);
  });

  it('a code names another unit before and after the merger', () => {
    expect(named('05641', '2025-06-30')).toEqual(['xa-tuc-tranh']);
    expect(named('05641', '2025-07-01')).toEqual(['xa-vo-tranh-2025']);
  });

  it('has no district after 30/6/2025', () => {
    const districts = catalogueUnits().filter(({ kind }) => kind === 'district');
    expect(districts.map(({ validTo }) => validTo)).toEqual(['2025-06-30']);
  });

  it('refuses a list that contradicts itself', () => {
    const [unit] = catalogueUnits();
    const twice = [unit, { ...unit, id: 'another' }];
    expect(() => parseUnits({ units: twice })).toThrow(/one code in one time/);
    expect(() => parseUnits({ units: [{ ...unit, partOf: 'nowhere' }] })).toThrow(/which is not here/);
  });
});

describe('figures of a unit', () => {
  it('stand side by side with their sources; of one source the latest up to the day', () => {
    const figures = [
      figure(508, '2023-05-24', 'báo'),
      figure(500, '2022-01-01', 'xã'),
      figure(515, '2024-03-31', 'xã'),
    ];
    const on = (day: string) => figuresOn({ figures }, localDate(day));
    expect(on('2021-12-31')).toEqual([]);
    expect(on('2022-06-01')).toMatchObject([{ disagree: false, values: [{ value: 500 }] }]);
    expect(on('2023-12-31')[0]).toMatchObject({ disagree: true, values: [{ value: 508 }, { value: 500 }] });
    expect(on('2024-03-31')[0]!.values.map(({ value }) => value)).toEqual([515, 508]);
  });

  it('of Tức Tranh: hamlets before and after they were merged', async () => {
    const detail = await world.as(anonymous, (ctx) =>
      getCatalogueUnit(ctx, 'xa-tuc-tranh', localDate('2024-03-31')),
    );
    const hamlets = detail.figures.find(({ what }) => what === 'hamlets');
    expect(hamlets?.values.map(({ value }) => value)).toEqual([19, 30]);
    expect(detail.successors.map(({ id }) => id)).toEqual(['xa-vo-tranh-2025']);
  });
});

describe('the API of units', () => {
  it('searches, and gives one unit as of a day', async () => {
    const found = await (await api.request('/api/v1/units?q=phu%20do&on=2026-01-01')).json();
    expect(found).toMatchObject({ total: 1, items: [{ id: 'xa-vo-tranh-2025', code: '05641' }] });
    const one = await (await api.request('/api/v1/units/xa-vo-tranh-2025?as_of=2025-07-01')).json();
    expect(one.predecessors).toEqual(['xa-tuc-tranh', 'xa-co-lung', 'xa-phu-do', 'xa-vo-tranh']);
    expect(one.figures[0]).toMatchObject({ what: 'area', values: [{ value: 83.53 }] });
    const before = await (await api.request('/api/v1/units/xa-vo-tranh-2025?as_of=2025-06-30')).json();
    expect(before.figures).toEqual([]);
    expect((await api.request('/api/v1/units/nowhere')).status).toBe(404);
    expect((await api.request('/api/v1/units?on=2025-02-30')).status).toBe(422);
  });
});
