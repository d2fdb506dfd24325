/** The office calendar of a commune: its days off, worked Saturdays and hours, ready for the engine. */
import type { Ctx } from '#kernel/context';
import {
  makeCalendar,
  type Calendar,
  type CalendarDay,
  type OfficeHours,
  type Week,
} from '#kernel/office-time';
import { allow } from '#kernel/rights';
import type { Mark } from '#kernel/source';
import { localDate } from '#kernel/time';
import { loadHolidays } from './calendar.ts';
import { keptCopy } from './version.ts';

/**
 * The calendar for all questions of office time in this commune: nothing but the rows of its special days
 * and office hours. Kept in memory until one of them changes. A commune that was not set up yet has the
 * national days and the usual hours.
 */
export async function officeCalendar(ctx: Ctx): Promise<Calendar> {
  allow(ctx, 'commune.calendar.see');
  return keptCopy(ctx, 'calendar', () => readCalendar(ctx));
}

async function readCalendar(ctx: Ctx): Promise<Calendar> {
  const days = await listSpecialDays(ctx);
  const hours = await listOfficeHours(ctx);
  const untouched = days.length === 0 && hours.length === 0;
  return makeCalendar({ days: untouched ? loadHolidays() : days, hours });
}

/** The commune's days off and worked days, oldest first; of one year where it is given. */
export async function listSpecialDays(ctx: Ctx, year?: number): Promise<CalendarDay[]> {
  allow(ctx, 'commune.calendar.see');
  let query = ctx.db.selectFrom('commune_special_day').selectAll().where('commune_id', '=', ctx.commune.id);
  if (year !== undefined)
    query = query.where('day', '>=', `${year}-01-01`).where('day', '<=', `${year}-12-31`);
  const rows = await query.orderBy('day').execute();
  return rows.map((row) => ({
    date: localDate(row.day),
    kind: row.kind as CalendarDay['kind'],
    name: { vi: row.name, en: row.name_en },
    source: row.source,
    mark: row.mark as Mark,
    verified: row.verified,
    decreedOn: row.decreed_on === null ? undefined : localDate(row.decreed_on),
    swapFor: row.swap_for === null ? undefined : localDate(row.swap_for),
  }));
}

/** The commune's settings of hours, oldest first. */
export async function listOfficeHours(ctx: Ctx): Promise<OfficeHours[]> {
  allow(ctx, 'commune.calendar.see');
  const rows = await ctx.db
    .selectFrom('commune_office_hours')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('valid_from')
    .execute();
  return rows.map((row) => ({
    from: localDate(row.valid_from),
    work: row.week as Week,
    desk: row.desk === null ? undefined : (row.desk as Week),
    source: row.source,
    verified: row.verified,
  }));
}
