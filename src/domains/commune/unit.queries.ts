import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate } from '#kernel/time';
import type { Unit } from './unit.ts';

/** What the commune is and was, oldest first. */
export async function listUnits(ctx: Ctx): Promise<Unit[]> {
  allow(ctx, 'commune.unit.see');
  const rows = await ctx.db
    .selectFrom('commune_unit')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('valid_from', (by) => by.asc().nullsFirst())
    .execute();
  return rows.map((row) => ({
    id: row.id,
    officialCode: row.official_code,
    name: row.name,
    district: row.district,
    province: row.province,
    validFrom: row.valid_from === null ? null : localDate(row.valid_from),
    validTo: row.valid_to === null ? null : localDate(row.valid_to),
    successorCode: row.successor_code,
    source: row.source,
    verified: row.verified,
  }));
}
