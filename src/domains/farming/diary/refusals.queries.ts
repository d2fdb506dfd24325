import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { diaryAccess } from './access.ts';
import type { Reason } from './entry.ts';
import type { Holder } from './writer.queries.ts';

export type Refusal = {
  id: string;
  entryId: string | null;
  /** As it was sent. */
  json: string;
  codes: readonly Reason[];
  at: Date;
  householdId: string | null;
  plots: readonly { id: string; code: string }[];
  /** Nothing is picked there before somebody settled what was done. */
  blocking: boolean;
  settledNote: string | null;
};

type Row = {
  id: string;
  entry_id: string | null;
  entry_json: string;
  codes: Reason[];
  at: Date;
  household_id: string | null;
  plots: { id: string; code: string }[] | null;
  settled_at: Date | null;
  settled_note: string | null;
};

/** Entries that were refused, the newest first: of a holder, or all that the reader may see. */
export async function listRefusals(
  ctx: Ctx,
  filter: Holder & { blocking?: boolean; limit?: number } = {},
): Promise<Refusal[]> {
  const access = await diaryAccess(ctx, filter);
  const mine = sql`r.household_id = any(${[...access.holders]}::uuid[])`;
  const there = sql`exists (select 1 from farming_plot p where p.commune_id = ${ctx.commune.id}
    and p.id = any(r.blocked_plots) and p.hamlet_id = any(${[...access.hamlets]}::uuid[]))`;
  const open = access.hamlets === 'all' ? sql`true` : sql`(${mine} or ${there})`;
  const of = filter.householdId ? sql`r.household_id = ${filter.householdId}` : sql`true`;
  const blocking = filter.blocking ? sql`r.settled_at is null and r.blocked_plots <> '{}'` : sql`true`;
  const { rows } = await sql<Row>`
    select r.id, r.entry_id, r.entry_json, r.codes, r.at, r.household_id, r.settled_at, r.settled_note,
      (select json_agg(json_build_object('id', p.id, 'code', p.code) order by p.code) from farming_plot p
        where p.commune_id = ${ctx.commune.id} and p.id = any(r.blocked_plots)) as plots
    from farming_refusal r where r.commune_id = ${ctx.commune.id} and ${open} and ${of} and ${blocking}
    order by r.at desc, r.id desc limit ${filter.limit ?? 100}`.execute(ctx.db);
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry_id,
    json: row.entry_json,
    codes: row.codes,
    at: row.at,
    householdId: row.household_id,
    plots: row.plots ?? [],
    blocking: row.settled_at === null && row.plots !== null,
    settledNote: row.settled_note,
  }));
}
