import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Computed } from '#kernel/measures';
import { evaluate, FormulaError, measuresOf, parseFormula, unitOfFormula, type Formula } from './formula.ts';
import { contradicts, gapOf, judge, OPERATORS, STAGES, standing, VERDICTS, type Judged } from './judge.ts';
import { rollUp, STATUSES, type Line } from './rollup.ts';

const UNITS = { 'a.count': 'count', 'a.share': 'share', 'a.area': 'hectares', 'a.money': 'money' } as const;
const unitOf = (name: string) => Object.entries(UNITS).find(([one]) => one === name)?.[1];
const SAID: Record<string, Computed> = {
  'a.count': { numerator: 12, denominator: null, value: 12 },
  'a.share': { numerator: 3, denominator: 4, value: 0.75 },
  'a.area': { numerator: 2, denominator: null, value: 7.5 },
  'a.none': { numerator: 0, denominator: 0, value: null },
};
const value = (text: string) => evaluate(parseFormula(text), (name) => SAID[name]!);
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FormulaError) return thrown.code;
  }
  return null;
};

/** A formula as text, beside what arithmetic says of it. */
const leaf = fc.oneof(
  fc.nat(99).map((number) => ({ text: String(number), value: number })),
  fc.constant({ text: 'a.count', value: 12 }),
  fc.constant({ text: 'a.share:numerator', value: 3 }),
);
const { tree } = fc.letrec<{ tree: { text: string; value: number } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([left, sign, right]) => ({
      text: `(${left.text} ${sign}${right.text})`,
      value:
        sign === '+'
          ? left.value + right.value
          : sign === '-'
            ? left.value - right.value
            : left.value * right.value,
    })),
  ),
}));

describe('a formula', () => {
  it('says what arithmetic says', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(value(one.text)).toBe(one.value);
      }),
    );
    expect(value('1 + 2 * 3')).toBe(7);
    expect(value('8 / 4 / 2 - 1 - 1')).toBe(-1);
  });

  it('knows its units', () => {
    const unit = (text: string) => unitOfFormula(parseFormula(text), unitOf);
    expect(unit('a.count + a.share:numerator')).toBe('count');
    expect(unit('a.area / a.area')).toBe('share');
    expect(unit('a.money / 1000')).toBe('money');
    expect(unit('1 - a.share')).toBe('share');
    expect(unit('a.share * a.area')).toBe('hectares');
    for (const text of [
      'a.area + a.count',
      'a.area * a.area',
      'a.money / a.count',
      '1 + a.area',
      '1 / a.count',
    ])
      expect([text, codeOf(() => unit(text))]).toEqual([text, 'criteria.formula.units']);
    expect(codeOf(() => unit('b.count'))).toBe('criteria.formula.unknown_measure');
  });

  it('takes nothing else', () => {
    for (const text of [
      '',
      '1 +',
      '(1',
      '1)',
      'a',
      'a.count:part',
      '1 2',
      '1;2',
      'a.count()',
      '-1',
      '1e5',
      '"x"',
    ])
      expect([text, codeOf(() => parseFormula(text))]).toEqual([text, 'criteria.formula.syntax']);
    expect(codeOf(() => parseFormula('('.repeat(100)))).toBe('criteria.formula.syntax');
    expect(codeOf(() => parseFormula('1'.repeat(501)))).toBe('criteria.formula.too_long');
  });

  it('says nothing where a measure says nothing, or where it would divide by nothing', () => {
    expect(value('a.none + 1')).toBeNull();
    expect(value('a.count / a.none:denominator')).toBeNull();
    const asked: Formula = parseFormula('a.count / (a.count + a.share)');
    expect(measuresOf(asked)).toEqual(['a.count', 'a.share']);
  });
});

const statuses = fc.array(fc.constantFrom(...STATUSES), { maxLength: 8 });
const lined = (all: readonly (typeof STATUSES)[number][]): Line[] =>
  all.map((status, at) => ({ code: String(at), status }));

