/** What holds lots: a spraying that became known late, or something that was found. */
import { sql } from 'kysely';
import { z } from 'zod';
import { intervalsOn } from '#domain/farming';
import { actorId, type Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Id, lines } from '#kernel/input';
import { allow } from '#kernel/rights';
import { addDays, localDate, localDateOf } from '#kernel/time';
import { deriveLater, TELL_JOB } from './derive-later.ts';
import { endOnce } from './ending.ts';
import { findLot } from './lines.queries.ts';
import { lockReach } from './reach.queries.ts';

const Reason = z.object({ reason: lines(1_000) });

/** Of leaf whose ticket was not taken back. */
const STANDS = sql`exists (select from trace_lot l where l.commune_id = trace_source.commune_id
  and l.id = trace_source.lot_id and not l.undone)`;

/**
 * Holds a lot and all that was made of it, because something was found. @returns the lots held by it
 * @throws AppError `trace.lot.not_found`
 */
export async function holdLot(ctx: Ctx, idOrCode: string, input: z.input<typeof Reason>): Promise<string[]> {
  const { lot, thing } = await findLot(ctx, idOrCode);
  allow(ctx, 'trace.hold.place', thing, { reason: input.reason });
  const { reason } = checked(Reason, input);
  const { id } = mustExist(lot, 'trace.lot');
  return placeHolds(ctx, [id], { cause: 'found', key: newId(ctx.now), reason });
}

/** What `farming.interval.extended` tells. `until`: the first day on which could be picked again; null: not known. */
const Extended = z.object({
  entry_id: z.string().min(1),
  plot_ids: z.array(z.string()),
  from: z.string(),
  until: z.string().nullable(),
  pick_ids: z.array(z.string()).default([]),
});

/**
 * Holds what was made of leaf that a late record of spraying reaches: the picks that the diary names, and leaf that its
 * seller declared for those plots and days. Nothing else. @returns the lots held by it
 */
export async function holdTouched(ctx: Ctx, data: Record<string, unknown>): Promise<string[]> {
  allow(ctx, 'trace.hold.react');
  const { entry_id: key, plot_ids, from, until, pick_ids } = checked(Extended, data);
  const { rows } = await sql<{ lot_id: string }>`
    select distinct lot_id from trace_source where commune_id = ${ctx.commune.id} and ${STANDS} and (
      pick_id = any(${pick_ids.filter(isId)}::uuid[])
      or pick_id is null and plot_id = any(${plot_ids.filter(isId)}::uuid[]) and picked_on >= ${from}::date
        and (${until}::date is null or picked_on < ${until}::date))`.execute(ctx.db);
  return placeHolds(
    ctx,
    rows.map(({ lot_id }) => lot_id),
    { cause: 'interval', key, reason: null },
  );
}

/** So long back declared leaf is asked about again. Days. */
const ASKED_AGAIN = 60;

/**
 * Asks again about leaf that its seller declared: no pick of the diary tells of it, so a spraying that became known
 * since is found here, every hour. @returns the lots held by it
 */
export async function recheckDeclared(ctx: Ctx): Promise<string[]> {
  allow(ctx, 'trace.hold.react');
  const { rows } = await sql<{ picked_on: string; plots: string[] }>`
    select picked_on, array_agg(distinct plot_id)::text[] as plots from trace_source
    where commune_id = ${ctx.commune.id} and ${STANDS} and pick_id is null
      and picked_on > ${addDays(localDateOf(ctx.now), -ASKED_AGAIN)} group by picked_on`.execute(ctx.db);
  const held: string[] = [];
  for (const { picked_on: day, plots } of rows)
    for (const { entryId, plotId } of await intervalsOn(ctx, plots, localDate(day))) {
      const touched = await sql<{ lot_id: string }>`
        select lot_id from trace_source where commune_id = ${ctx.commune.id} and ${STANDS} and pick_id is null
          and plot_id = ${plotId} and picked_on = ${day}`.execute(ctx.db);
      const lots = touched.rows.map(({ lot_id }) => lot_id);
      held.push(...(await placeHolds(ctx, lots, { cause: 'interval', key: entryId, reason: null })));
    }
  return held;
}

