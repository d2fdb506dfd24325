/** What scans tell whoever answers for a lot: how often it is looked up, and which numbers may have been copied. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';
import { addDays, localDateOf } from '#kernel/time';
import { countMarks, isSuspicious, SCAN_LIMITS } from './scan.ts';

export type ScannedPack = {
  lotId: string;
  lotCode: string;
  serial: string;
  scans: number;
  /** At least so many different networks. */
  places: number;
  /** No label was printed with this number. */
  unknown: boolean;
};

type Row = { lotId: string; lotCode: string; serial: string; scans: number; marks: bigint; unknown: boolean };

/** Numbers that were looked up too often or too widely within the days that are looked at, or were never printed. */
export async function flaggedPacks(ctx: Ctx, { lotId }: { lotId?: string } = {}): Promise<ScannedPack[]> {
  const hamlets = hamletsWhere(ctx, 'trace.lot.list');
  allow(ctx, 'trace.lot.list', {
    kind: 'lot',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const mine = hamlets === 'all' ? sql`true` : sql`l.hamlet_id = any(${[...hamlets]}::uuid[])`;
  const { rows } = await sql<Row>`
    select c.lot_id as "lotId", l.code as "lotCode", c.serial, sum(c.scans)::int as scans, bit_or(c.places) as marks,
      not exists (select from trace_serial s where s.commune_id = c.commune_id and s.lot_id = c.lot_id
        and s.serial = c.serial) as unknown
    from trace_scan c join trace_lot l on l.commune_id = c.commune_id and l.id = c.lot_id
    where c.commune_id = ${ctx.commune.id} and c.serial <> '' and ${mine}
      and c.day > ${addDays(localDateOf(ctx.now), -SCAN_LIMITS.days)}
      and ${lotId === undefined ? sql`true` : sql`c.lot_id::text = ${lotId}`}
    group by c.commune_id, c.lot_id, l.code, c.serial order by scans desc, c.serial limit 2000`.execute(
    ctx.db,
  );
  return rows
    .filter((row) => row.unknown || isSuspicious(row))
    .map(({ marks, ...row }) => ({ ...row, places: countMarks(marks) }));
}

/** The lots with printed numbers that may have been copied, by id. Without a right of its own: for the telling. */
export async function copiedPacks(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ lotId: string; scans: number; marks: bigint }>`
    select c.lot_id as "lotId", sum(c.scans)::int as scans, bit_or(c.places) as marks from trace_scan c
    join trace_serial s on s.commune_id = c.commune_id and s.lot_id = c.lot_id and s.serial = c.serial
    where c.commune_id = ${ctx.commune.id} and c.day > ${addDays(localDateOf(ctx.now), -SCAN_LIMITS.days)}
    group by c.lot_id, c.serial`.execute(ctx.db);
  return [...new Set(rows.filter((row) => isSuspicious(row)).map(({ lotId }) => lotId))];
}

/** How often a lot and its packs were looked up, in all. */
export async function scansOf(ctx: Ctx, lotId: string): Promise<number> {
  const { rows } = await sql<{ hamlet_id: string | null; scans: number }>`
    select l.hamlet_id, coalesce(sum(c.scans), 0)::int as scans from trace_lot l
    left join trace_scan c on c.commune_id = l.commune_id and c.lot_id = l.id
    where l.commune_id = ${ctx.commune.id} and l.id::text = ${lotId} group by l.hamlet_id`.execute(ctx.db);
  const [found] = rows;
  allow(ctx, 'trace.lot.see', { kind: 'lot', id: lotId, hamlet_id: found?.hamlet_id ?? null });
  return found?.scans ?? 0;
}
