import { describe, expect, test } from 'vitest';
import { loadCatalog } from './catalog.ts';
import { feeOfAnswers } from './fee-of-answers.ts';

const catalog = loadCatalog();

function fee(code: string) {
  return catalog.procedures.find((file) => file.code === code)!.versions.at(-1)!.fee;
}

describe('the fee by the answers', () => {
  test('computes each paper by itself, because the maximum holds for each copy', () => {
    const values = {
      documents: 2,
      'paper.1.pages': 300,
      'paper.1.copies': 1,
      'paper.2.pages': 3,
      'paper.2.copies': 2,
    };
    expect(feeOfAnswers(fee('2.000815'), values, [], 'counter').amount).toBe(210_000n);
  });

  test('takes single counts, and one where nothing was counted', () => {
    expect(feeOfAnswers(fee('2.000635'), { copies: 3 }, [], 'counter').amount).toBe(24_000n);
    expect(feeOfAnswers(fee('2.000884'), { request: 'x' }, [], 'counter').amount).toBe(10_000n);
    expect(feeOfAnswers(fee('1.004222'), {}, [], 'online').amount).toBe(10_000n);
    expect(feeOfAnswers(fee('1.004222'), {}, ['poor_household'], 'online')).toMatchObject({
      amount: 0n,
      exemptedBy: 'poor_household',
    });
  });

  test('stays unknown when one part is', () => {
    const values = { 'paper.1.pages': 3, 'paper.1.copies': 1, 'paper.2.pages': 0, 'paper.2.copies': 1 };
    expect(feeOfAnswers(fee('2.000815'), values, [], 'counter')).toMatchObject({
      amount: null,
      unknown: 'bad_quantity',
    });
    expect(feeOfAnswers(fee('1.004873'), {}, [], 'counter')).toMatchObject({
      amount: null,
      unknown: 'no_rule',
    });
  });
});
