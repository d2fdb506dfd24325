/** Inspections with what they found. */
import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { diaryAccess, type Access } from '../diary/access.ts';
import { holderThing, type Holder } from '../diary/writer.queries.ts';
import { diariesOf } from '../sync/bundle.queries.ts';
import type { Answer } from './checklist.ts';

export type Nonconformity = {
  id: string;
  item: string;
  what: string;
  dueOn: LocalDate;
  closed: { on: LocalDate; by: string; note: string } | null;
};

export type Inspection = {
  id: string;
  householdId: string | null;
  producerId: string | null;
  hamletId: string;
  checklist: string;
  version: number;
  on: LocalDate;
  inspector: string;
  answers: Readonly<Record<string, Answer>>;
  note: string | null;
  found: readonly Nonconformity[];
};

export type InspectionFilter = Holder & {
  hamletId?: string | undefined;
  /** Only those with something that is not closed. */
  open?: boolean | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
};

/** The newest first; those that the reader may see. */
export async function listInspections(
  ctx: Ctx,
  filter: InspectionFilter = {},
): Promise<{ items: Inspection[]; total: number }> {
  const access = await diaryAccess(ctx, filter);
  const where = sql.join([shown(ctx, access), ...conditions(ctx, filter)], sql` and `);
  return paged(ctx, where, { offset: filter.offset ?? 0, limit: filter.limit ?? 25 });
}

/** Those of the diaries that the asker keeps: the own household's and, as a technician, the members'. */
export async function listKeptInspections(
  ctx: Ctx,
  { open, offset = 0, limit = 25 }: Pick<InspectionFilter, 'open' | 'offset' | 'limit'> = {},
): Promise<{ items: Inspection[]; total: number }> {
  const { holders } = await diariesOf(ctx);
  const mine = sql`i.commune_id = ${ctx.commune.id}
    and coalesce(i.household_id, i.producer_id) = any(${holders.map(({ id }) => id)}::uuid[])`;
  const where = sql.join([mine, ...conditions(ctx, { open })], sql` and `);
  return paged(ctx, where, { offset, limit });
}

/** One inspection. @throws AppError `farming.inspection.not_found` (404) */
export async function getInspection(ctx: Ctx, id: string): Promise<Inspection> {
  const [found] = isId(id)
    ? await readInspections(ctx, sql`i.commune_id = ${ctx.commune.id} and i.id = ${id}`)
    : [];
  const thing = await holderThing(ctx, found ?? {});
  allow(ctx, 'farming.diary.see', { ...thing, hamlet_id: found?.hamletId ?? null });
  return mustExist(found, 'farming.inspection');
}

function shown(ctx: Ctx, { hamlets, holders }: Access): RawBuilder<unknown> {
  const here = sql`i.commune_id = ${ctx.commune.id}`;
  if (hamlets === 'all') return here;
  return sql`${here} and (i.hamlet_id = any(${[...hamlets]}::uuid[])
    or coalesce(i.household_id, i.producer_id) = any(${[...holders]}::uuid[]))`;
}

function conditions(ctx: Ctx, filter: InspectionFilter): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (filter.householdId) found.push(sql`i.household_id::text = ${filter.householdId}`);
  if (filter.producerId) found.push(sql`i.producer_id::text = ${filter.producerId}`);
  if (filter.hamletId) found.push(sql`i.hamlet_id::text = ${filter.hamletId}`);
  if (filter.open)
    found.push(sql`exists (select 1 from farming_nonconformity n where n.commune_id = ${ctx.commune.id}
      and n.inspection_id = i.id and n.closed_on is null)`);
  return found;
}

async function paged(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: Inspection[]; total: number }> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from farming_inspection i where ${where}`.execute(ctx.db);
  return {
    items: await readInspections(ctx, where, sql`offset ${offset} limit ${limit}`),
    total: rows[0]!.total,
  };
}

type Row = {
  id: string;
  household_id: string | null;
  producer_id: string | null;
  hamlet_id: string;
  checklist: string;
  checklist_version: number;
  inspected_on: string;
  inspector: string;
  answers: Record<string, Answer>;
  note: string | null;
  found: {
    id: string;
    item: string;
    what: string;
    due: string;
    on: string | null;
    by: string;
    note: string;
  }[];
};

/** Without a right of its own; the newest first. */
export async function readInspections(
  ctx: Ctx,
  where: RawBuilder<unknown>,
  page: RawBuilder<unknown> = sql``,
): Promise<Inspection[]> {
  const { rows } = await sql<Row>`
    select i.*, coalesce((select json_agg(json_build_object('id', n.id, 'item', n.item, 'what', n.what,
        'due', n.due_on, 'on', n.closed_on, 'by', n.closed_name, 'note', n.closed_note) order by n.item)
      from farming_nonconformity n where n.commune_id = ${ctx.commune.id} and n.inspection_id = i.id), '[]') as found
    from farming_inspection i where ${where} order by i.inspected_on desc, i.id desc ${page}`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    householdId: row.household_id,
    producerId: row.producer_id,
    hamletId: row.hamlet_id,
    checklist: row.checklist,
    version: row.checklist_version,
    on: localDate(row.inspected_on),
    inspector: row.inspector,
    answers: row.answers,
    note: row.note,
    found: row.found.map(({ id, item, what, due, on, by, note }) => ({
      id,
      item,
      what,
      dueOn: localDate(due),
      closed: on === null ? null : { on: localDate(on), by, note },
    })),
  }));
}