describe('the roll-up', () => {
  it('is strict: one line that is not reached decides, else one that is not known', () => {
    fc.assert(
      fc.property(statuses, (all) => {
        const expected = all.includes('not_reached')
          ? 'not_reached'
          : all.includes('unknown') || all.length === 0
            ? 'unknown'
            : all.includes('reached')
              ? 'reached'
              : 'not_applicable';
        expect(rollUp(lined(all))).toBe(expected);
      }),
    );
  });

  it('says unknown exactly when what is not known could fall either way', () => {
    const rules = fc.oneof(
      fc.integer({ min: 1, max: 100 }).map((atLeast) => ({ kind: 'share' as const, atLeast })),
      fc.record({
        kind: fc.constant('points' as const),
        atLeast: fc.integer({ min: 1, max: 20 }),
        weights: fc.constant({ '0': 5, '1': 1, '2': 2, '3': 3, '4': 1, '5': 4, '6': 1, '7': 2 }),
      }),
    );
    fc.assert(
      fc.property(statuses, rules, (all, rule) => {
        if (!all.some((status) => status !== 'not_applicable')) return;
        const settled = (as: 'reached' | 'not_reached') =>
          rollUp(lined(all.map((status) => (status === 'unknown' ? as : status))), rule);
        const [best, worst] = [settled('reached'), settled('not_reached')];
        expect(rollUp(lined(all), rule)).toBe(best === worst ? best : 'unknown');
      }),
    );
  });
});

describe('a value', () => {
  it('with its gap added meets the threshold, and with one record less does not', () => {
    fc.assert(
      fc.property(
        fc.nat(500),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 100 }),
        (a, of, threshold) => {
          const numerator = Math.min(a, of);
          const gap = gapOf((numerator / of) * 100, '>=', threshold, { numerator, denominator: of });
          const then = (more: number) => judge(((numerator + more) / of) * 100, '>=', threshold);
          expect(then(gap?.records ?? 0)).toBe('reached');
          if (gap) expect(then(gap.records! - 1)).toBe('not_reached');
        },
      ),
    );
  });

  it('is judged as it is compared', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...OPERATORS), fc.integer(), (one, operator, threshold) => {
        const meets =
          operator === '>=' ? one >= threshold : operator === '<=' ? one <= threshold : one === threshold;
        expect(judge(one, operator, threshold)).toBe(meets ? 'reached' : 'not_reached');
        expect(gapOf(one, operator, threshold)?.by ?? 0).toBe(meets ? 0 : Math.abs(one - threshold));
      }),
    );
    expect(judge(0.1 + 0.2, '=', 0.3)).toBe('reached');
    expect(judge(null, '>=', 0)).toBe('unknown');
  });
});

describe('a signature', () => {
  const judgements = fc.constantFrom<Judged>('reached', 'not_reached', 'unknown');
  const signatures = fc.array(
    fc.record({
      stage: fc.constantFrom(...STAGES),
      verdict: fc.constantFrom(...VERDICTS),
      judged: judgements,
    }),
    { maxLength: 5 },
  );

  it('is needed: nothing is reached by a number or by a self-assessment alone', () => {
    fc.assert(
      fc.property(judgements, signatures, (judged, all) => {
        const found = standing(judged, all);
        const deciding = all.filter(({ stage }) => stage !== 'self').at(-1);
        if (found.status === 'reached') expect(deciding?.verdict).toBe('reached');
        if (found.waiting) expect([judged, deciding]).toEqual(['reached', undefined]);
      }),
    );
  });

  it('holds as long as the number says what it said', () => {
    const signed = (judged: Judged) => [{ stage: 'review', verdict: 'reached', judged } as const];
    expect(standing('not_reached', signed('reached'))).toMatchObject({ status: 'not_reached', fallen: true });
    expect(standing('unknown', signed('reached'))).toMatchObject({ status: 'unknown', fallen: true });
    // Signed against the number, with a written reason.
    expect(standing('not_reached', signed('not_reached'))).toMatchObject({
      status: 'reached',
      fallen: false,
    });
    expect(contradicts('reached', 'not_reached')).toBe(true);
    expect(contradicts('reached', 'reached')).toBe(false);
  });
});
