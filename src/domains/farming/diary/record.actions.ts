import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { emit } from '#kernel/events';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { intervalsOf, keep, type Book } from './book.ts';
import { Entry, type EntryInput, type Outcome, type Reason } from './entry.ts';
import { judge, keptOf } from './judge.ts';
import { insertEntries, insertRefusals, type Refusing } from './keep.ts';
import { extended, lockLabels } from './reach.ts';
import { readBook } from './read-book.queries.ts';
import { inOrder, readSent, type Sent } from './sent.ts';
import { mayWrite, readWriter, type Writer } from './writer.queries.ts';

/** Entries of one sending. */
export const MOST_ENTRIES = 500;

/** Minutes that a clock may be ahead before an entry counts as one of the future. */
const AHEAD_MS = 10 * 60_000;

export type Sending = {
  deviceId?: string | null;
  /** When it was sent, by the phone's clock: a clock that is wrong is put right by it. */
  sentAt?: Date | null;
};

type Work = { ctx: Ctx; book: Book; writer: Writer; sending: Sending; accepted: Sent[]; refused: Refusing[] };

/**
 * Takes entries into the diary, each by itself: what is wrong with one keeps no other back. The same id is the same
 * entry however often and in whatever order it comes; rights are asked on arrival; every refusal is kept whole. A
 * spraying that comes after a picking it reaches is taken, and `farming.interval.extended` names the picks.
 * @returns what became of each, in the order given
 * @throws AppError `farming.diary.too_many` (413)
 */
export async function recordEntries(
  ctx: Ctx,
  inputs: readonly (EntryInput | Record<string, unknown>)[],
  sending: Sending = {},
): Promise<Outcome[]> {
  allow(ctx, 'farming.diary.send', { kind: 'diary' }, { entries: inputs.length });
  if (inputs.length > MOST_ENTRIES) refuse('farming.diary.too_many', 413, { most: MOST_ENTRIES });
  const clocks = sending.sentAt ? { phone: sending.sentAt, commune: ctx.now } : null;
  const sent = inputs.map((input) => readSent(input, clocks));
  const work = await open(ctx, sent, sending);
  for (const one of inOrder(sent)) one.outcome = await take(work, one);
  await insertEntries(ctx, work.accepted, sending.deviceId ?? null);
  await insertRefusals(ctx, work.refused, sending.deviceId ?? null);
  await tell(work);
  return sent.map((one) => one.outcome!);
}

/** Locks what the entries are about, then reads it: who comes next sees what this one wrote. */
async function open(ctx: Ctx, sent: readonly Sent[], sending: Sending): Promise<Work> {
  const entries = sent.flatMap(({ entry }) => entry ?? []);
  const entryIds = entries.flatMap(({ id, corrects }) => (corrects === null ? [id] : [id, corrects]));
  const originals = await sql<{ plot_id: string }>`select distinct plot_id from farming_entry_plot
    where commune_id = ${ctx.commune.id} and entry_id = any(${entryIds}::uuid[])`.execute(ctx.db);
  const plotIds = [
    ...new Set([...entries.flatMap((one) => one.plot_ids), ...originals.rows.map((row) => row.plot_id)]),
  ];
  await lockLabels(ctx, 'shared');
  await sql`select id from farming_plot where commune_id = ${ctx.commune.id} and id = any(${plotIds}::uuid[])
    order by id for update`.execute(ctx.db);
  const from = new Date(Math.min(ctx.now.getTime(), ...entries.map((one) => one.happened_at.getTime())));
  const stockIds = entries.flatMap(({ details }) => ('stock_id' in details ? (details.stock_id ?? []) : []));
  const book = await readBook(ctx, { plotIds, entryIds, stockIds, from });
  const writer = await readWriter(ctx, {
    households: entries.flatMap((one) => one.household_id ?? []),
    producers: entries.flatMap((one) => one.producer_id ?? []),
  });
  return { ctx, book, writer, sending, accepted: [], refused: [] };
}

