/** A dossier between table and fold: reading its actions, appending one, keeping the projection true. */
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Thing } from '#kernel/rights';
import type { ServicesDossier } from '#kernel/schema';
import { getProcedureVersion } from '../procedure.queries.ts';
import type { ProcedureVersion } from '../procedure.ts';
import { dueTimes } from './clock.ts';
import { helperHolds } from './ownership.ts';
import { foldDossier, STATES, type Action, type Dossier } from './dossier.ts';

/** `helper_holds`: the helper who filed it has a mandate that holds now. */
export type DossierRow = Selectable<ServicesDossier> & { helper_holds: boolean };

/** The row, its fold and its procedure: what a verb works with. */
export type Loaded = {
  row: DossierRow;
  actions: readonly Action[];
  dossier: Dossier;
  procedure: ProcedureVersion;
};

/**
 * Reads a dossier; `lock` keeps others from acting on it until this transaction ends.
 * @throws AppError `services.dossier.not_found` (404), also for another commune's
 */
export async function loadDossier(ctx: Ctx, id: string, { lock = false } = {}): Promise<Loaded> {
  const query = ctx.db
    .selectFrom('services_dossier')
    .selectAll()
    .select(helperHolds(ctx).as('helper_holds'))
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id);
  const found = isId(id) ? await (lock ? query.forUpdate() : query).executeTakeFirst() : undefined;
  const row = mustExist(found, 'services.dossier');
  const actions = await actionsOf(ctx, id);
  const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
  return { row, actions, dossier: foldDossier(actions), procedure };
}

/** All actions of a dossier, in order. */
export async function actionsOf(ctx: Ctx, id: string): Promise<Action[]> {
  const rows = await ctx.db
    .selectFrom('services_action')
    .select(['kind', 'at', 'actor_id', 'official_id', 'data'])
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', id)
    .orderBy('seq')
    .execute();
  return rows.map(
    (row) =>
      ({
        kind: row.kind,
        at: row.at,
        actorId: row.actor_id,
        officialId: row.official_id,
        data: row.data,
      }) as Action,
  );
}

/** The dossier as rights see it. */
export function asThing(row: DossierRow): Thing {
  return {
    kind: 'dossier',
    id: row.id,
    commune_id: row.commune_id,
    hamlet_id: row.hamlet_id,
    owners: [row.applicant_user_id, row.helper_holds ? row.helper_user_id : null],
  };
}

/** Appends one action and brings the projection up to date, in one statement. */
export async function append(
  ctx: Ctx,
  loaded: Loaded,
  action: Action,
  clientId: string | null,
): Promise<Loaded> {
  const actions = [...loaded.actions, action];
  const dossier = foldDossier(actions);
  const projection = await projectionOf(ctx, dossier, loaded.procedure);
  const seq = loaded.row.last_seq + 1;
  const row = await ctx.db
    .with('acted', (db) =>
      db.insertInto('services_action').values(actionRow(ctx, loaded.row.id, seq, action, clientId)),
    )
    .updateTable('services_dossier')
    .set({ ...projection, last_seq: seq })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', loaded.row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const { helper_holds } = loaded.row;
  return { ...loaded, row: { ...row, helper_holds }, actions, dossier };
}

export function actionRow(ctx: Ctx, dossierId: string, seq: number, action: Action, clientId: string | null) {
  return {
    commune_id: ctx.commune.id,
    dossier_id: dossierId,
    seq,
    kind: action.kind,
    at: action.at,
    actor_id: action.actorId,
    official_id: action.officialId,
    client_id: clientId,
    data: JSON.stringify(action.data),
  };
}

/** The columns of `services_dossier` that follow from the fold. A test holds them equal to a fresh fold. */
export async function projectionOf(ctx: Ctx, dossier: Dossier, procedure: ProcedureVersion) {
  const { due, stepDue, stoppedAt } = dueTimes(dossier, procedure, await officeCalendar(ctx));
  return {
    state: STATES[dossier.state],
    step: dossier.step,
    assignee_id: dossier.assigneeId,
    received_at: dossier.receivedAt,
    due_at: due,
    step_due_at: stepDue,
    clock_stopped_at: stoppedAt,
    finished_at: dossier.finishedAt,
    returned_at: dossier.returnedAt,
    outcome: dossier.outcome,
  };
}

/** Makes others who use the same key wait until this transaction ends: a repeated submit finds the first one's work. */
export async function onlyOneAtATime(ctx: Ctx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ctx.commune.id}, hashtext(${key}))`.execute(ctx.db);
}

/** Whether a move with this client id is already among the dossier's actions. */
export async function wasDone(ctx: Ctx, id: string, clientId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('services_action')
    .select('seq')
    .where('commune_id', '=', ctx.commune.id)
    .where('dossier_id', '=', id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row !== undefined;
}
