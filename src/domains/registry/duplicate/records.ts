import { sql, type RawBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';

/** A person's record and those that were merged into it, one into another: their ids, as a query. */
function recordsOf(ctx: Ctx, residentId: string) {
  return sql`with recursive record as (
      select ${residentId}::uuid as id
      union
      select r.id from registry_resident r join record on r.merged_into = record.id
      where r.commune_id = ${ctx.commune.id})
    select id from record`;
}

/** Whether a line of the book (`c`) is about this household, or about this person by whatever record. */
export function inBook(ctx: Ctx, column: 'household_id' | 'resident_id', id: string): RawBuilder<boolean> {
  return column === 'household_id'
    ? sql<boolean>`c.household_id = ${id}`
    : sql<boolean>`c.resident_id in (${recordsOf(ctx, id)})`;
}
