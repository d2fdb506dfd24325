/** Reading a book; for the verbs and queries of this room, which ask for the right themselves. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { spanOf } from '#kernel/span';
import { localDate, type LocalDate } from '#kernel/time';
import { LONGEST_PHI, type Interval, type Labels } from '../gate/interval.ts';
import { readStandardHistory } from '../plot/standard.queries.ts';
import type { Book, Kept, KnownPlot } from './book.ts';
import type { EntryKind, Reason } from './entry.ts';

type Asked = {
  plotIds: readonly string[];
  /** Entries that are needed whatever their plots and days: those sent again, those put right. */
  entryIds?: readonly string[];
  stockIds?: readonly string[];
  /** The earliest thing that is asked about. */
  from: Date;
};

/** Reaches back so far that a season and the longest interval are whole. Milliseconds. */
const REACH_BACK = (LONGEST_PHI + 2) * 86_400_000;

export async function readBook(
  ctx: Ctx,
  { plotIds, entryIds = [], stockIds = [], from }: Asked,
): Promise<Book> {
  const kept = await readKept(ctx, plotIds, entryIds, new Date(from.getTime() - REACH_BACK));
  const all = [...new Set([...plotIds, ...kept.flatMap((one) => one.plotIds)])];
  const standards = await readStandardHistory(ctx, all);
  return {
    kept: new Map(kept.map(({ correctedBy: _by, ...one }) => [one.id, one])),
    correctedBy: new Map(kept.flatMap(({ id, correctedBy }) => (correctedBy ? [[id, correctedBy]] : []))),
    plots: await readPlots(ctx, all),
    labels: await readLabels(ctx),
    blockers: await readBlockers(ctx, all),
    stock: await readStock(ctx, stockIds),
    standardOn: (plotId, day) => standards(plotId, day).standard,
  };
}

type EntryRow = {
  id: string;
  kind: string;
  happened_at: Date;
  household_id: string | null;
  producer_id: string | null;
  product_code: string | null;
  fingerprint: string;
  remarks: Reason[];
  corrects: string | null;
  voids: boolean;
  corrected_by: string | null;
  plot_ids: string[];
};

async function readKept(
  ctx: Ctx,
  plotIds: readonly string[],
  entryIds: readonly string[],
  from: Date,
): Promise<(Kept & { correctedBy: string | null })[]> {
  const { rows } = await sql<EntryRow>`
    select e.id, e.kind, e.happened_at, e.household_id, e.producer_id, e.details->>'product_code' as product_code,
      e.fingerprint, e.remarks, e.corrects, e.voids, c.id as corrected_by,
      (select array_agg(x.plot_id::text order by x.plot_id) from farming_entry_plot x
        where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id) as plot_ids
    from farming_entry e
    left join farming_entry c on c.commune_id = ${ctx.commune.id} and c.corrects = e.id
    where e.commune_id = ${ctx.commune.id} and (e.id = any(${[...entryIds]}::uuid[])
      or (e.kind in ('spray', 'pick') and e.happened_at >= ${from} and e.id in (
        select p.entry_id from farming_entry_plot p
        where p.commune_id = ${ctx.commune.id} and p.plot_id = any(${[...plotIds]}::uuid[]))))`.execute(
    ctx.db,
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as EntryKind,
    at: row.happened_at,
    plotIds: row.plot_ids ?? [],
    productCode: row.product_code,
    householdId: row.household_id,
    producerId: row.producer_id,
    contentHash: row.fingerprint,
    remarks: row.remarks,
    corrects: row.corrects,
    voids: row.voids,
    correctedBy: row.corrected_by,
  }));
}

async function readPlots(ctx: Ctx, ids: readonly string[]): Promise<Map<string, KnownPlot>> {
  const wanted = sql<boolean>`id = any(${[...ids]}::uuid[])`;
  const plots = await ctx.db
    .selectFrom('farming_plot')
    .select(['id', 'hamlet_id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where(wanted)
    .execute();
  const holders = await ctx.db
    .selectFrom('farming_plot_holder')
    .select(['plot_id', 'household_id', 'producer_id', 'from_day', 'last_day'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`plot_id = any(${[...ids]}::uuid[])`)
    .execute();
  const byPlot = Map.groupBy(holders, (row) => row.plot_id);
  return new Map(
    plots.map((plot) => {
      const held = (byPlot.get(plot.id) ?? []).map((row) => ({
        householdId: row.household_id,
        producerId: row.producer_id,
        ...spanOf(row.from_day, row.last_day),
      }));
      const span = spanOf(plot.from_day, plot.last_day);
      return [plot.id, { id: plot.id, hamletId: plot.hamlet_id, holders: held, ...span }];
    }),
  );
}

/** What the newest label of each product states. */
export async function readLabels(ctx: Ctx): Promise<Labels> {
  const rows = await ctx.db
    .selectFrom('farming_label')
    .select(['product_code', 'phi_days'])
    .distinctOn('product_code')
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('product_code')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.product_code, row.phi_days]));
}

async function readBlockers(ctx: Ctx, plotIds: readonly string[]): Promise<Interval[]> {
  const rows = await ctx.db
    .selectFrom('farming_refusal')
    .select(['entry_id', 'blocked_plots', 'happened_at', 'product_code', 'settled_at', 'settled_until'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`blocked_plots && ${[...plotIds]}::uuid[]`)
    .where((eb) => eb.or([eb('settled_at', 'is', null), eb('settled_until', 'is not', null)]))
    .execute();
  return rows.flatMap((row) =>
    row.blocked_plots.map((plotId) => ({
      entryId: row.entry_id!,
      plotId,
      since: row.happened_at!,
      until: row.settled_until === null ? null : localDate(row.settled_until),
      productCode: row.product_code ?? '',
      refused: true,
    })),
  );
}

async function readStock(ctx: Ctx, ids: readonly string[]): Promise<Book['stock']> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('farming_stock')
    .select(['id', 'household_id', 'producer_id', 'product_code', 'expiry'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(
    rows.map((row) => {
      const expiry: LocalDate | null = row.expiry === null ? null : localDate(row.expiry);
      return [
        row.id,
        { expiry, owner: (row.household_id ?? row.producer_id)!, productCode: row.product_code },
      ];
    }),
  );
}
