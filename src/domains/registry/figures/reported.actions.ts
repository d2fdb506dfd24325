/** Numbers that others published for a day, beside what the register counted for it. */
import { z } from 'zod';
import { actorId, type Ctx, type PublishedFigure } from '#kernel/context';
import { newId } from '#kernel/ids';
import { checked, Day, Id, line, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { findHamlet } from '#domain/commune';
import { MEASURES } from './measures.ts';

const Reported = z.object({
  measure: z.enum(['registry.households', 'registry.residents']),
  hamletId: optional(Id).default(null),
  day: Day,
  value: z.coerce.number().int().min(0).max(10_000_000),
  /** Where it was published, and when. */
  source: line(300),
});
export type NewReportedFigure = z.input<typeof Reported>;

/** Writes down a number that another source gives, with its day. @throws AppError `input.invalid` */
export async function recordReportedFigure(ctx: Ctx, input: NewReportedFigure): Promise<void> {
  allow(ctx, 'registry.figures.report', { kind: 'figure' }, { ...input });
  const { measure, hamletId, day, value, source } = checked(Reported, input);
  if (hamletId !== null && !(await findHamlet(ctx, hamletId))) refuseField('hamletId', 'input.unknown');
  await ctx.db
    .insertInto('registry_reported_figure')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      measure,
      hamlet_id: hamletId,
      day,
      value: BigInt(value),
      source,
      recorded_at: ctx.now,
      recorded_by: actorId(ctx.actor),
    })
    .execute();
}

export type ReportedFigure = {
  id: string;
  measure: 'registry.households' | 'registry.residents';
  day: LocalDate;
  value: number;
  source: string;
  /** What the register says for the same day and place. */
  counted: number;
};

/** What was published of a hamlet (of the commune where none is named), each beside the register's own number. */
export async function reportedFigures(ctx: Ctx, hamletId: string | null): Promise<ReportedFigure[]> {
  allow(ctx, 'registry.figures.see');
  const rows = await ctx.db
    .selectFrom('registry_reported_figure')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('hamlet_id', hamletId === null ? 'is' : '=', hamletId)
    .orderBy('day')
    .orderBy('id')
    .execute();
  const scope = hamletId === null ? 'commune' : `hamlet:${hamletId}`;
  const found: ReportedFigure[] = [];
  for (const row of rows) {
    const measure = MEASURES.find(({ name }) => name === row.measure)!;
    const { numerator } = await measure.compute(ctx, { asOf: row.day, scope });
    found.push({
      id: row.id,
      measure: row.measure as ReportedFigure['measure'],
      day: localDate(row.day),
      value: Number(row.value),
      source: row.source,
      counted: numerator,
    });
  }
  return found;
}

/** The same for pages of other rooms: under the measures' titles. */
export async function publishedOfHamlet(ctx: Ctx, hamletId: string): Promise<PublishedFigure[]> {
  const found = await reportedFigures(ctx, hamletId);
  return found.map(({ measure, day, value, source, counted }) => {
    const { title } = MEASURES.find(({ name }) => name === measure)!;
    return { title: (locale) => title[locale], day, value, source, counted };
  });
}
