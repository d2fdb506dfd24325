import type { FormValues } from '#kernel/forms/values';
import { type ComputedFee, type FeeChannel, computeFee } from './fee.ts';
import type { Fee, FeeRule } from './fee-rule.ts';

/**
 * The fee by the answers of the form: what the rule counts is looked for among the answers by its
 * name. Where the form repeats a group (`paper.1.pages`, `paper.2.pages`), each is computed by itself,
 * because the most that a copy may cost holds for each.
 */
export function feeOfAnswers(
  fee: Pick<Fee, 'rule' | 'exemptions'>,
  values: FormValues,
  exemptions: readonly string[],
  channel: FeeChannel,
): ComputedFee {
  const parts = countsIn(values, countedBy(fee.rule)).map((counts) =>
    computeFee(fee, counts, exemptions, channel),
  );
  const [first, ...rest] = parts;
  if (!first) return computeFee(fee, {}, exemptions, channel);
  return rest.reduce(
    (sum, part) => ({
      amount: sum.amount === null || part.amount === null ? null : sum.amount + part.amount,
      lines: [...sum.lines, ...part.lines],
      exemptedBy: sum.exemptedBy,
      unknown: sum.unknown ?? part.unknown,
    }),
    first,
  );
}

/** The names of what a rule counts. */
function countedBy(rule: FeeRule | null): string[] {
  switch (rule?.kind) {
    case 'by_quantity':
      return [rule.quantity];
    case 'by_page':
      return [rule.copies, rule.pages];
    default:
      return [];
  }
}

/** The counts of each repetition, in order; an answer outside any group counts alone. */
function countsIn(values: FormValues, names: readonly string[]): Record<string, number>[] {
  const groups = new Map<string, Record<string, number>>();
  for (const [key, value] of Object.entries(values)) {
    const name = key.slice(key.lastIndexOf('.') + 1);
    if (!names.includes(name) || typeof value !== 'number') continue;
    const prefix = key.slice(0, key.length - name.length);
    groups.set(prefix, { ...groups.get(prefix), [name]: value });
  }
  return [...groups.values()];
}
