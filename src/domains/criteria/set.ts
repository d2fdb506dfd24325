/** A criteria set as one file: themes, objectives, indicators. Data with its source; see catalog/. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { Day } from '#kernel/input';
import type { Measure } from '#kernel/measures';
import { FormulaError, parseFormula, unitOfFormula, type Unit } from './formula.ts';
import { OPERATORS } from './judge.ts';

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

const IndicatorInput = z.strictObject({
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
});

const ObjectiveInput = z.strictObject({
  code: Code,
  text: Bilingual,
  rule: RuleInput.default({ kind: 'all' }),
  indicators: z.array(IndicatorInput).min(1, 'criteria.set.empty'),
});
const ThemeInput = z.strictObject({
  code: Code,
  text: Bilingual,
  rule: RuleInput.default({ kind: 'all' }),
  objectives: z.array(ObjectiveInput).min(1, 'criteria.set.empty'),
});

export const SetInput = z
  .strictObject({
    code: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'criteria.set.bad_code')
      .max(40, 'input.too_big'),
    title: Bilingual,
    level: z.enum(LEVELS),
    source: z.string().min(1),
    verified: z.boolean().default(false),
    rule: RuleInput.default({ kind: 'all' }),
    themes: z.array(ThemeInput).min(1, 'criteria.set.empty'),
  })
  .superRefine((set, context) => {
    const seen = new Set<string>();
    for (const { code, path } of codesOf(set)) {
      if (seen.has(code)) context.addIssue({ code: 'custom', message: 'criteria.set.code_twice', path });
      seen.add(code);
    }
  });

export type SetFile = z.output<typeof SetInput>;
export type SetFileInput = z.input<typeof SetInput>;
export type Theme = SetFile['themes'][number];
export type Objective = Theme['objectives'][number];
export type Indicator = Objective['indicators'][number];

function codesOf(set: { themes: readonly Theme[] }): { code: string; path: (string | number)[] }[] {
  return set.themes.flatMap((theme, t) => [
    { code: theme.code, path: ['themes', t, 'code'] },
    ...theme.objectives.flatMap((objective, o) => [
      { code: objective.code, path: ['themes', t, 'objectives', o, 'code'] },
      ...objective.indicators.map((indicator, i) => ({
        code: indicator.code,
        path: ['themes', t, 'objectives', o, 'indicators', i, 'code'],
      })),
    ]),
  ]);
}

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

/**
 * What is wrong with the formulas of a set: indicator → error code. Units must be those of the indicator's kind; a
 * set of hamlets asks only measures that know hamlets.
 */
export function formulaFaults(set: SetFile, measures: Ctx['wiring']['measures']): Record<string, string> {
  const known = new Map(measures.filter((one) => knows(one, set.level)).map((one) => [one.name, one.unit]));
  const faults: Record<string, string> = {};
  for (const { code, kind, formula } of indicatorsOf(set)) {
    if (formula === null) continue;
    try {
      const unit = unitOfFormula(parseFormula(formula), (name) => known.get(name));
      if (!UNITS_OF[kind].includes(unit)) faults[code] = 'criteria.formula.units';
    } catch (thrown) {
      if (!(thrown instanceof FormulaError)) throw thrown;
      faults[code] = thrown.code;
    }
  }
  return faults;
}

function knows({ name, scopes }: Measure, level: SetFile['level']): boolean {
  return !name.startsWith('criteria.') && scopes.includes(level);
}
