/** The actions of documents and tasks: reading them in order, appending one. */
import { actorId, type Ctx } from '#kernel/context';
import { sql } from 'kysely';

export type Subject = 'document' | 'task';

/** One thing that happened; `data` is what its kind says. */
export type Logged<Kind extends string = string, Data = unknown> = {
  kind: Kind;
  at: Date;
  actorId: string;
  /** The official who acted, if one did. */
  officialId: string | null;
  data: Data;
};

/** All actions of a thing, in order. */
export async function readLog(ctx: Ctx, subjectId: string): Promise<Logged[]> {
  const rows = await ctx.db
    .selectFrom('office_action')
    .select(['kind', 'at', 'actor_id', 'official_id', 'data'])
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .orderBy('seq')
    .execute();
  return rows.map(({ kind, at, actor_id, official_id, data }) => ({
    kind,
    at,
    actorId: actor_id,
    officialId: official_id,
    data,
  }));
}

/** Writes one action. The caller holds the row's lock, or has just made the thing. */
export async function writeLog(
  ctx: Ctx,
  subject: Subject,
  subjectId: string,
  seq: number,
  action: Logged,
  clientId: string | null,
): Promise<void> {
  await ctx.db
    .insertInto('office_action')
    .values({
      commune_id: ctx.commune.id,
      subject_id: subjectId,
      seq,
      subject,
      kind: action.kind,
      at: action.at,
      actor_id: action.actorId,
      official_id: action.officialId,
      client_id: clientId,
      data: JSON.stringify(action.data),
    })
    .execute();
}

/** An action done now by whoever acts. */
export function actionNow<Kind extends string, Data>(
  ctx: Ctx,
  kind: Kind,
  data: Data,
  officialId: string | null,
): Logged<Kind, Data> {
  return { kind, at: ctx.now, actorId: actorId(ctx.actor), officialId, data };
}

/** Whether an action with this client id is already among the thing's actions. */
export async function wasDone(ctx: Ctx, subjectId: string, clientId: string | undefined): Promise<boolean> {
  if (!clientId) return false;
  const row = await ctx.db
    .selectFrom('office_action')
    .select('seq')
    .where('commune_id', '=', ctx.commune.id)
    .where('subject_id', '=', subjectId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes others who use the same key wait until this transaction ends: a repeated submit finds the first one's work. */
export async function onlyOneAtATime(ctx: Ctx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ctx.commune.id}, hashtext(${key}))`.execute(ctx.db);
}
