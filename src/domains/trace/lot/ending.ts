/** Holds and recalls end once, by somebody who answers for it by name. For verbs, which ask for the right. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { nameOfActor } from './named.ts';

const COLUMNS = {
  trace_hold: { at: 'lifted_at', by: 'lifted_by', name: 'lifted_name', reason: 'lift_reason' },
  trace_recall: { at: 'ended_at', by: 'ended_by', name: 'ended_name', reason: 'end_reason' },
} as const;

/** @returns whether it was still open */
export async function endOnce(
  ctx: Ctx,
  table: keyof typeof COLUMNS,
  id: string,
  reason: string,
): Promise<boolean> {
  const columns = COLUMNS[table];
  const ended = await sql`
    update ${sql.table(table)} set ${sql.ref(columns.at)} = ${ctx.now}, ${sql.ref(columns.by)} = ${actorId(ctx.actor)},
      ${sql.ref(columns.name)} = ${nameOfActor(ctx.actor)}, ${sql.ref(columns.reason)} = ${reason}
    where commune_id = ${ctx.commune.id} and id = ${id} and ${sql.ref(columns.at)} is null`.execute(ctx.db);
  return ended.numAffectedRows === 1n;
}