async function take(work: Work, one: Sent): Promise<Outcome> {
  const { entry } = one;
  if (!entry) return turnAway(work, one, one.faults, false);
  const { ctx, book } = work;
  const may = (of: Pick<Entry, 'household_id' | 'producer_id'>, hamletId: string) =>
    mayWrite(ctx, work.writer, of.household_id ?? of.producer_id, hamletId);
  const known = book.kept.get(entry.id);
  if (known) {
    const mine = entry.plot_ids.every((id) => may(entry, book.plots.get(id)?.hamletId ?? ''));
    if (mine && known.contentHash === one.contentHash)
      return { id: one.id, state: 'accepted', codes: [...known.remarks] };
    return turnAway(work, one, [reason(mine ? 'id_reused' : 'not_your_plot')], false);
  }
  const before = await refusedBefore(work, one);
  if (before) return before;
  if (entry.happened_at.getTime() > ctx.now.getTime() + AHEAD_MS)
    return turnAway(work, one, [reason('to_come')], false);
  const { wrong, forbidden, unknown } = judge(entry, book, may);
  if (wrong.length > 0) return turnAway(work, one, wrong, false);
  if (forbidden.length > 0) return turnAway(work, one, forbidden, true);
  keep(book, keptOf(entry, one.contentHash, unknown));
  one.remarks = unknown;
  const owner = work.writer.household === entry.household_id;
  one.byTechnician = ctx.actor.kind === 'person' && entry.household_id !== null && !owner;
  work.accepted.push(one);
  if (entry.kind === 'spray' && entry.instead_of !== null) settleBy(work, entry);
  return { id: one.id, state: 'accepted', codes: unknown };
}

const reason = (code: string): Reason => ({ code: `farming.entry.${code}`, params: {} });

/** What was judged and refused once stays so: somebody may have written it anew meanwhile. */
async function refusedBefore({ ctx, refused }: Work, one: Sent): Promise<Outcome | null> {
  const now = refused.find(({ sent, final }) => final && sent.contentHash === one.contentHash);
  if (now) return { id: one.id, state: 'refused', codes: now.codes };
  const row = await ctx.db
    .selectFrom('farming_refusal')
    .select('codes')
    .where('commune_id', '=', ctx.commune.id)
    .where('entry_id', '=', one.id)
    .where('fingerprint', '=', one.contentHash)
    .where('final', '=', true)
    .executeTakeFirst();
  return row ? { id: one.id, state: 'refused', codes: row.codes as Reason[] } : null;
}

/**
 * Keeps the refusal. A spraying that the rules forbid was perhaps done: its plots are closed to picking until
 * somebody settles what was.
 */
function turnAway(work: Work, one: Sent, codes: Reason[], final: boolean): Outcome {
  const { entry } = one;
  const blocks = final && entry?.kind === 'spray' && entry.corrects === null;
  work.refused.push({ sent: one, codes, final, blocks });
  if (blocks) {
    const base = { entryId: entry.id, since: entry.happened_at, until: null, refused: true };
    for (const plotId of entry.plot_ids)
      work.book.blockers.push({ ...base, plotId, productCode: entry.details.product_code });
  }
  return { id: one.id, state: 'refused', codes };
}

/** An accepted spraying in the place of a refused one opens the plots that both name; its own interval holds. */
function settleBy({ book, refused }: Work, entry: Entry): void {
  const covered = (one: Book['blockers'][number]) =>
    one.entryId === entry.instead_of && entry.plot_ids.includes(one.plotId);
  book.blockers = book.blockers.filter((one) => !covered(one));
  for (const one of refused) if (one.sent.id === entry.instead_of) one.openedFor = entry;
}

/** Tells of picks, of what was put right, and of intervals that reach picks written down before. */
async function tell({ ctx, book, accepted, refused }: Work): Promise<void> {
  for (const { entry } of accepted) {
    if (entry?.kind !== 'pick' || entry.voids) continue;
    const data = { entry_id: entry.id, plot_ids: entry.plot_ids, household_id: entry.household_id };
    await emit(ctx, 'farming.pick.recorded', { ...data, on: localDateOf(entry.happened_at) });
  }
  for (const { entry } of accepted) {
    if (!entry || entry.corrects === null) continue;
    const { id: entry_id, corrects, kind, voids, plot_ids } = entry;
    await emit(ctx, 'farming.entry.corrected', { entry_id, corrects, kind, voids, plot_ids });
  }
  for (const { entry } of accepted)
    if (entry?.kind === 'spray' && !entry.voids && !book.correctedBy.has(entry.id))
      await extended(ctx, book, intervalsOf(keptOf(entry, ''), book.labels));
  for (const { sent, blocks } of refused)
    if (blocks)
      await extended(
        ctx,
        book,
        book.blockers.filter(({ entryId }) => entryId === sent.id),
      );
}
