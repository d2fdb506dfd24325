/** Secret addresses under which phones subscribe to the calendar. Only the hash of a token is kept. */
import { createHash } from 'node:crypto';
import { actorId, type Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { newId, randomToken } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { addDays, localDateOf } from '#kernel/time';
import { officialActing } from '../people.ts';
import { concerns, type Entry } from './entry.ts';
import { entriesBetween } from './entry.queries.ts';

/** What a subscriber gets: three months back, a year ahead. */
const DAYS_BACK = 92;
const DAYS_AHEAD = 366;

/**
 * Makes a new address for the reader and ends his old one of the same kind. @param mine only entries that concern him
 * @returns the token; shown once
 */
export async function openFeed(ctx: Ctx, mine: boolean): Promise<string> {
  allow(ctx, 'office.feed.open', { kind: 'feed' }, { mine });
  const official = mine ? await officialActing(ctx) : null;
  if (mine && !official) refuse('office.feed.no_official');
  const officialId = official?.id ?? null;
  await ctx.db
    .updateTable('office_feed')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', actorId(ctx.actor))
    .where('official_id', 'is not distinct from', officialId)
    .where('ended_at', 'is', null)
    .execute();
  const token = randomToken();
  await ctx.db
    .insertInto('office_feed')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      user_id: actorId(ctx.actor),
      official_id: officialId,
      token_hash: hashOf(token),
      made_at: ctx.now,
    })
    .execute();
  return token;
}

/** Ends every address of the reader. @returns how many */
export async function endFeeds(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.feed.open', { kind: 'feed' }, { ended: true });
  return endOf(ctx, actorId(ctx.actor));
}

/** Who leaves office no longer reads the calendar: listens to `registry.official.left`. */
export async function hearOfficialLeft(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, 'office.feed.clear', { kind: 'feed' });
  if (typeof data.user_id === 'string') await endOf(ctx, data.user_id);
}

/** The entries behind an address. @throws AppError `office.feed.not_found` (404) for an unknown or ended one */
export async function readFeed(ctx: Ctx, token: string): Promise<Entry[]> {
  allow(ctx, 'office.feed.read');
  const feed = /^[\w-]{20,64}$/.test(token)
    ? await ctx.db
        .selectFrom('office_feed')
        .select('official_id')
        .where('commune_id', '=', ctx.commune.id)
        .where('token_hash', '=', hashOf(token))
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    : undefined;
  if (!feed) return refuse('office.feed.not_found', 404);
  const today = localDateOf(ctx.now);
  const entries = await entriesBetween(ctx, addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD));
  const { official_id: mine } = feed;
  return mine ? entries.filter((entry) => concerns(entry, mine)) : entries;
}

async function endOf(ctx: Ctx, userId: string): Promise<number> {
  const ended = await ctx.db
    .updateTable('office_feed')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
