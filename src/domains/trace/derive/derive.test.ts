import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '#kernel/context';
import { anonymous, official, system, useWorld } from '#test/world';
import { checkEvent } from '../epcis/rules.ts';
import { hashEvent } from '../epcis/hash.ts';
import { LOT_KINDS } from '../lot/lot.ts';
import { aStep, packOf, teaHouse, type House } from '../lot/fixture.ts';
import { holdLot, liftHold } from '../lot/hold.actions.ts';
import { getLot } from '../lot/lot.queries.ts';
import { startRecall } from '../lot/recall.actions.ts';
import { recordStep } from '../lot/step.actions.ts';
import { STEP_KINDS } from '../lot/step.ts';
import { printLabels } from '../label/label.actions.ts';
import { deriveEvents } from './derive.actions.ts';
import { DERIVED_CONTEXT, eventOf, lotUri, type Fact } from './derive.ts';

describe('events are facts in the words of the standard', () => {
  const lot = fc.record({
    gtin: fc.constantFrom('08938500000010', '02000000000015'),
    code: fc.constantFrom('K261123-7H4M2X', 'G261123-23456F'),
    bestBefore: fc.option(fc.constant('2028-05-23')),
  });
  const part = fc.tuple(lot, fc.bigInt({ min: 1n, max: 9_000_000n })).map(([one, g]) => ({ ...one, g }));
  const happening = {
    at: fc.constant('2026-11-23T08:00:00+07:00'),
    origin: fc.constant('https://xa.example'),
    place: fc.option(fc.constant(`urn:uuid:${randomUUID()}`)),
  };
  const pick = fc.record({ id: fc.uuid(), g: fc.bigInt({ min: 1n, max: 900_000n }) });
  const evidence = fc.record(
    {
      temperatureC: fc.integer({ min: 20, max: 400 }),
      minutes: fc.integer({ min: 1, max: 99 }),
      moistureTenths: fc.integer({ min: 0, max: 900 }),
    },
    { requiredKeys: [] },
  );
  const step = fc.record({
    ...happening,
    what: fc.constant('step' as const),
    kind: fc.constantFrom(...STEP_KINDS),
    evidence,
    inputs: fc.array(part, { maxLength: 3 }),
    outputs: fc.array(part, { maxLength: 3 }),
    picked: fc.option(fc.constant({ from: '2026-11-20', to: '2026-11-22' })),
    picks: fc.array(pick, { maxLength: 2 }),
  });
  const picked = fc.record({
    ...happening,
    what: fc.constant('picked' as const),
    pick,
    day: fc.constant('2026-11-20'),
    plots: fc.array(fc.uuid(), { minLength: 1, maxLength: 3 }),
  });
  const judged = fc.record({
    ...happening,
    what: fc.constantFrom('held', 'lifted', 'released', 'recalled', 'recall_ended'),
    lots: fc.array(lot, { minLength: 1, maxLength: 4 }),
  });
  const labelled = fc.record({
    ...happening,
    what: fc.constant('labelled' as const),
    lot,
    serials: fc.uniqueArray(fc.constantFrom('A1', 'B2', 'C3'), { minLength: 1 }),
  });

  const told = fc.oneof(step, picked, judged, labelled);
  const wrong = fc
    .tuple(told, fc.option(picked))
    .map(([of, instead]) => ({ ...of, what: 'wrong' as const, of, instead }));

  it('whatever happened, and whatever was told wrongly', () => {
    fc.assert(
      fc.property(fc.oneof(told, wrong), (fact) => {
        const first = fact.what === 'wrong' ? fact.of : fact;
        if (first.what === 'step') fc.pre(first.inputs.length + first.outputs.length > 0);
        const event = eventOf(fact as Fact);
        expect(checkEvent(event)).toEqual([]);
        if (fact.what === 'wrong') {
          const id = hashEvent({ event: eventOf(fact.of as Fact), context: DERIVED_CONTEXT });
          expect(event.eventID).toBe(id);
          expect(hashEvent({ event, context: DERIVED_CONTEXT })).toBe(id);
        }
        expect(hashEvent({ event, context: DERIVED_CONTEXT })).toBe(
          hashEvent({ event: eventOf(fact as Fact), context: DERIVED_CONTEXT }),
        );
      }),
    );
    expect(LOT_KINDS).toHaveLength(4);
  });
});

const world = useWorld();
const NOW = { now: new Date('2026-11-23T08:00:00+07:00') };
const specialist = official('specialist');
const as: typeof world.as = (actor, work, more = {}) => world.as(actor, work, { ...NOW, ...more });
let house: House;

beforeAll(async () => {
  house = await as(system, teaHouse);
});

it('everything that happens to a lot is captured once, open to strangers without names', async () => {
  const { pack, code } = await as(specialist, (ctx) => packOf(ctx, house));
  await as(specialist, (ctx) => printLabels(ctx, pack, { paper: 'a4-24', serialised: true, count: 3 }));
  await as(specialist, (ctx) =>
    recordStep(ctx, aStep('ship', [{ lotId: pack, g: 1_000 }], [], { buyer: 'Cửa hàng Bí Mật' })),
  );
  const [held] = await as(specialist, (ctx) => holdLot(ctx, pack, { reason: 'x' }));
  const { holds } = await as(specialist, (ctx) => getLot(ctx, held!));
  const later = { now: new Date('2026-11-23T09:00:00+07:00') };
  await as(specialist, (ctx) => liftHold(ctx, holds[0]!.id, { reason: 'y' }), later);
  await as(specialist, (ctx) =>
    startRecall(ctx, { id: randomUUID(), lotIds: [pack], reason: 'z', publicVi: 'z' }),
  );
  // Receive, fix, dry, pack, release, labels, ship, hold, lift, recall; and four lots enter the log.
  expect(await as(system, deriveEvents)).toBe(10);
  expect(await as(system, deriveEvents)).toBe(0);
  const rows = await as(system, (ctx) =>
    eventsAbout(ctx, lotUri('https://id.gs1.org', { gtin: '08938500000010', code })),
  );
  expect(
    rows.map(({ type, biz_step, disposition }) => [
      type,
      biz_step?.split('-').at(-1),
      disposition?.split('-').at(-1),
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['TransformationEvent', 'packing', 'active'],
      ['ObjectEvent', 'inspecting', 'conformant'],
      ['ObjectEvent', 'shipping', 'in_transit'],
      ['ObjectEvent', 'holding', 'non_sellable_other'],
      ['ObjectEvent', 'inspecting', 'conformant'],
      ['ObjectEvent', 'holding', 'recalled'],
    ]),
  );
  expect(rows).toHaveLength(6);
  expect(rows.every(({ disclosed }) => disclosed)).toBe(true);
  expect(JSON.stringify(rows)).not.toMatch(/Bí Mật|Bà Mẫu|Cán bộ/);
  await expect(as(anonymous, deriveEvents)).rejects.toMatchObject({ status: 401 });
});

async function eventsAbout(ctx: Ctx, value: string) {
  return ctx.db
    .selectFrom('trace_term as t')
    .innerJoin('trace_event as e', (join) =>
      join.onRef('e.commune_id', '=', 't.commune_id').onRef('e.seq', '=', 't.seq'),
    )
    .select(['e.type', 'e.biz_step', 'e.disposition', 'e.disclosed', 'e.body'])
    .where('t.commune_id', '=', ctx.commune.id)
    .where('t.value', '=', value)
    .orderBy('e.seq')
    .execute();
}
