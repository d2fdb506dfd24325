/** A criteria set as one file: themes, objectives, indicators. Data with its source; see catalog/. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { Day } from '#kernel/input';
import type { Measure } from '#kernel/measures';
import { FormulaError, parseFormula, unitOfFormula, type Unit } from './formula.ts';
import { OPERATORS } from './judge.ts';
import { shapeFaults } from './shape.ts';

export const KINDS = ['bool', 'share', 'count', 'document'] as const;
export const LEVELS = ['commune', 'hamlet'] as const;

const Code = z
  .string()
  .regex(/^[A-Z0-9]+(\.[A-Z0-9]+)*$/, 'criteria.set.bad_code')
  .max(20, 'input.too_big');
const Threshold = z.number('criteria.set.bad_threshold').min(0, 'criteria.set.bad_threshold');
const Share = z.number().min(0).max(100);

const RuleInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('share'), atLeast: Share }),
  z.strictObject({
    kind: z.literal('points'),
    atLeast: z.number().positive(),
    weights: z.record(z.string(), z.number().nonnegative()),
  }),
]);

/** One indicator; also alone, where a spreadsheet is read line by line. */
export const IndicatorInput = z
  .strictObject({
    code: Code,
    text: Bilingual,
    kind: z.enum(KINDS),
    /** What is counted: "hộ", "ha", "đồng"; shares are in percent. */
    unit: Bilingual.nullable().default(null),
    operator: z.enum(OPERATORS).default('>='),
    /** One for all communes, or one for each group. */
    threshold: z.union([Threshold, z.strictObject({ '1': Threshold, '2': Threshold, '3': Threshold })]),
    /** Over measures; a typed value with evidence where there is none, and on days of which the measures say nothing. */
    formula: z.string().nullable().default(null),
    evidence: Bilingual,
    /** Where the line comes from; not the official wording unless `verified`. */
    source: z.string().min(1),
    verified: z.boolean().default(false),
    validFrom: Day.nullable().default(null),
    validTo: Day.nullable().default(null),
    /** The part of the commune that answers for it, until an official is named. */
    owner: z.string().nullable().default(null),
  })
  .superRefine((one, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    const asked = typeof one.threshold === 'number' ? [one.threshold] : Object.values(one.threshold);
    if (one.kind === 'share' && asked.some((value) => value > 100))
      wrong('threshold', 'criteria.set.share_over');
    if ((one.kind === 'bool' || one.kind === 'document') && asked.some((value) => value !== 1))
      wrong('threshold', 'criteria.set.not_yes');
    if (one.kind === 'count' && one.unit === null) wrong('unit', 'criteria.set.no_unit');
    if (one.validFrom && one.validTo && one.validTo < one.validFrom)
      wrong('validTo', 'criteria.set.days_reversed');
  });

/** A theme or objective without what lies under it. */
export const HeadingInput = z.strictObject({
  code: Code,
  text: Bilingual,
  rule: RuleInput.default({ kind: 'all' }),
});
const ObjectiveInput = HeadingInput.extend({ indicators: z.array(IndicatorInput) });
const ThemeInput = HeadingInput.extend({ objectives: z.array(ObjectiveInput) });

/** A set without its lines. */
export const HeadInput = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'criteria.set.bad_code')
    .max(40, 'input.too_big'),
  title: Bilingual,
  level: z.enum(LEVELS),
  source: z.string().min(1),
  verified: z.boolean().default(false),
  rule: RuleInput.default({ kind: 'all' }),
});

/** A set that is being written: every line is whole, some may be missing. */
export const SetDraft = HeadInput.extend({ themes: z.array(ThemeInput) });

/** A set that may be published. */
export const SetInput = SetDraft.superRefine((set, context) => {
  for (const { path, code } of shapeFaults(set)) context.addIssue({ code: 'custom', message: code, path });
});

export type SetFile = z.output<typeof SetInput>;
export type SetFileInput = z.input<typeof SetInput>;
export type Theme = SetFile['themes'][number];
export type Objective = Theme['objectives'][number];
export type Indicator = Objective['indicators'][number];

/** The indicators of a set in order. */
export function indicatorsOf(set: Pick<SetFile, 'themes'>): Indicator[] {
  return set.themes.flatMap(({ objectives }) => objectives.flatMap(({ indicators }) => indicators));
}

/** The threshold for a commune of a group. */
export function thresholdFor({ threshold }: Pick<Indicator, 'threshold'>, group: number): number {
  return typeof threshold === 'number' ? threshold : threshold[String(group) as '1' | '2' | '3'];
}

const UNITS_OF: Record<Indicator['kind'], readonly Unit[]> = {
  share: ['share'],
  count: ['count', 'number', 'days', 'points', 'money', 'hectares'],
  bool: [],
  document: [],
};

type Measures = Ctx['wiring']['measures'];

/** The units of the measures that a set of this level may ask: one of hamlets asks only those that know hamlets. */
export function unitsFor(measures: Measures, level: SetFile['level']): ReadonlyMap<string, Measure['unit']> {
  const known = measures.filter(
    ({ name, scopes }) => !name.startsWith('criteria.') && scopes.includes(level),
  );
  return new Map(known.map((one) => [one.name, one.unit]));
}

/** The error code of a formula that cannot be read, asks what nobody knows or says another unit than its kind; else null. */
export function formulaFault(
  { kind, formula }: Pick<Indicator, 'kind' | 'formula'>,
  units: ReadonlyMap<string, Measure['unit']>,
): string | null {
  if (formula === null) return null;
  try {
    const unit = unitOfFormula(parseFormula(formula), (name) => units.get(name));
    return UNITS_OF[kind].includes(unit) ? null : 'criteria.formula.units';
  } catch (thrown) {
    if (!(thrown instanceof FormulaError)) throw thrown;
    return thrown.code;
  }
}

/** What is wrong with the formulas of a set: indicator → error code. */
export function formulaFaults(set: SetFile, measures: Measures): Record<string, string> {
  const units = unitsFor(measures, set.level);
  const faults = indicatorsOf(set).map((one) => [one.code, formulaFault(one, units)] as const);
  return Object.fromEntries(faults.filter((one): one is [string, string] => one[1] !== null));
}
