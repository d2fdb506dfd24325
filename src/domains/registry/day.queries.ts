/** What the roster and the absences say about one day; for this room's own queries. */
import type { Ctx } from '#kernel/context';
import { addDays, type LocalDate } from '#kernel/time';

export type AbsenceOnDay = { officialId: string; coveredBy: string | null };

/** Who is on duty, by id. */
export async function dutyIdsOn(ctx: Ctx, day: LocalDate): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('registry_duty')
    .select('official_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '=', day)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.official_id);
}

/**
 * Who is away, and who covers. A cover who is no longer (or not yet) in office on that day covers nobody.
 */
export async function absencesOn(ctx: Ctx, day: LocalDate): Promise<AbsenceOnDay[]> {
  const rows = await ctx.db
    .selectFrom('registry_absence as absence')
    .leftJoin('registry_official as cover', (join) =>
      join
        .onRef('cover.commune_id', '=', 'absence.commune_id')
        .onRef('cover.id', '=', 'absence.covered_by')
        .on('cover.term_from', '<=', day)
        .on((eb) => eb.or([eb('cover.term_to', 'is', null), eb('cover.term_to', '>=', day)])),
    )
    .select(['absence.official_id', 'cover.id as covered_by'])
    .where('absence.commune_id', '=', ctx.commune.id)
    .where('absence.from_day', '<=', day)
    .where('absence.to_day', '>=', day)
    .execute();
  return rows.map((row) => ({ officialId: row.official_id, coveredBy: row.covered_by }));
}

/** The seven days of the week that holds a day, Monday first. */
export function weekOf(day: LocalDate, weekday: number): LocalDate[] {
  return [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(day, n - (weekday - 1)));
}
