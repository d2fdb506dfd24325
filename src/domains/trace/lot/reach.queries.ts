/** What was made of some lots, held still while something is decided of it. For verbs, which ask for the right. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { reachOf } from './lines.queries.ts';

/**
 * Some lots and all that was made of them, locked. Looked for again until nothing new is found: whoever made something
 * of one of them meanwhile has committed by then, and nobody takes from a locked lot.
 */
export async function lockReach(ctx: Ctx, lotIds: readonly string[]): Promise<string[]> {
  let found: string[] = [];
  for (;;) {
    const now = await reachOf(ctx, lotIds, 'forward');
    if (now.length === found.length) return now;
    found = now;
    await sql`select from trace_lot where commune_id = ${ctx.commune.id} and id = any(${found}::uuid[])
      order by id for update`.execute(ctx.db);
  }
}
