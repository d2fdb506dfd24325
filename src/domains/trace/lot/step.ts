/** The steps of making tea: what goes in, what comes out, what has to be written down. Pure. */
import { z } from 'zod';
import type { LotKind } from './lot.ts';

export const STEP_KINDS = [
  'receive',
  'wither',
  'fix',
  'roll',
  'dry',
  'aroma',
  'sort',
  'blend',
  'split',
  'pack',
  'rework',
  'ship',
  'discard',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** What was measured in a step. */
export const EVIDENCE = ['temperatureC', 'minutes', 'moistureTenths'] as const;
export type EvidenceName = (typeof EVIDENCE)[number];

/** `same`: as what went in. `none`: it leaves the house. */
type Rule = {
  from: readonly LotKind[];
  to: LotKind | 'same' | 'none';
  inputs: 'one' | 'several' | 'any';
  outputs: 'none' | 'one' | 'several' | 'any';
  /** Without these it is not recorded. */
  evidence: readonly EvidenceName[];
};

const TEA: readonly LotKind[] = ['leaf', 'process', 'dry', 'pack'];

/**
 * Order and kinds as tea is made here (facts 03 §3.4): wither, fix (diệt men), roll (vò), dry (sao, sấy), aroma (lấy
 * hương), sort, pack. `receive` is made by a ticket alone.
 */
export const STEP_RULES: Readonly<Record<Exclude<StepKind, 'receive'>, Rule>> = {
  wither: { from: ['leaf'], to: 'process', inputs: 'any', outputs: 'one', evidence: ['minutes'] },
  fix: {
    from: ['leaf', 'process'],
    to: 'process',
    inputs: 'any',
    outputs: 'one',
    evidence: ['temperatureC', 'minutes'],
  },
  roll: { from: ['process'], to: 'process', inputs: 'any', outputs: 'one', evidence: ['minutes'] },
  dry: {
    from: ['process'],
    to: 'dry',
    inputs: 'any',
    outputs: 'one',
    evidence: ['temperatureC', 'minutes', 'moistureTenths'],
  },
  aroma: { from: ['dry'], to: 'dry', inputs: 'any', outputs: 'one', evidence: ['temperatureC', 'minutes'] },
  sort: { from: ['dry'], to: 'dry', inputs: 'any', outputs: 'any', evidence: [] },
  blend: { from: TEA, to: 'same', inputs: 'several', outputs: 'one', evidence: [] },
  split: { from: TEA, to: 'same', inputs: 'one', outputs: 'several', evidence: [] },
  pack: { from: ['dry'], to: 'pack', inputs: 'any', outputs: 'one', evidence: ['moistureTenths'] },
  rework: { from: ['dry', 'pack'], to: 'dry', inputs: 'any', outputs: 'one', evidence: [] },
  ship: { from: ['dry', 'pack'], to: 'none', inputs: 'any', outputs: 'none', evidence: [] },
  discard: { from: TEA, to: 'none', inputs: 'any', outputs: 'none', evidence: [] },
};

/** In degrees, minutes and tenths of a per cent; ranges only keep slips of the pen out. */
export const Evidence = z.strictObject({
  temperatureC: z.int().min(20).max(400).optional(),
  minutes: z.int().min(1).max(2880).optional(),
  moistureTenths: z.int().min(0).max(900).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A step as it is about to be recorded, its lots by kind and grams. */
export type Draft = {
  kind: Exclude<StepKind, 'receive'>;
  inputs: readonly { kind: LotKind; g: bigint }[];
  outputs: readonly bigint[];
  evidence: Evidence;
};

/** Why a step cannot be, as codes; nothing where it can. */
export function faultsOf({ kind, inputs, outputs, evidence }: Draft): string[] {
  const rule = STEP_RULES[kind];
  const faults: string[] = [];
  if (inputs.some((input) => !rule.from.includes(input.kind))) faults.push('wrong_kind');
  if (rule.to === 'same' && new Set(inputs.map((input) => input.kind)).size > 1) faults.push('mixed_kinds');
  if (!countFits(rule.inputs, inputs.length)) faults.push('inputs');
  if (!countFits(rule.outputs, outputs.length)) faults.push('outputs');
  if (inputs.some(({ g }) => g <= 0n) || outputs.some((g) => g <= 0n)) faults.push('no_weight');
  if (sum(outputs) > sum(inputs.map(({ g }) => g))) faults.push('mass_appears');
  if (rule.evidence.some((name) => evidence[name] === undefined)) faults.push('evidence');
  return faults;
}

/** The kind of what comes out; null where nothing does. */
export function outputKind(kind: Draft['kind'], inputs: readonly { kind: LotKind }[]): LotKind | null {
  const { to } = STEP_RULES[kind];
  if (to === 'none') return null;
  return to === 'same' ? (inputs[0]?.kind ?? null) : to;
}

function countFits(asked: Rule['inputs'] | Rule['outputs'], count: number): boolean {
  if (asked === 'none') return count === 0;
  if (asked === 'one') return count === 1;
  return asked === 'several' ? count >= 2 : count >= 1;
}

function sum(grams: readonly bigint[]): bigint {
  return grams.reduce((all, g) => all + g, 0n);
}
