/** Intervals that reach picks written down before; for the verbs of this room, which asked for the right. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { emit } from '#kernel/events';
import { localDateOf } from '#kernel/time';
import { picksInside, type Book } from './book.ts';

/** Picks are judged by labels: whoever records one waits for them, and they for him. */
export async function lockLabels(ctx: Ctx, mode: 'shared' | 'alone'): Promise<void> {
  const lock = sql.raw(mode === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`select ${lock}(hashtext('farming_label'), ${ctx.commune.id})`.execute(ctx.db);
}

/** Says which picks lie inside intervals that were not known when they were written down. */
export async function extended(ctx: Ctx, book: Book, intervals: Book['blockers']): Promise<void> {
  const picks = picksInside(book, intervals);
  const [first] = intervals;
  if (!first || picks.length === 0) return;
  await emit(ctx, 'farming.interval.extended', {
    entry_id: first.entryId,
    plot_ids: intervals.map(({ plotId }) => plotId),
    from: localDateOf(first.since),
    until: first.until,
    pick_ids: picks,
  });
}
