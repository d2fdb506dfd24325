/** The names of procedures, each by its latest version. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';

/** Code → name in the reader's language, in the order of the codes. */
export async function procedureNames(ctx: Ctx): Promise<Map<string, string>> {
  allow(ctx, 'services.figures.see');
  const rows = await ctx.db
    .selectFrom('services_procedure_version')
    .distinctOn('code')
    .select(['code', sql<string>`content -> 'name' ->> ${ctx.locale}`.as('name')])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.code, row.name]));
}
