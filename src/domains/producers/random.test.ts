/** Random histories of the register, through the verbs, against a plain model in memory: lists, numbers, standards. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addHamlet } from '#domain/commune';
import { askMeasure, getMeasure } from '#app/measures';
import type { Ctx } from '#kernel/context';
import { isAppError } from '#kernel/errors';
import { addDays, localDate, type LocalDate } from '#kernel/time';
import { official, system, useWorld } from '#test/world';
import {
  addCertificate,
  addMember,
  addProducer,
  endMember,
  endProducer,
  endStandard,
  recogniseCraftVillage,
  recordIncome,
  revokeCertificate,
  setStandard,
  standardOf,
  withdrawCraftVillage,
} from './index.ts';
import { expected, meets, NAMES, spoken, within, type Model } from './random-fixture.ts';

const world = useWorld();
const FIRST = localDate('2021-01-01');
const LENGTH = 400;
const NOW = { now: new Date('2024-03-31T09:00:00+07:00') };
const HAMLETS = 3;
const MEMBERS = 5;
let hamlets: string[];

beforeAll(async () => {
  hamlets = await world.as(system, async (ctx) => {
    const made: string[] = [];
    for (let at = 0; at < HAMLETS; at += 1) made.push(await addHamlet(ctx, { name: `Xóm ${at}` }));
    return made;
  });
});

const day = fc.integer({ min: 0, max: LENGTH }).map((at) => addDays(FIRST, at));
const pick = fc.nat(999);
const step = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    kind: fc.constantFrom('cooperative', 'group', 'household_business', 'enterprise'),
    hamlet: fc.nat(HAMLETS - 1),
    day,
  }),
  fc.record({ do: fc.constant('end' as const), pick, day }),
  fc.record({
    do: fc.constant('standard' as const),
    pick,
    day,
    standard: fc.constantFrom('vietgap', 'organic'),
  }),
  fc.record({ do: fc.constant('standard_end' as const), pick, day }),
  fc.record({
    do: fc.constant('join' as const),
    pick,
    who: fc.nat(MEMBERS - 1),
    day,
    length: fc.option(fc.nat(200)),
  }),
  fc.record({ do: fc.constant('leave' as const), pick, which: pick, day }),
  fc.record({
    do: fc.constant('paper' as const),
    pick,
    kind: fc.constantFrom('vietgap', 'ocop', 'business_registration'),
    day,
    length: fc.option(fc.nat(300)),
  }),
  fc.record({ do: fc.constant('revoke' as const), pick, which: pick, day }),
  fc.record({
    do: fc.constant('craft' as const),
    hamlet: fc.nat(HAMLETS - 1),
    trade: fc.constantFrom('tea_making', 'carpentry'),
    day,
  }),
  fc.record({ do: fc.constant('craft_end' as const), pick, day }),
  fc.record({
    do: fc.constant('income' as const),
    year: fc.integer({ min: 2019, max: 2021 }),
    hamlet: fc.option(fc.nat(HAMLETS - 1)),
    amount: fc.integer({ min: 1, max: 90_000_000 }),
    day,
    verified: fc.boolean(),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Whether a verb did it; an expected refusal is an answer, anything else a fault. */
async function done(work: () => Promise<unknown>): Promise<string | false> {
  try {
    return String(await work());
  } catch (thrown) {
    if (isAppError(thrown)) return false;
    throw thrown;
  }
}

const member = (who: number) => ({ name: `Hộ số ${who}`, hamletId: hamlets[who % HAMLETS]! });

let number = 0;
async function take(ctx: Ctx, model: Model, given: Step): Promise<void> {
  number += 1;
  if (given.do === 'add') {
    const { kind, hamlet } = given;
    const input = {
      kind: kind as 'group',
      name: `Cơ sở ${number}`,
      hamletId: hamlets[hamlet]!,
      from: given.day,
    };
    const id = await addProducer(ctx, input);
    model.producers.push({
      id,
      kind,
      hamlet,
      from: given.day,
      last: null,
      standards: [],
      members: [],
      papers: [],
    });
  } else if (given.do === 'craft') {
    const span = { from: given.day, last: null };
    const { hamlet, trade } = given;
    const free = !model.crafts.some(
      (one) => one.hamlet === hamlet && one.trade === trade && meets(one, span),
    );
    const id = await done(() =>
      recogniseCraftVillage(ctx, {
        hamletId: hamlets[hamlet]!,
        name: 'Làng nghề',
        trade,
        decisionNumber: `${number}`,
        decisionIssuer: 'tỉnh',
        recognisedOn: given.day,
      }),
    );
    expect(id !== false, 'craft').toBe(free);
    if (id) model.crafts.push({ id, hamlet, trade, ...span });
  } else if (given.do === 'craft_end') {
    const one = model.crafts[given.pick % (model.crafts.length || 1)];
    if (!one) return;
    const may = one.last === null && given.day > one.from;
    const made = await done(() => withdrawCraftVillage(ctx, one.id, { on: given.day, decision: 'QĐ' }));
    expect(made !== false, 'craft_end').toBe(may);
    if (may) one.last = addDays(given.day, -1);
  } else if (given.do === 'income') {
    const { year, hamlet, amount, verified } = given;
    const input = {
      year,
      hamletId: hamlet === null ? null : hamlets[hamlet]!,
      amount: BigInt(amount),
      source: `n${number}`,
      statedOn: given.day,
      verified,
    };
    const id = await recordIncome(ctx, input);
    model.incomes.push({ id, year, hamlet, amount: BigInt(amount), on: given.day, verified });
  } else await takeOf(ctx, model, given);
}

