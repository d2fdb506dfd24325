import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, weekday, type LocalDate } from '#kernel/time';
import { weekOf } from './day.queries.ts';
import { officialDirectory, readOfficials, type DirectoryEntry } from './official.queries.ts';
import type { Official } from './official.ts';

/** Who is on duty on a day (today unless told), as everybody may know it. */
export async function onDuty(ctx: Ctx, day: LocalDate = localDateOf(ctx.now)): Promise<DirectoryEntry[]> {
  allow(ctx, 'registry.official.see');
  return (await officialDirectory(ctx, { on: day })).filter((one) => one.onDuty);
}

export type DutyDay = { day: LocalDate; duties: { id: string; official: Official; note: string | null }[] };

/** The roster of the week that holds a day, Monday first, for staff. */
export async function dutyWeek(ctx: Ctx, day: LocalDate): Promise<DutyDay[]> {
  allow(ctx, 'registry.duty.see');
  const week = weekOf(day, weekday(day));
  const officials = new Map((await readOfficials(ctx)).map((one) => [one.id, one]));
  const rows = await ctx.db
    .selectFrom('registry_duty')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '>=', week[0]!)
    .where('day', '<=', week[6]!)
    .orderBy('id')
    .execute();
  const byDay = Map.groupBy(rows, (row) => localDate(row.day));
  return week.map((date) => ({
    day: date,
    duties: (byDay.get(date) ?? []).map((row) => ({
      id: row.id,
      official: officials.get(row.official_id)!,
      note: row.note,
    })),
  }));
}
