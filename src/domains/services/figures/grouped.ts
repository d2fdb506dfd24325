/** Tables of figures: one grouped query counts a measure for every part of the commune at once. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { MeasurePart, MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import type { DossierMeasure } from './dossier-measures.ts';
import { keyOf, NONE, type DossierQuery } from './dossier-parts.ts';

/** Both numbers of a measure in one group; `denominator` is null for a count. */
export type Counted = { numerator: number; denominator: number | null };

/** What a table may have a row for. */
export const GROUPS = ['procedure', 'hamlet', 'officer', 'channel'] as const;
export type Group = (typeof GROUPS)[number];

/**
 * A measure by group: each entry is what the measure gives for the scope `<group>:<key>`.
 * @param question its scope is `commune`: a table goes through the whole commune
 */
export async function countedBy(
  ctx: Ctx,
  measure: DossierMeasure,
  question: MeasureQuestion,
  group: Group,
): Promise<Map<string, Counted>> {
  allow(ctx, 'services.figures.see');
  if (group === 'officer') allow(ctx, 'services.figures.see_work');
  if (question.scope !== 'commune') refuse('measures.unknown_scope');
  return counted(ctx, measure, question, keyOf(group, question)!);
}

/**
 * A measure by month (`YYYY-MM`) of its event: what the measure gives from the month's first to its last day.
 * @param event of what the period cuts: reception, or the end
 */
export async function countedByMonth(
  ctx: Ctx,
  measure: DossierMeasure,
  question: MeasureQuestion,
  event: 'received' | 'finished',
): Promise<Map<string, Counted>> {
  allow(ctx, 'services.figures.see');
  const at = sql.ref(`d.${event}_at`);
  const month = sql<string>`to_char(${at} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM')`;
  return counted(ctx, measure, question, month);
}

async function counted(
  ctx: Ctx,
  measure: DossierMeasure,
  question: MeasureQuestion,
  key: RawBuilder<string | null>,
): Promise<Map<string, Counted>> {
  const numerators = await groups(ctx, measure, question, 'numerator', key);
  if (measure.unit !== 'share') {
    return new Map([...numerators].map(([name, numerator]) => [name, { numerator, denominator: null }]));
  }
  const denominators = await groups(ctx, measure, question, 'denominator', key);
  return new Map(
    [...denominators].map(([name, denominator]) => [
      name,
      { numerator: numerators.get(name) ?? 0, denominator },
    ]),
  );
}

async function groups(
  ctx: Ctx,
  measure: DossierMeasure,
  question: MeasureQuestion,
  part: MeasurePart,
  key: RawBuilder<string | null>,
): Promise<Map<string, number>> {
  const query: DossierQuery = await measure.parts[part](ctx, question);
  const rows = await ctx.db
    .selectFrom(query.select(key.as('key')).as('found'))
    .select(['key', (q) => q.fn.countAll<bigint>().as('total')])
    .groupBy('key')
    .execute();
  return new Map(rows.map((row) => [row.key ?? NONE, Number(row.total)]));
}