async function takeOf(
  ctx: Ctx,
  model: Model,
  given: Exclude<Step, { do: 'add' | 'craft' | 'craft_end' | 'income' }>,
): Promise<void> {
  const of = model.producers[given.pick % (model.producers.length || 1)];
  if (!of) return;
  const at = given.day;
  if (given.do === 'end') {
    const may = of.last === null && at >= of.from;
    expect((await done(() => endProducer(ctx, of.id, { lastDay: at }))) !== false, 'end').toBe(may);
    if (may) of.last = at;
  } else if (given.do === 'standard') {
    const running = of.standards.find((one) => one.last === null && one.from < at);
    const span = { from: at, last: null };
    const may = within(of, at) && !of.standards.some((one) => one !== running && meets(one, span));
    const standard = given.standard as 'vietgap';
    expect((await done(() => setStandard(ctx, of.id, { standard, from: at }))) !== false, 'standard').toBe(
      may,
    );
    if (!may) return;
    if (running) running.last = addDays(at, -1);
    of.standards.push({ standard, ...span });
  } else if (given.do === 'standard_end') {
    const running = of.standards.find((one) => one.last === null);
    const may = running !== undefined && at >= running.from;
    expect((await done(() => endStandard(ctx, of.id, { lastDay: at }))) !== false, 'standard_end').toBe(may);
    if (may) running.last = at;
  } else if (given.do === 'join') {
    const last = given.length === null ? null : addDays(at, given.length);
    const may =
      within(of, at) && !of.members.some((one) => one.who === given.who && meets(one, { from: at, last }));
    const id = await done(() => addMember(ctx, of.id, { ...member(given.who), from: at, last }));
    expect(id !== false, 'join').toBe(may);
    if (id) of.members.push({ id, who: given.who, from: at, last });
  } else if (given.do === 'leave') {
    const one = of.members[given.which % (of.members.length || 1)];
    if (!one) return;
    const may = one.last === null && at >= one.from;
    expect((await done(() => endMember(ctx, of.id, one.id, { lastDay: at }))) !== false, 'leave').toBe(may);
    if (may) one.last = at;
  } else if (given.do === 'paper') {
    const last = given.length === null ? null : addDays(at, given.length);
    const input = {
      kind: given.kind as 'vietgap',
      number: `P${number}`,
      issuer: 'x',
      stars: 3,
      validFrom: at,
      validTo: last,
    };
    of.papers.push({
      id: await addCertificate(ctx, of.id, input),
      kind: given.kind,
      from: at,
      last,
      revoked: null,
    });
  } else {
    const one = of.papers[given.which % (of.papers.length || 1)];
    if (!one) return;
    const may = one.revoked === null && at >= one.from;
    const made = await done(() => revokeCertificate(ctx, of.id, one.id, { on: at, why: 'thử' }));
    expect(made !== false, 'revoke').toBe(may);
    if (may) one.revoked = at;
  }
}

async function compare(ctx: Ctx, model: Model, on: LocalDate): Promise<void> {
  for (const short of NAMES) {
    const measure = getMeasure(ctx, `producers.${short}`);
    for (const hamlet of [null, 0, HAMLETS - 1]) {
      const question = { asOf: on, scope: hamlet === null ? 'commune' : `hamlet:${hamlets[hamlet]}` };
      const value = await askMeasure(ctx, measure, question);
      const { total, records } = await measure.list(ctx, question, 'numerator', { offset: 0, limit: 500 });
      const want = expected(model, { name: measure.name, on, hamlet, hamlets });
      expect(
        [value.numerator, total, records.map(({ id }) => id).sort()],
        `${short} ${on} ${hamlet}`,
      ).toEqual([want.length, want.length, want]);
      if (short !== 'income_per_person') continue;
      const said = spoken(model, on, hamlet);
      const best = said.some(({ verified }) => verified) ? said.filter(({ verified }) => verified) : said;
      const latest = best.reduce((seen, one) => (one.on > seen ? one.on : seen), '' as LocalDate);
      const amounts = best.filter((one) => one.on === latest).map(({ amount }) => Number(amount));
      if (said.length === 0) expect(value.value).toBeNull();
      else expect(amounts).toContain(value.value);
    }
  }
  for (let who = 0; who < MEMBERS; who += 1) {
    const held = await standardOf(ctx, member(who), on);
    const want = model.producers
      .filter((one) => within(one, on) && one.members.some((m) => m.who === who && within(m, on)))
      .flatMap((one) => one.standards.filter((s) => within(s, on)).map((s) => `${s.standard} ${one.id}`));
    expect(held.held.map((one) => `${one.standard} ${one.producerId}`).sort()).toEqual(want.sort());
    expect(held.standard).toBe(['organic', 'vietgap'].find((s) => want.some((w) => w.startsWith(s))) ?? null);
  }
}

describe('random histories', () => {
  it('say on any day what a plain model says', { timeout: 240_000 }, async () => {
    const leader = official('leader');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 30, maxLength: 90 }),
        fc.array(day, { minLength: 2, maxLength: 4 }),
        async (steps, days) => {
          const model: Model = { producers: [], crafts: [], incomes: [] };
          await world
            .as(
              leader,
              async (ctx) => {
                for (const one of steps) await take(ctx, model, one);
                for (const on of [...days, localDate('2026-01-01')]) await compare(ctx, model, on);
                throw new Undone();
              },
              NOW,
            )
            .catch((thrown) => {
              if (!(thrown instanceof Undone)) throw thrown;
            });
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** Takes a tried history back, so that each begins with an empty register. */
class Undone extends Error {}
