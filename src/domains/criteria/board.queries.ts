/** Boards of a day: live values asked of the measures, typed ones, signatures; as known now. */
import type { Ctx } from '#kernel/context';
import type { Computed } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { endOfDay, type LocalDate } from '#kernel/time';
import { indicatorsOn, makeBoard, type Board, type BoardLine, type Signed, type Value } from './board.ts';
import { readFiles } from './evidence/evidence.ts';
import { evaluate, measuresOf, parseFormula, unitOfFormula, type Formula } from './formula.ts';
import { gapOf, judge, standing, type Judged, type Stage, type Verdict } from './judge.ts';
import { setOn } from './set.queries.ts';
import { thresholdFor, type Indicator } from './set.ts';

/** `only` reads one indicator, where nobody looks at what stands over it. */
export type BoardQuestion = { code: string; asOf: LocalDate; hamletId?: string | null; only?: string };

/** The board of a set on a day, of the commune or of one hamlet; undefined where no version is in force. */
export async function findBoard(ctx: Ctx, question: BoardQuestion): Promise<Board | undefined> {
  allow(ctx, 'criteria.board.see');
  return readBoard(ctx, question);
}

/** Without a right of its own: for the room's verbs and measures, which have asked already. */
export async function readBoard(
  ctx: Ctx,
  { code, asOf, hamletId = null, only }: BoardQuestion,
): Promise<Board | undefined> {
  const found = await setOn(ctx, code, asOf);
  if (!found) return undefined;
  const asked = { code, asOf, hamletId };
  const [typed, signed] = [await typedValues(ctx, asked), await signatures(ctx, asked)];
  const files = await readFiles(ctx, asked);
  const said = new Map<string, Computed>();
  const lines = new Map<string, BoardLine>();
  const asks = indicatorsOn(found.set, asOf).filter((one) => only === undefined || one.code === only);
  for (const indicator of asks) {
    const value = await valueOf(ctx, { indicator, asked, said, typed: typed.get(indicator.code) ?? null });
    const threshold = thresholdFor(indicator, found.group);
    const judged = judge(value.value, indicator.operator, threshold);
    const own = signed.get(indicator.code) ?? [];
    lines.set(indicator.code, {
      indicator,
      threshold,
      value,
      judged,
      gap: gapOf(value.value, indicator.operator, threshold, value.parts),
      signatures: own,
      files: files.filter((file) => file.indicator === indicator.code),
      ...standing(judged, own),
    });
  }
  return makeBoard({ set: found.set, version: found.version, asOf, hamletId }, lines);
}

type Asked = { code: string; asOf: LocalDate; hamletId: string | null };
type Typed = { value: number; onDay: string; evidence: string };

/** The live value; the typed one where there is no formula, or where the records say nothing of that day yet. */
async function valueOf(
  ctx: Ctx,
  {
    indicator,
    asked,
    said,
    typed,
  }: { indicator: Indicator; asked: Asked; said: Map<string, Computed>; typed: Typed | null },
): Promise<Value> {
  const formula = indicator.formula === null ? null : parseFormula(indicator.formula);
  const measures = formula ? measuresOf(formula) : [];
  const known = ctx.wiring.measures.filter(({ name }) => measures.includes(name));
  const common = {
    measures,
    staff: known.some(({ audience }) => audience === 'staff'),
    typed: null,
    parts: null,
  };
  if (formula && known.length === measures.length) {
    for (const name of measures) if (!said.has(name)) said.set(name, await ask(ctx, name, asked));
    const value = evaluate(formula, (name) => said.get(name)!);
    const unit = unitOfFormula(formula, (name) => known.find((one) => one.name === name)?.unit);
    if (value !== null) {
      const scaled = unit === 'share' ? value * 100 : value;
      return {
        ...common,
        value: scaled,
        from: 'live',
        parts: unit === 'share' ? partsOf(formula, said) : null,
      };
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
async function ask(ctx: Ctx, name: string, { asOf, hamletId }: Asked): Promise<Computed> {
  const measure = ctx.wiring.measures.find((one) => one.name === name)!;
  const program: Ctx = { ...ctx, actor: { kind: 'system', name: 'criteria' }, trail: [] };
  return measure.compute(program, { asOf, scope: hamletId === null ? 'commune' : `hamlet:${hamletId}` });
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

/** The latest typed value of each indicator up to the day; of one day the one entered last. */
async function typedValues(ctx: Ctx, { code, asOf, hamletId }: Asked): Promise<Map<string, Typed>> {
  const rows = await ctx.db
    .selectFrom('criteria_value')
    .select(['indicator', 'value', 'on_day', 'evidence'])
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', code)
    .where('hamlet_id', hamletId === null ? 'is' : '=', hamletId)
    .where('on_day', '<=', asOf)
    .orderBy('on_day')
    .orderBy('entered_at')
    .orderBy('id')
    .execute();
  return new Map(
    rows.map((row) => [row.indicator, { value: row.value, onDay: row.on_day, evidence: row.evidence }]),
  );
}

/** The signatures of each indicator up to the end of the day, the oldest first. */
async function signatures(ctx: Ctx, { code, asOf, hamletId }: Asked): Promise<Map<string, Signed[]>> {
  const rows = await ctx.db
    .selectFrom('criteria_signature')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', code)
    .where('hamlet_id', hamletId === null ? 'is' : '=', hamletId)
    .where('signed_at', '<=', endOfDay(asOf))
    .orderBy('signed_at')
    .orderBy('id')
    .execute();
  const found = new Map<string, Signed[]>();
  for (const row of rows) {
    const signed: Signed = {
      id: row.id,
      stage: row.stage as Stage,
      verdict: row.verdict as Verdict,
      judged: row.judged as Judged,
      reason: row.reason,
      signerName: row.signer_name,
      at: row.signed_at,
    };
    found.set(row.indicator, [...(found.get(row.indicator) ?? []), signed]);
  }
  return found;
}
