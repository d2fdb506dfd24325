import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, localDate } from '#kernel/time';
import {
  FORMS,
  FUND_KINDS,
  givenInKind,
  ledgerFault,
  STEPS,
  sumsByFund,
  sumsOf,
  type Line,
} from './ledger.ts';

const DAY = localDate('2024-01-01');
const CONTRACTS = new Map([
  ['c1', 500n],
  ['c2', 200n],
]);

const line = fc.record({
  step: fc.constantFrom(...STEPS),
  kind: fc.constantFrom(...FUND_KINDS),
  form: fc.constantFrom(...FORMS),
  amount: fc.bigInt({ min: 0n, max: 400n }),
  quantity: fc.option(fc.integer({ min: 1, max: 9999 }).map((hundredths) => hundredths / 100)),
  contractId: fc.constantFrom(null, null, 'c1', 'c2'),
  onDay: fc.integer({ min: 0, max: 20 }).map((days) => addDays(DAY, days)),
});
/** Only what the verb lets through to the sums: in kind only from people, and never spent. */
const sensible = line
  .filter(({ form, kind, step }) => form === 'money' || (kind === 'people' && step !== 'spent'))
  .map((one): Line => ({
    ...one,
    fund: one.kind,
    contractId: one.step === 'spent' ? one.contractId : null,
  }));

/** What a ledger holds that takes in each line only if nothing is broken by it. */
function taken(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const one of lines) if (ledgerFault([...kept, one], CONTRACTS) === null) kept.push(one);
  return kept;
}

describe('a ledger that refuses what it must', () => {
  it('never spends more than was received, on any day, from any source', () => {
    fc.assert(
      fc.property(fc.array(sensible, { maxLength: 40 }), (lines) => {
        const kept = taken(lines);
        for (let at = 0; at <= 20; at += 1) {
          const day = addDays(DAY, at);
          const money = kept.filter(({ onDay, form }) => onDay <= day && form === 'money');
          for (const [fund, { promised, received, spent }] of sumsByFund(money)) {
            expect(spent <= received).toBe(true);
            if (fund === 'state') expect(received <= promised).toBe(true);
          }
        }
        for (const [id, amount] of CONTRACTS)
          expect(sumsOf(kept.filter(({ contractId }) => contractId === id)).spent <= amount).toBe(true);
      }),
    );
  });

  it('adds up alike by source and as a whole, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(sensible, { maxLength: 40 }), (lines) => {
        const whole = sumsOf(lines);
        const parts = [...sumsByFund(lines).values()];
        for (const step of STEPS) expect(parts.reduce((sum, one) => sum + one[step], 0n)).toBe(whole[step]);
        expect(sumsOf(lines.toReversed())).toEqual(whole);
        expect(ledgerFault(lines.toReversed(), CONTRACTS) === null).toBe(
          ledgerFault(lines, CONTRACTS) === null,
        );
      }),
    );
  });

  it('is as it was once an entry is taken back', () => {
    fc.assert(
      fc.property(fc.array(sensible, { maxLength: 20 }), sensible, (lines, wrong) => {
        const back = { ...wrong, amount: -wrong.amount, quantity: wrong.quantity && -wrong.quantity };
        const after = [...lines, wrong, back];
        expect(sumsOf(after)).toEqual(sumsOf(lines));
        expect(givenInKind(after)).toEqual(givenInKind(lines));
        expect(ledgerFault(after, CONTRACTS)).toBe(ledgerFault(lines, CONTRACTS));
      }),
    );
  });
});
