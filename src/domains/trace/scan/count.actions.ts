/** Scans are counted in the process and written together: a page costs no write of its own. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';

/** Of one lot or pack on one day. */
export type Count = { lotId: string; serial: string | null; day: LocalDate; scans: number; marks: bigint };

/** Adds what was scanned to what is known. */
export async function countScans(ctx: Ctx, counts: readonly Count[]): Promise<void> {
  allow(ctx, 'trace.scan.count');
  if (counts.length === 0) return;
  await sql`
    insert into trace_scan (commune_id, lot_id, serial, day, scans, places)
    select ${ctx.commune.id}, c.* from unnest(${counts.map(({ lotId }) => lotId)}::uuid[],
      ${counts.map(({ serial }) => serial ?? '')}::text[], ${counts.map(({ day }) => day)}::date[],
      ${counts.map(({ scans }) => scans)}::int[], ${counts.map(({ marks }) => String(marks))}::bigint[]) as c
    on conflict (commune_id, lot_id, serial, day) do update
      set scans = trace_scan.scans + excluded.scans, places = trace_scan.places | excluded.places`.execute(
    ctx.db,
  );
}
