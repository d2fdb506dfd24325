/** The room's measures on random histories: the number is the count of its list, and both are those of a plain model. */
import { beforeAll, expect, it } from 'vitest';
import { addCertificate, addMember, addProducer, setStandard } from '#domain/producers';
import type { MeasureRecord } from '#kernel/measures';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { anonymous, official, system, useWorld } from '#test/world';
import { aPlot, square, twoHamlets } from '../fixtures.ts';
import { endPlot, handOver, importPlots, listPlots, redrawPlot } from '../index.ts';
import { areaOf, tidied } from '../plot/geometry.ts';
import { toGeometry } from '../plot/geometry-form.ts';
import { MEASURES } from './measures.ts';

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const FIRST = localDate('2024-01-01');
/** A member from day 100 on, by VietGAP from day 50, certified on days 150 to 400. */
const [JOINED, CERTIFIED, ENDS] = [100, 150, 400];

type Model = {
  hamlet: string;
  from: number;
  last: number;
  sizes: { from: number; m2: number }[];
  /** The days on which the member held it. */
  held: { from: number; last: number };
};
const model: Model[] = [];
let hamlets: Awaited<ReturnType<typeof twoHamlets>>;
const day = (number: number): LocalDate => addDays(FIRST, number);

beforeAll(async () => {
  await world.as(
    system,
    async (ctx) => {
      hamlets = await twoHamlets(ctx);
      const { khe, mau, household, other } = hamlets;
      const producerId = await addProducer(ctx, { kind: 'group', name: 'Tổ Mẫu', from: day(0) });
      await setStandard(ctx, producerId, { standard: 'vietgap', from: day(50) });
      await addMember(ctx, producerId, { householdId: household, name: 'Hộ Mẫu', from: day(JOINED) });
      const days = { validFrom: day(CERTIFIED), validTo: day(ENDS) };
      await addCertificate(ctx, producerId, { kind: 'vietgap', number: '1', issuer: 'x', ...days });
      const size = (at: number, grown: boolean) =>
        square(at % 8, Math.floor(at / 8), 50 + at + (grown ? 40 : 0));
      const m2 = (geometry: unknown) => areaOf(tidied(toGeometry(geometry)!));
      const rows = Array.from({ length: 60 }, (_, at) =>
        aPlot(at % 3 ? khe : mau, {
          geometry: size(at, false),
          from: day((at * 37) % 300),
          householdId: at % 2 ? household : other,
        }),
      );
      const entered = await importPlots(ctx, rows);
      for (const [at, { id }] of entered.entries()) {
        const from = (at * 37) % 300;
        const one: Model = {
          hamlet: rows[at]!.hamletId,
          from,
          last: Infinity,
          sizes: [{ from, m2: m2(size(at, false)) }],
          held: at % 2 ? { from, last: Infinity } : { from: Infinity, last: Infinity },
        };
        if (at % 5 === 0) {
          await redrawPlot(ctx, id, { geometry: size(at, true), madeBy: 'walk', from: day(from + 60) });
          one.sizes.push({ from: from + 60, m2: m2(size(at, true)) });
        }
        if (at % 6 === 1) {
          await handOver(ctx, id, { householdId: other, from: day(from + 80) });
          one.held.last = from + 79;
        }
        if (at % 7 === 0) {
          await endPlot(ctx, id, { lastDay: day(from + 120) });
          one.last = from + 120;
        }
        model.push(one);
      }
    },
    NOW,
  );
}, 120_000);

/** What the model says of a day: the plots there were, of VietGAP only where asked. */
function expected(on: number, hamlet: string | null, certified: boolean) {
  const found = model.filter(
    (one) =>
      one.from <= on &&
      on <= one.last &&
      (hamlet === null || one.hamlet === hamlet) &&
      (!certified || (one.held.from <= on && on <= one.held.last && on >= CERTIFIED && on <= ENDS)),
  );
  const m2 = found.reduce((sum, { sizes }) => sum + sizes.findLast(({ from }) => from <= on)!.m2, 0);
  return { count: found.length, hectares: m2 / 10_000 };
}

it.each(MEASURES.map((measure) => [measure.name, measure] as const))('%s', async (name, measure) => {
  let seen = 0;
  for (const on of [-1, 40, 99, 100, 149, 150, 201, 260, 333, 400, 401, 900])
    for (const scope of ['commune', `hamlet:${hamlets.khe}`, `hamlet:${hamlets.mau}`, 'hamlet:none']) {
      const question = { asOf: day(on), scope };
      const hamlet = scope === 'commune' ? null : scope.slice('hamlet:'.length);
      const wanted =
        name === 'farming.area_organic'
          ? { count: 0, hectares: 0 }
          : expected(on, hamlet, name.endsWith('vietgap'));
      await world.as(
        official('specialist'),
        async (ctx) => {
          const value = await measure.compute(ctx, question);
          const records: MeasureRecord[] = [];
          for (let offset = 0; ; offset += 20) {
            const page = await measure.list(ctx, question, 'numerator', { offset, limit: 20 });
            expect(page.total).toBe(value.numerator);
            records.push(...page.records);
            if (page.records.length < 20) break;
          }
          expect([records.length, new Set(records.map(({ id }) => id)).size]).toEqual([
            wanted.count,
            wanted.count,
          ]);
          expect(value.numerator).toBe(wanted.count);
          expect(value.value).toBeCloseTo(name === 'farming.plots' ? wanted.count : wanted.hectares, 9);
        },
        NOW,
      );
      seen += wanted.count;
    }
  if (name !== 'farming.area_organic') expect(seen).toBeGreaterThan(20);
});

it('strangers see where and how large, no code and no link', async () => {
  const question = { asOf: day(200), scope: 'commune' };
  const { records } = await world.as(
    anonymous,
    (ctx) => MEASURES[0]!.list(ctx, question, 'numerator', { offset: 0, limit: 100 }),
    NOW,
  );
  const codes = await world.as(
    official('specialist'),
    async (ctx) => (await listPlots(ctx, { limit: 100 })).items,
    NOW,
  );
  const text = JSON.stringify(records);
  for (const { code, id } of codes) expect([text.includes(code), text.includes(id)]).toEqual([false, false]);
  expect(records.every(({ href }) => href === null)).toBe(true);
});
