import { beforeAll, describe, expect, it } from 'vitest';
import { communeDirectory } from '#app/communes';
import { listAnnouncements, listHamlets } from '#domain/commune';
import {
  coverOf,
  listHouseholds,
  officialDirectory,
  onDuty,
  populationByHamlet,
  reportedFigures,
  searchResidents,
} from '#domain/registry';
import { homePhone } from '#kernel/phone';
import { localDate, localDateOf } from '#kernel/time';
import { MEASURES } from '../src/domains/registry/figures/measures.ts';
import { anonymous, official, useWorld } from '#test/world';
import { buildCommunes, type DemoCommune } from './communes.ts';

const world = useWorld();
/** A Friday evening: the next working day is a Monday. */
const NOW = new Date('2026-11-20T20:00:00+07:00');
let tucTranh: DemoCommune, phuDo: DemoCommune;

beforeAll(async () => {
  await world.owner.query('delete from commune');
  const { handle, wiring, urls } = world;
  ({ tucTranh, phuDo } = await buildCommunes(
    { handle, wiring, urls, communes: communeDirectory(handle) },
    NOW,
  ));
});

const inTucTranh = () => ({ commune: tucTranh.commune, now: NOW });

describe('the demo communes', () => {
  it('have the hamlets of which only one name is certain, and officials and residents in every one', async () => {
    const hamlets = await world.as(anonymous, (ctx) => listHamlets(ctx), inTucTranh());
    expect(hamlets).toHaveLength(19);
    expect(hamlets.filter((hamlet) => !hamlet.demoName).map((hamlet) => hamlet.name)).toEqual(['Khe Cốc']);
    for (const { id } of hamlets) {
      expect(tucTranh.officials.filter((one) => one.hamletId === id)).toHaveLength(2);
      expect(tucTranh.residents.filter((one) => one.hamletId === id).length).toBeGreaterThan(10);
    }
    expect(phuDo.hamlets).toHaveLength(3);
    expect(phuDo.residents).toHaveLength(12);
  });

  it('show officials who are marked as invented and can be called nowhere', async () => {
    const list = await world.as(anonymous, (ctx) => officialDirectory(ctx), inTucTranh());
    expect(list).toHaveLength(tucTranh.officials.length);
    expect(list.every((one) => one.demo)).toBe(true);
    const numbers = [tucTranh, phuDo].flatMap((one) =>
      [...one.officials, ...one.residents].map(({ phone }) => phone),
    );
    expect(numbers.every((phone) => /^054[0-9]{7}$/.test(homePhone(phone)))).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect([...tucTranh.residents, ...phuDo.residents].every((one) => one.nationalId.startsWith('099'))).toBe(
      true,
    );
  });

  it('are alive on the day of the first start', async () => {
    const monday = localDateOf(new Date('2026-11-23T09:00:00+07:00'));
    const duty = await world.as(anonymous, (ctx) => onDuty(ctx, monday), inTucTranh());
    expect(duty.map((one) => one.unit).sort()).toEqual(['leaders', 'one_stop']);
    const away = tucTranh.officials.find((one) => one.key === 'tu-phap-1')!;
    const cover = await world.as(
      official('leader'),
      (ctx) => coverOf(ctx, away.officialId, monday),
      inTucTranh(),
    );
    expect(cover.cover?.post).toContain('Tư pháp');
    const news = await world.as(anonymous, (ctx) => listAnnouncements(ctx), inTucTranh());
    expect(news.items.map((one) => one.kind)).toEqual(['downtime', 'news', 'news', 'news']);
  });

  it('have the households that were published, and beside them what another source says', async () => {
    const kheCoc = tucTranh.hamlets.find((hamlet) => !hamlet.demoName)!;
    await world.as(
      official('clerk'),
      async (ctx) => {
        const measure = MEASURES.find(({ name }) => name === 'registry.households')!;
        const question = { asOf: '2024-03-31', scope: `hamlet:${kheCoc.id}` };
        expect(await measure.compute(ctx, question)).toMatchObject({ numerator: 142 });
        const others = await reportedFigures(ctx, kheCoc.id);
        expect(others.map(({ value, counted }) => [value, counted]).slice(0, 1)).toEqual([[143, 142]]);
        const counted = await populationByHamlet(ctx, localDate('2024-03-31'));
        expect(counted).toHaveLength(19);
        const sum = (key: 'households' | 'people') => counted.reduce((total, one) => total + one[key], 0);
        expect(sum('households')).toBe(2400);
        expect(sum('people')).toBeGreaterThan(8000);
        expect(sum('people')).toBeLessThan(9500);
        expect((await listHouseholds(ctx, { toConfirm: true })).total).toBe(1);
        const { items } = await searchResidents(ctx, { limit: 500 });
        expect(items.every((one) => one.demo)).toBe(true);
      },
      inTucTranh(),
    );
  });

  it('never mix', async () => {
    const clerk = official('clerk');
    const [first] = tucTranh.residents;
    const there = { commune: phuDo.commune, now: NOW };
    expect(
      (await world.as(clerk, (ctx) => searchResidents(ctx, { q: first!.nationalId }), there)).total,
    ).toBe(0);
    expect(
      (await world.as(clerk, (ctx) => searchResidents(ctx, { q: first!.nationalId }), inTucTranh())).total,
    ).toBe(1);
    const neighbours = await world.as(clerk, (ctx) => listHouseholds(ctx), there);
    expect(neighbours.total).toBeLessThan(30);
  });
});
