/** The part of the Committee's calendar that everybody may read: day, time, subject, place and chair. */
import { officialDirectory } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { entriesBetween } from './entry.queries.ts';
import type { Entry } from './entry.ts';

/** What a subscriber gets: a month back, half a year ahead. */
const DAYS_BACK = 31;
const DAYS_AHEAD = 183;

/** The public entries of the seven days from a Monday. */
export async function publicWeek(ctx: Ctx, monday: LocalDate) {
  allow(ctx, 'office.entry.see_public');
  return publicBetween(ctx, monday, addDays(monday, 6));
}

/** The public entries around today, for phones that subscribe; cancelled ones among them. */
export async function publicFeed(ctx: Ctx) {
  allow(ctx, 'office.entry.see_public');
  const today = localDateOf(ctx.now);
  return publicBetween(ctx, addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
}

async function publicBetween(ctx: Ctx, first: LocalDate, last: LocalDate) {
  const found = (await entriesBetween(ctx, first, last)).filter((entry) => entry.public);
  const entries: Entry[] = found.map((entry) => ({
    ...entry,
    officials: [],
    others: null,
    preparation: null,
  }));
  // Names of the public directory only.
  const names = new Map((await officialDirectory(ctx)).map(({ id, fullName }) => [id, fullName]));
  return { entries, names };
}
