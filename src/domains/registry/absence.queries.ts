import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { coveredFor, coverFor } from './cover.ts';
import { absencesOn } from './day.queries.ts';
import { findOfficial } from './official.queries.ts';
import type { Official } from './official.ts';

export type Absence = {
  id: string;
  officialId: string;
  from: LocalDate;
  to: LocalDate;
  coveredBy: string | null;
  /** Only for those who may edit absences: it may speak of health. */
  reason: string | null;
};

/** Whether an official is away on a day, and who works the desk then (past covers who are themselves away). */
export async function coverOf(
  ctx: Ctx,
  officialId: string,
  day: LocalDate,
): Promise<{ absent: boolean; cover: Official | null }> {
  allow(ctx, 'registry.absence.see');
  const { absent, cover } = coverFor(await absencesOn(ctx, day), officialId);
  return { absent, cover: cover === null ? null : ((await findOfficial(ctx, cover)) ?? null) };
}

/** The ids of those whose desk an official works on a day because they are away. */
export async function coveredBy(ctx: Ctx, officialId: string, day: LocalDate): Promise<string[]> {
  allow(ctx, 'registry.absence.see');
  return coveredFor(await absencesOn(ctx, day), officialId);
}

/** Absences that touch a stretch of days, soonest first. */
export async function listAbsences(ctx: Ctx, from: LocalDate, to: LocalDate): Promise<Absence[]> {
  allow(ctx, 'registry.absence.list');
  return readAbsences(ctx, from, to);
}

/** Without a right of its own: for the room's verbs, which have asked already. */
export async function readAbsences(ctx: Ctx, from: LocalDate, to: LocalDate): Promise<Absence[]> {
  const rows = await ctx.db
    .selectFrom('registry_absence')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('from_day', '<=', to)
    .where('to_day', '>=', from)
    .orderBy('from_day')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    officialId: row.official_id,
    from: localDate(row.from_day),
    to: localDate(row.to_day),
    coveredBy: row.covered_by,
    reason: row.reason,
  }));
}
