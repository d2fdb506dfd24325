/** Picks and the intervals around them: what lots are made of. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, localDateOf, startOfDay, type LocalDate } from '#kernel/time';
import { earliestHarvest, isInside, type Interval } from '../gate/interval.ts';
import { weakestOf, type PlotStandard } from '../plot/standard.ts';
import { holdersOf, isOpen, type Access } from './access.ts';
import { intervalsFor } from './book.ts';
import type { Grade } from './entry.ts';
import { readBook } from './read-book.queries.ts';
import { readWriter } from './writer.queries.ts';

export type Pick = {
  id: string;
  plotIds: readonly string[];
  householdId: string | null;
  producerId: string | null;
  pickedOn: LocalDate;
  pickedAt: Date;
  /** Grams of fresh leaf. */
  leafG: bigint;
  grade: Grade;
  /** The weakest of its plots on that day. */
  standard: PlotStandard;
  /** It lies inside a pre-harvest interval, as known now: of a spraying that was written down later. */
  inInterval: boolean;
  /** It was put right or taken back: it counts no more. */
  counts: boolean;
};

export type PickFilter = {
  householdId?: string | undefined;
  producerId?: string | undefined;
  plotId?: string | undefined;
  hamletId?: string | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
};

/**
 * Picks by their ids, in the order asked; those that count no more are marked.
 * @throws AppError `farming.pick.not_found` (404) where one is no pick, or not one that the reader may see
 */
export async function getPicks(ctx: Ctx, ids: readonly string[]): Promise<Pick[]> {
  const picks = await readPicks(ctx, sql`e.id = any(${ids.filter(isId)}::uuid[])`, sql``);
  const access = await pickAccess(ctx, picks);
  const open = new Map(picks.filter((one) => isOpen(access, one, one.hamletIds)).map((one) => [one.id, one]));
  const missing = ids.find((id) => !open.has(id));
  if (missing !== undefined) refuse('farming.pick.not_found', 404);
  return judged(
    ctx,
    ids.map((id) => open.get(id)!),
  );
}

/** Picks that count, the newest first; those that the reader may see. At most 500 at once. */
export async function openPicks(ctx: Ctx, filter: PickFilter = {}): Promise<Pick[]> {
  const found = await readPicks(ctx, sql.join(conditions(ctx, filter), sql` and `), pageOf(filter));
  const access = await pickAccess(ctx, found);
  return judged(
    ctx,
    found.filter((one) => isOpen(access, one, one.hamletIds)),
  );
}

/** Everybody who is signed in may ask; which picks are answered follows from whose they are. */
async function pickAccess(ctx: Ctx, picks: readonly Read[]): Promise<Access> {
  allow(ctx, 'farming.diary.send', { kind: 'pick' });
  const writer = await readWriter(ctx, {
    households: picks.flatMap(({ householdId }) => householdId ?? []),
    producers: picks.flatMap(({ producerId }) => producerId ?? []),
  });
  return { hamlets: hamletsWhere(ctx, 'farming.diary.see'), holders: holdersOf(writer) };
}

function pageOf({ offset = 0, limit = 500 }: PickFilter): RawBuilder<unknown> {
  return sql`offset ${offset} limit ${Math.min(limit, 500)}`;
}

function conditions(ctx: Ctx, filter: PickFilter): RawBuilder<unknown>[] {
  const plot = (wanted: RawBuilder<unknown>) => sql`exists (select 1 from farming_entry_plot x
    join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
    where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id and ${wanted})`;
  const found = [sql`not e.voids and c.id is null`];
  if (filter.householdId !== undefined) found.push(sql`e.household_id::text = ${filter.householdId}`);
  if (filter.producerId !== undefined) found.push(sql`e.producer_id::text = ${filter.producerId}`);
  if (filter.plotId !== undefined) found.push(plot(sql`x.plot_id::text = ${filter.plotId}`));
  if (filter.hamletId !== undefined) found.push(plot(sql`p.hamlet_id::text = ${filter.hamletId}`));
  if (filter.from !== undefined) found.push(sql`e.happened_on >= ${filter.from}`);
  if (filter.to !== undefined) found.push(sql`e.happened_on <= ${filter.to}`);
  return found;
}

