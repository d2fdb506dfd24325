/** Entries as they stand in the diary, those that count no more among them. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { findThing } from '../plot/lines.queries.ts';
import { diaryAccess, openRows } from './access.ts';
import { isBackDated, isLate, type EntryKind, type Reason } from './entry.ts';
import { holderThing, mayWrite, readWriter } from './writer.queries.ts';

/** An entry, whatever its kind; `details` as `entry.ts` describes them. */
export type DiaryEntry = {
  id: string;
  kind: EntryKind;
  happenedAt: Date;
  happenedOn: LocalDate;
  /** By the phone's clock. */
  recordedAt: Date;
  receivedAt: Date;
  householdId: string | null;
  producerId: string | null;
  plots: readonly { id: string; code: string; hamletId: string }[];
  byTechnician: boolean;
  actor: string;
  details: Record<string, unknown>;
  corrects: string | null;
  correctedBy: string | null;
  /** Says that what it corrects never happened. */
  voids: boolean;
  remarks: readonly Reason[];
  late: boolean;
  backDated: boolean;
  photos: readonly { id: string; hash: string; type: string }[];
};

export type EntryFilter = {
  householdId?: string | undefined;
  producerId?: string | undefined;
  plotId?: string | undefined;
  hamletId?: string | undefined;
  kind?: EntryKind | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** Only what counts: neither put right nor the word that something never happened. */
  counting?: boolean | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
};

