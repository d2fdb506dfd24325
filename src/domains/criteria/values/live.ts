/** The value of an indicator on a day: what its formula says of the records, or what was typed. */
import type { Ctx } from '#kernel/context';
import type { Computed } from '#kernel/measures';
import type { LocalDate } from '#kernel/time';
import type { Value } from '../board.ts';
import { evaluate, measuresOf, parseFormula, unitOfFormula, type Formula } from '../formula.ts';
import type { Indicator } from '../set.ts';

/** Of which day, of the commune or of one hamlet. */
export type Asked = { asOf: LocalDate; hamletId: string | null };
export type Typed = { value: number; onDay: string; evidence: string };

/** The scope by which measures know the commune or a hamlet. */
export function scopeOf({ hamletId }: Pick<Asked, 'hamletId'>): string {
  return hamletId === null ? 'commune' : `hamlet:${hamletId}`;
}

/**
 * The live value; the typed one where there is no formula, or where the records say nothing of that day yet.
 * @param said what measures have said already of the same day and place; filled here
 */
export async function valueOf(
  ctx: Ctx,
  indicator: Pick<Indicator, 'formula'>,
  asked: Asked,
  { said, typed }: { said: Map<string, Computed>; typed: Typed | null },
): Promise<Value> {
  const formula = indicator.formula === null ? null : parseFormula(indicator.formula);
  const measures = formula ? measuresOf(formula) : [];
  const known = ctx.wiring.measures.filter(({ name }) => measures.includes(name));
  const staff = known.some(({ audience }) => audience === 'staff');
  const common = { measures, staff, typed: null, parts: null };
  if (formula && known.length === measures.length) {
    for (const name of measures) if (!said.has(name)) said.set(name, await ask(ctx, name, asked));
    const value = evaluate(formula, (name) => said.get(name)!);
    const unit = unitOfFormula(formula, (name) => known.find((one) => one.name === name)?.unit);
    if (value !== null) {
      const share = unit === 'share';
      const parts = share ? partsOf(formula, said) : null;
      return { ...common, value: share ? value * 100 : value, from: 'live', parts };
    }
  }
  if (!typed) return { ...common, value: null, from: 'none' };
  const { value, ...evidence } = typed;
  return { ...common, value, from: 'typed', staff: false, typed: evidence };
}

/**
 * Asks a measure as the program: the number counts for everybody's board; whether a reader may see it, and its
 * records, is asked where it is shown.
 */
async function ask(ctx: Ctx, name: string, asked: Asked): Promise<Computed> {
  const measure = ctx.wiring.measures.find((one) => one.name === name)!;
  const program: Ctx = { ...ctx, actor: { kind: 'system', name: 'criteria' }, trail: [] };
  return measure.compute(program, { asOf: asked.asOf, scope: scopeOf(asked) });
}

/** Numerator and denominator of a share of records; null for shares of length or area. */
function partsOf(formula: Formula, said: ReadonlyMap<string, Computed>): Value['parts'] {
  if (formula.kind === 'measure' && formula.part === 'value') {
    const { numerator, denominator, measured } = said.get(formula.name)!;
    return denominator === null || measured ? null : { numerator, denominator };
  }
  if (formula.kind !== 'operation' || formula.operator !== '/') return null;
  const numerator = evaluate(formula.left, (name) => said.get(name)!);
  const denominator = evaluate(formula.right, (name) => said.get(name)!);
  return Number.isInteger(numerator) && Number.isInteger(denominator)
    ? { numerator: numerator!, denominator: denominator! }
    : null;
}
