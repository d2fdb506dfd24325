import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeFee } from './fee.ts';
import { Fee, FeeRule } from './fee-rule.ts';

const label = { vi: 'Hộ nghèo', en: 'Poor household' };
const source = { text: 'TT 226/2016/TT-BTC', article: 'Điều 4', mark: 'F' as const };

function fee(rule: unknown, exemptions: [code: string, percent: number][] = []): Fee {
  return Fee.parse({
    text: label,
    rule,
    exemptions: exemptions.map(([code, percent]) => ({ code, label, percent, source })),
    source,
  });
}

const COPIES = fee({
  kind: 'by_page',
  copies: 'copies',
  pages: 'pages',
  tiers: [
    { fromPage: 1, each: 2000 },
    { fromPage: 3, each: 1000 },
  ],
  maxPerCopy: 200_000,
});

describe('certified copies (TT 226/2016 art. 4)', () => {
  test.each([
    [1, 1, 2000n],
    [2, 1, 4000n],
    [3, 1, 5000n],
    [10, 1, 12_000n],
    [10, 3, 36_000n],
    [198, 1, 200_000n],
    [199, 1, 200_000n],
    [1000, 2, 400_000n],
  ])('%i pages, %i copies: %s đ', (pages, copies, amount) => {
    expect(computeFee(COPIES, { pages, copies }, [], 'counter').amount).toBe(amount);
  });

  test('the lines say how the sum came about', () => {
    const { lines } = computeFee(COPIES, { pages: 300, copies: 2 }, [], 'counter');
    expect(lines).toEqual([
      { what: 'pages', fromPage: 1, quantity: 4n, each: 2000n, amount: 8000n },
      { what: 'pages', fromPage: 3, quantity: 596n, each: 1000n, amount: 596_000n },
      { what: 'over_maximum', quantity: 2n, each: -102_000n, amount: -204_000n },
    ]);
  });
});

describe('other rules', () => {
  test('the channel decides where it costs less online', () => {
    const residence = fee({ kind: 'fixed', amount: { counter: 20_000, online: 10_000 } });
    expect(computeFee(residence, {}, [], 'counter').amount).toBe(20_000n);
    expect(computeFee(residence, {}, [], 'online').amount).toBe(10_000n);
  });

  test('a fee set elsewhere is unknown, unless it is wholly forgiven', () => {
    const late = fee(null, [
      ['on_time', 100],
      ['half', 50],
    ]);
    expect(computeFee(late, {}, [], 'counter')).toMatchObject({ amount: null, unknown: 'no_rule' });
    expect(computeFee(late, {}, ['half'], 'counter').amount).toBeNull();
    expect(computeFee(late, {}, ['on_time'], 'counter')).toMatchObject({ amount: 0n, exemptedBy: 'on_time' });
  });

  test('the exemption that forgives most is applied, alone; unknown codes give nothing', () => {
    const adoption = fee({ kind: 'fixed', amount: 400_001 }, [
      ['third', 33],
      ['half', 50],
    ]);
    expect(computeFee(adoption, {}, ['nobody'], 'counter').amount).toBe(400_001n);
    const both = computeFee(adoption, {}, ['third', 'half'], 'counter');
    expect(both).toMatchObject({ amount: 200_000n, exemptedBy: 'half' });
  });

  test('tiers that do not rise from page 1 are refused', () => {
    const tiers = (...from: number[]) =>
      FeeRule.safeParse({
        kind: 'by_page',
        copies: 'copies',
        pages: 'pages',
        tiers: from.map((fromPage) => ({ fromPage, each: 1 })),
        maxPerCopy: null,
      }).success;
    expect([tiers(1, 3), tiers(2), tiers(1, 1), tiers(1, 5, 3)]).toEqual([true, false, false, false]);
  });
});

const amount = fc.oneof(
  fc.nat(1_000_000),
  fc.record({ counter: fc.nat(1_000_000), online: fc.nat(1_000_000) }),
);
const rule: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(null),
  fc.constant({ kind: 'free' }),
  fc.record({ kind: fc.constant('fixed'), amount }),
  fc.record({ kind: fc.constant('by_quantity'), quantity: fc.constant('copies'), amount }),
  fc.record({
    kind: fc.constant('by_page'),
    copies: fc.constant('copies'),
    pages: fc.constant('pages'),
    tiers: fc
      .uniqueArray(fc.record({ fromPage: fc.integer({ min: 2, max: 30 }), each: fc.nat(9000) }), {
        selector: (tier) => tier.fromPage,
        maxLength: 4,
      })
      .map((tiers) => [{ fromPage: 1, each: 2000 }, ...tiers.sort((a, b) => a.fromPage - b.fromPage)]),
    maxPerCopy: fc.option(fc.nat(300_000)),
  }),
);
const anyFee = fc
  .tuple(
    rule,
    fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 100 })), {
      selector: ([code]) => code,
    }),
  )
  .map(([one, exemptions]) => fee(one, exemptions));
const count = fc.integer({ min: 1, max: 400 });
const channel = fc.constantFrom('counter', 'online');
const shown = fc.subarray(['a', 'b', 'c', 'd']);

describe('any fee', () => {
  test('is the sum of its lines, never negative, never more for somebody exempted', () => {
    fc.assert(
      fc.property(anyFee, count, count, shown, channel, (one, copies, pages, exemptions, at) => {
        const computed = computeFee(one, { copies, pages }, exemptions, at);
        const total = computed.lines.reduce((sum, line) => sum + line.amount, 0n);
        expect(computed.amount ?? 0n).toBe(total);
        expect(computed.amount !== null || one.rule === null).toBe(true);
        expect(computed.lines.every((line) => line.amount === line.quantity * line.each)).toBe(true);
        expect(total >= 0n).toBe(true);
        const full = computeFee(one, { copies, pages }, [], at).amount;
        expect(full === null || total <= full).toBe(true);
      }),
    );
  });

  test('does not fall with more pages or copies, and copies cost the same each', () => {
    fc.assert(
      fc.property(anyFee, count, count, channel, (one, copies, pages, at) => {
        const amountOf = (c: number, p: number) =>
          computeFee(one, { copies: c, pages: p }, [], at).amount ?? 0n;
        expect(amountOf(copies + 1, pages) >= amountOf(copies, pages)).toBe(true);
        expect(amountOf(copies, pages + 1) >= amountOf(copies, pages)).toBe(true);
        expect(
          one.rule?.kind !== 'by_page' || amountOf(copies, pages) === BigInt(copies) * amountOf(1, pages),
        ).toBe(true);
      }),
    );
  });

  test('is unknown, not wrong, when a count makes no sense', () => {
    const senseless = fc.oneof(
      fc.integer({ max: 0 }),
      fc.double().filter((n) => !Number.isInteger(n)),
      fc.constant(1e9),
    );
    fc.assert(
      fc.property(senseless, (pages) => {
        expect(computeFee(COPIES, { pages }, [], 'counter')).toMatchObject({
          amount: null,
          unknown: 'bad_quantity',
        });
      }),
    );
  });
});
