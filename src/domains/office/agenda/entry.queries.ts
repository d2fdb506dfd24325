/** The calendar of a week, and one entry. */
import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { OfficeEntry } from '#kernel/schema';
import { addDays, localDate, weekday, type LocalDate } from '#kernel/time';
import type { Entry } from './entry.ts';

/** The Monday of the week that holds a day. */
export function mondayOf(day: LocalDate): LocalDate {
  return addDays(day, 1 - weekday(day));
}

/** The entries of the seven days from a Monday, in the order of the clock; cancelled ones among them. */
export async function entriesOfWeek(ctx: Ctx, monday: LocalDate): Promise<Entry[]> {
  allow(ctx, 'office.entry.list');
  return entriesBetween(ctx, monday, addDays(monday, 6));
}

/** One entry. @throws AppError `office.entry.not_found` (404) */
export async function getEntry(ctx: Ctx, id: string): Promise<Entry> {
  allow(ctx, 'office.entry.list');
  const row = isId(id)
    ? await ctx.db
        .selectFrom('office_entry')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return entryOf(mustExist(row, 'office.entry'));
}

/** Without a right of its own: for the room's verbs, which have asked. Both days included. */
export async function entriesBetween(ctx: Ctx, first: LocalDate, last: LocalDate): Promise<Entry[]> {
  const rows = await ctx.db
    .selectFrom('office_entry')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .orderBy('day')
    .orderBy('from_minute')
    .orderBy('id')
    .execute();
  return rows.map(entryOf);
}

function entryOf(row: Selectable<OfficeEntry>): Entry {
  return {
    id: row.id,
    day: localDate(row.day),
    from: row.from_minute,
    to: row.to_minute,
    title: row.title,
    place: row.place,
    chairId: row.chair_id,
    officials: row.officials,
    others: row.others,
    preparation: row.preparation,
    public: row.public,
    cancelledAt: row.cancelled_at,
    sequence: row.sequence,
    changedAt: row.changed_at,
  };
}