/** What `farming.entry.corrected` tells. */
const Corrected = z.object({
  entry_id: Id,
  corrects: Id,
  kind: z.string(),
  voids: z.boolean(),
});

/**
 * Holds what was made of a pick that was sold and then put right or taken back in the diary: somebody has to look
 * whether the lots are still what they are called. @returns the lots held by it
 */
export async function holdCorrected(ctx: Ctx, data: Record<string, unknown>): Promise<string[]> {
  allow(ctx, 'trace.hold.react');
  const { entry_id: entryId, corrects, kind, voids } = checked(Corrected, data);
  if (kind !== 'pick') return [];
  const { rows } = await sql<{ lot_id: string }>`
    select distinct lot_id from trace_source where commune_id = ${ctx.commune.id} and ${STANDS}
      and pick_id = ${corrects}`.execute(ctx.db);
  if (rows.length === 0 && !(await standsForSold(ctx, corrects))) return [];
  await ctx.db
    .insertInto('trace_pick_undo')
    .values({ commune_id: ctx.commune.id, pick_id: corrects, entry_id: entryId, voids, at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const lots = rows.map(({ lot_id }) => lot_id);
  return placeHolds(ctx, lots, { cause: 'corrected', key: entryId, reason: null });
}

/** Whether a pick stands in the place of one that was sold. */
async function standsForSold(ctx: Ctx, pickId: string): Promise<boolean> {
  const known = await ctx.db
    .selectFrom('trace_pick_undo')
    .select('pick_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('entry_id', '=', pickId)
    .executeTakeFirst();
  return known !== undefined;
}

type Cause = { cause: 'interval' | 'found' | 'corrected'; key: string; reason: string | null };

async function placeHolds(
  ctx: Ctx,
  lotIds: readonly string[],
  { cause, key, reason }: Cause,
): Promise<string[]> {
  const touched = await lockReach(ctx, lotIds);
  if (touched.length === 0) return [];
  const placed = await ctx.db
    .insertInto('trace_hold')
    .values(
      touched.map((lotId) => ({
        commune_id: ctx.commune.id,
        id: newId(ctx.now),
        lot_id: lotId,
        cause,
        cause_key: key,
        reason,
        placed_at: ctx.now,
        placed_by: actorId(ctx.actor),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('lot_id')
    .execute();
  const held = placed.map(({ lot_id }) => lot_id);
  if (held.length === 0) return [];
  await sql`update trace_lot set holds = holds + 1 where commune_id = ${ctx.commune.id}
    and id = any(${held}::uuid[])`.execute(ctx.db);
  await enqueue(ctx, TELL_JOB, { kind: 'hold', key });
  await deriveLater(ctx);
  return held;
}

/**
 * Lifts a hold. Whoever does it answers for it by name. @throws AppError `trace.hold.not_found`, `input.invalid`
 */
export async function liftHold(ctx: Ctx, holdId: string, input: z.input<typeof Reason>): Promise<void> {
  const hold = await findHold(ctx, holdId);
  allow(ctx, 'trace.hold.lift', { kind: 'lot', id: hold?.lot_id ?? '', hamlet_id: hold?.hamlet_id ?? null });
  const { lot_id } = mustExist(hold, 'trace.hold');
  const { reason } = checked(Reason, input);
  if (!(await endOnce(ctx, 'trace_hold', holdId, reason))) return;
  await sql`update trace_lot set holds = holds - 1 where commune_id = ${ctx.commune.id}
    and id = ${lot_id}`.execute(ctx.db);
  await deriveLater(ctx);
}

async function findHold(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('trace_hold as h')
    .innerJoin('trace_lot as l', (join) =>
      join.onRef('l.commune_id', '=', 'h.commune_id').onRef('l.id', '=', 'h.lot_id'),
    )
    .select(['h.lot_id', 'l.hamlet_id'])
    .where('h.commune_id', '=', ctx.commune.id)
    .where('h.id', '=', id)
    .executeTakeFirst();
}