type Read = Omit<Pick, 'standard' | 'inInterval'> & { hamletIds: readonly string[] };

type Row = {
  id: string;
  household_id: string | null;
  producer_id: string | null;
  happened_at: Date;
  happened_on: string;
  leaf_g: string;
  grade: string;
  counts: boolean;
  plots: { id: string; hamlet: string }[];
};

async function readPicks(ctx: Ctx, where: RawBuilder<unknown>, page: RawBuilder<unknown>): Promise<Read[]> {
  const { rows } = await sql<Row>`
    select e.id, e.household_id, e.producer_id, e.happened_at, e.happened_on, e.details->>'leaf_g' as leaf_g,
      e.details->>'grade' as grade, c.id is null and not e.voids as counts,
      (select json_agg(json_build_object('id', p.id, 'hamlet', p.hamlet_id) order by p.id)
        from farming_entry_plot x join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
        where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id) as plots
    from farming_entry e
    left join farming_entry c on c.commune_id = ${ctx.commune.id} and c.corrects = e.id
    where e.commune_id = ${ctx.commune.id} and e.kind = 'pick' and ${where}
    order by e.happened_at desc, e.id desc ${page}`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    plotIds: row.plots.map(({ id }) => id),
    hamletIds: row.plots.map(({ hamlet }) => hamlet),
    householdId: row.household_id,
    producerId: row.producer_id,
    pickedOn: localDate(row.happened_on),
    pickedAt: row.happened_at,
    leafG: BigInt(row.leaf_g),
    grade: row.grade as Grade,
    counts: row.counts,
  }));
}

async function judged(ctx: Ctx, picks: readonly Read[]): Promise<Pick[]> {
  const from = new Date(Math.min(ctx.now.getTime(), ...picks.map(({ pickedAt }) => pickedAt.getTime())));
  const book = await readBook(ctx, { plotIds: [...new Set(picks.flatMap((one) => one.plotIds))], from });
  return picks.map(({ hamletIds: _hamlets, ...pick }) => ({
    ...pick,
    standard: weakestOf(pick.plotIds.map((id) => book.standardOn(id, pick.pickedOn))),
    inInterval: intervalsFor(book, pick.plotIds).some((one) => isInside(one, pick.pickedAt)),
  }));
}

/** Intervals that hold on a day, of some plots; sprayings later on that day among them. */
export async function intervalsOn(ctx: Ctx, plotIds: readonly string[], day: LocalDate): Promise<Interval[]> {
  allow(ctx, 'farming.product.see');
  const ids = plotIds.filter(isId);
  const book = await readBook(ctx, { plotIds: ids, from: startOfDay(day) });
  return intervalsFor(book, ids).filter((one) => {
    const at = localDateOf(one.since) === day ? one.since : startOfDay(day);
    return isInside(one, at);
  });
}

export type GateAnswer = {
  verdict: 'allowed' | 'forbidden' | 'unknown';
  /** The first day on which may be picked; null while that is not known. */
  earliest: LocalDate | null;
  intervals: readonly Interval[];
};

/** Whether may be picked on some plots on a day, and otherwise from when on. The answer names no people. */
export async function pickGate(ctx: Ctx, plotIds: readonly string[], day: LocalDate): Promise<GateAnswer> {
  allow(ctx, 'farming.product.see');
  const intervals = await intervalsOn(ctx, plotIds, day);
  if (intervals.length === 0) return { verdict: 'allowed', earliest: day, intervals };
  const earliest = earliestHarvest(intervals, day);
  return { verdict: earliest === null ? 'unknown' : 'forbidden', earliest, intervals };
}