/** Entries by the day of what they tell, the newest first. */
export async function listEntries(
  ctx: Ctx,
  filter: EntryFilter = {},
): Promise<{ items: DiaryEntry[]; total: number }> {
  const access = await diaryAccess(ctx, filter);
  const where = sql.join([openRows(ctx, access), ...conditions(ctx, filter)], sql` and `);
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from farming_entry e where ${where}`.execute(ctx.db);
  const page = sql`offset ${filter.offset ?? 0} limit ${filter.limit ?? 25}`;
  return { items: await readEntries(ctx, where, page), total: rows[0]!.total };
}

/** The diary of a plot between two days, the oldest first. @throws AppError `farming.plot.not_found` */
export async function diaryOf(
  ctx: Ctx,
  plotId: string,
  from: LocalDate,
  to: LocalDate,
): Promise<DiaryEntry[]> {
  const { plot } = await findThing(ctx, plotId);
  const holder = { householdId: plot?.householdId, producerId: plot?.producerId };
  const thing = await holderThing(ctx, holder);
  allow(ctx, 'farming.diary.see', { ...thing, hamlet_id: plot?.hamletId ?? null });
  mustExist(plot, 'farming.plot');
  const where = sql.join(conditions(ctx, { plotId, from, to }), sql` and `);
  return (await readEntries(ctx, where, sql``)).toReversed();
}

/** One entry. @throws AppError `farming.entry.not_found` (404) */
export async function getEntry(ctx: Ctx, id: string): Promise<DiaryEntry> {
  const [entry] = isId(id)
    ? await readEntries(ctx, sql`e.commune_id = ${ctx.commune.id} and e.id = ${id}`)
    : [];
  const thing = await holderThing(ctx, entry ?? {});
  allow(ctx, 'farming.diary.see', { ...thing, hamlet_id: entry?.plots[0]?.hamletId ?? null });
  return mustExist(entry, 'farming.entry');
}

/** Whether the reader may put an entry right. */
export async function mayCorrect(ctx: Ctx, entry: DiaryEntry): Promise<boolean> {
  allow(ctx, 'farming.diary.send', { kind: 'diary' });
  const writer = await readWriter(ctx, {
    households: entry.householdId ? [entry.householdId] : [],
    producers: entry.producerId ? [entry.producerId] : [],
  });
  const holder = entry.householdId ?? entry.producerId;
  const open = entry.correctedBy === null && !entry.voids;
  return open && entry.plots.every(({ hamletId }) => mayWrite(ctx, writer, holder, hamletId));
}

function conditions(ctx: Ctx, filter: EntryFilter): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [sql`e.commune_id = ${ctx.commune.id}`];
  const plot = (wanted: RawBuilder<unknown>) => sql`exists (select 1 from farming_entry_plot x
    join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
    where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id and ${wanted})`;
  if (filter.householdId !== undefined) found.push(sql`e.household_id::text = ${filter.householdId}`);
  if (filter.producerId !== undefined) found.push(sql`e.producer_id::text = ${filter.producerId}`);
  if (filter.plotId !== undefined) found.push(plot(sql`x.plot_id::text = ${filter.plotId}`));
  if (filter.hamletId !== undefined) found.push(plot(sql`p.hamlet_id::text = ${filter.hamletId}`));
  if (filter.kind !== undefined) found.push(sql`e.kind = ${filter.kind}`);
  if (filter.from !== undefined) found.push(sql`e.happened_on >= ${filter.from}`);
  if (filter.to !== undefined) found.push(sql`e.happened_on <= ${filter.to}`);
  if (filter.counting)
    found.push(sql`not e.voids and not exists (select 1 from farming_entry y
      where y.commune_id = ${ctx.commune.id} and y.corrects = e.id)`);
  return found;
}

type Row = {
  id: string;
  kind: string;
  happened_at: Date;
  happened_on: string;
  recorded_at: Date;
  received_at: Date;
  household_id: string | null;
  producer_id: string | null;
  by_technician: boolean;
  actor: string;
  details: Record<string, unknown>;
  corrects: string | null;
  corrected_by: string | null;
  voids: boolean;
  remarks: Reason[];
  plots: { id: string; code: string; hamletId: string }[];
  photos: { id: string; hash: string; type: string }[];
};

/** Without a right of its own; the newest first. */
export async function readEntries(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  page: RawBuilder<unknown> = sql``,
): Promise<DiaryEntry[]> {
  const { rows } = await sql<Row>`
    select e.id, e.kind, e.happened_at, e.happened_on, e.recorded_at, e.received_at, e.household_id, e.producer_id,
      e.by_technician, e.actor, e.details, e.corrects, c.id as corrected_by, e.voids, e.remarks,
      (select json_agg(json_build_object('id', p.id, 'code', p.code, 'hamletId', p.hamlet_id) order by p.code)
        from farming_entry_plot x join farming_plot p on p.commune_id = x.commune_id and p.id = x.plot_id
        where x.commune_id = ${ctx.commune.id} and x.entry_id = e.id) as plots,
      coalesce((select json_agg(json_build_object('id', f.id, 'hash', f.hash, 'type', f.type) order by f.id)
        from farming_photo f where f.commune_id = ${ctx.commune.id} and f.entry_id = e.id and f.hash is not null),
        '[]') as photos
    from farming_entry e
    left join farming_entry c on c.commune_id = ${ctx.commune.id} and c.corrects = e.id
    where ${where} order by e.happened_at desc, e.id desc ${page}`.execute(ctx.db);
  return rows.map(entryOf);
}

function entryOf(row: Row): DiaryEntry {
  const happenedOn = localDate(row.happened_on);
  return {
    id: row.id,
    kind: row.kind as EntryKind,
    happenedAt: row.happened_at,
    happenedOn,
    recordedAt: row.recorded_at,
    receivedAt: row.received_at,
    householdId: row.household_id,
    producerId: row.producer_id,
    plots: row.plots,
    byTechnician: row.by_technician,
    actor: row.actor,
    details: row.details,
    corrects: row.corrects,
    correctedBy: row.corrected_by,
    voids: row.voids,
    remarks: row.remarks,
    late: isLate({ happenedOn, receivedAt: row.received_at }),
    backDated: isBackDated({ happenedOn, recordedAt: row.recorded_at }),
    photos: row.photos,
  };
}
