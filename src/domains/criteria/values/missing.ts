/** What is missing to an indicator: where, how many, and which records to work on. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { Measure, MeasurePart, MeasureRecord } from '#kernel/measures';
import type { BoardLine } from '../board.ts';
import { measuresOf, parseFormula, type Formula } from '../formula.ts';
import { gapOf } from '../judge.ts';
import { valueOf, type Asked } from './live.ts';

export type Missing = {
  /** Hamlets that fall short, the furthest first: so many records of so many. */
  hamlets: { id: string; name: string; records: number; of: number }[];
  /** The records that do not count yet (or, where less is wanted, that do); null where no list says it. */
  records: { total: number; shown: MeasureRecord[] } | null;
};

const SHOWN = 50;
const PAGE = 500;
/** Longer lists are worked on hamlet by hamlet. */
const LONGEST = 10_000;

/** Without a right of its own: records come as the reader may see them. Null where nothing is missing. */
export async function missingOf(ctx: Ctx, line: BoardLine, asked: Asked): Promise<Missing | null> {
  if (line.judged !== 'not_reached' || line.value.from !== 'live' || line.indicator.formula === null)
    return null;
  const formula = parseFormula(line.indicator.formula);
  const measures = ctx.wiring.measures.filter(({ name }) => measuresOf(formula).includes(name));
  const everywhere = asked.hamletId === null && measures.every(({ scopes }) => scopes.includes('hamlet'));
  return {
    hamlets: everywhere ? await shortHamlets(ctx, line, asked) : [],
    records: await recordsToWorkOn(ctx, { formula, measures, line }, asked),
  };
}

async function shortHamlets(ctx: Ctx, line: BoardLine, asked: Asked): Promise<Missing['hamlets']> {
  const { indicator, threshold } = line;
  const found = [];
  for (const { id, name } of await listHamlets(ctx, { on: asked.asOf })) {
    const at = { ...asked, hamletId: id };
    const { value, parts } = await valueOf(ctx, indicator, at, { said: new Map(), typed: null });
    const gap = gapOf(value, indicator.operator, threshold, parts);
    if (gap?.records) found.push({ id, name, records: gap.records, of: gap.of! });
  }
  return found.sort((a, b) => b.records - a.records);
}

type Sought = { formula: Formula; measures: readonly Measure[]; line: BoardLine };
type Side = { measure: Measure; part: MeasurePart };

/** The whole without the part, by the ids of the records; only where the part is really of the whole. */
async function recordsToWorkOn(ctx: Ctx, sought: Sought, { asOf }: Asked): Promise<Missing['records']> {
  const sides = sidesOf(sought);
  if (!sides) return null;
  const part = await idsAndRecords(ctx, sides.part, asOf);
  if (!part) return null;
  if (sought.line.indicator.operator === '<=') return cut(part);
  const whole = sides.whole && (await idsAndRecords(ctx, sides.whole, asOf));
  if (!whole) return null;
  const ids = new Set(whole.map(({ id }) => id));
  if (part.some(({ id }) => !ids.has(id))) return null;
  const counted = new Set(part.map(({ id }) => id));
  return cut(whole.filter(({ id }) => !counted.has(id)));
}

/** Part and whole of a share of one measure, or of a quotient of two. */
function sidesOf({ formula, measures }: Sought): { part: Side; whole: Side } | null {
  const named = (one: Formula, part: MeasurePart): Side | null => {
    const measure = one.kind === 'measure' && measures.find(({ name }) => name === one.name);
    return measure ? { measure, part } : null;
  };
  const quotient = formula.kind === 'operation' && formula.operator === '/';
  if (formula.kind === 'measure' && named(formula, 'numerator')?.measure.unit !== 'share') return null;
  const part = quotient ? named(formula.left, 'numerator') : named(formula, 'numerator');
  const whole = quotient ? named(formula.right, 'numerator') : named(formula, 'denominator');
  return part && whole ? { part, whole } : null;
}

async function idsAndRecords(
  ctx: Ctx,
  { measure, part }: Side,
  asOf: string,
): Promise<MeasureRecord[] | null> {
  const records: MeasureRecord[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const found = await measure.list(ctx, { asOf, scope: 'commune' }, part, { offset, limit: PAGE });
    if (found.total > LONGEST) return null;
    records.push(...found.records);
    if (found.records.length < PAGE) return records;
  }
}

function cut(records: MeasureRecord[]): Missing['records'] {
  return { total: records.length, shown: records.slice(0, SHOWN) };
}
