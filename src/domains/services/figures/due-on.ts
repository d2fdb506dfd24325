/** The due time of a dossier as it stood at the end of a past day. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { dueTimes } from '../dossier/clock.ts';
import { foldDossier, type Action } from '../dossier/dossier.ts';
import { getProcedureVersion } from '../procedure.queries.ts';
import type { DossierQuery } from './dossier-parts.ts';

/** Due before a moment, and where `from` is given not before that one. */
export type DueTest = { from?: Date; before: Date };

/** What moves a due time, or ends the pause in which there is none. */
const MOVES_CLOCK = [
  'request_supplement',
  'supplement',
  'request_payment',
  'collect_fee',
  'stop',
  'resume',
  'extend',
  'apologise',
  'withdraw',
] as const;

/**
 * A condition on `d`: its due time, by the actions before `end`, passes the test. The stored due time holds
 * for whatever was not moved since; the few others are folded again.
 */
export async function dueOn(
  ctx: Ctx,
  query: DossierQuery,
  end: Date,
  test: DueTest,
): Promise<RawBuilder<SqlBool>> {
  const stored = test.from
    ? sql<SqlBool>`(d.due_at >= ${test.from} and d.due_at < ${test.before})`
    : sql<SqlBool>`d.due_at < ${test.before}`;
  if (end > ctx.now) return stored;
  const moved = sql<SqlBool>`exists (select 1 from services_action c where c.commune_id = d.commune_id
    and c.dossier_id = d.id and c.at >= ${end} and c.kind in (${sql.join([...MOVES_CLOCK])}))`;
  const ids = await movedButDue(ctx, query.where(moved), end, test);
  const again = ids.length > 0 ? sql<SqlBool>`d.id in (${sql.join(ids)})` : sql<SqlBool>`false`;
  return sql<SqlBool>`((${stored} and not ${moved}) or ${again})`;
}

async function movedButDue(ctx: Ctx, query: DossierQuery, end: Date, test: DueTest): Promise<string[]> {
  const rows = await query.select(['d.id', 'd.procedure_code', 'd.procedure_version']).execute();
  if (rows.length === 0) return [];
  const actions = await actionsBefore(
    ctx,
    rows.map((row) => row.id),
    end,
  );
  const calendar = await officeCalendar(ctx);
  const found: string[] = [];
  for (const row of rows) {
    const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
    const { due } = dueTimes(foldDossier(actions.get(row.id) ?? []), procedure, calendar);
    if (due && due < test.before && (!test.from || due >= test.from)) found.push(row.id);
  }
  return found;
}

/** The actions of these dossiers before a moment, in order. */
export async function actionsBefore(
  ctx: Ctx,
  ids: readonly string[],
  before: Date,
): Promise<Map<string, Action[]>> {
  const rows = await ctx.db
    .selectFrom('services_action')
    .select(['dossier_id', 'kind', 'at', 'actor_id as actorId', 'official_id as officialId', 'data'])
    .where('commune_id', '=', ctx.commune.id)
    .where(sql<SqlBool>`dossier_id = any(${ids}::uuid[])`)
    .where('at', '<', before)
    .orderBy('dossier_id')
    .orderBy('seq')
    .execute();
  const found = new Map<string, Action[]>();
  for (const { dossier_id, ...action } of rows) {
    const list = found.get(dossier_id) ?? [];
    if (list.length === 0) found.set(dossier_id, list);
    list.push(action as Action);
  }
  return found;
}
