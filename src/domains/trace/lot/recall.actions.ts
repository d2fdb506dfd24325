/** Recalls: named lots and all that was made of them are called back, marked for every buyer, and told of. */
import { sql } from 'kysely';
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { AppError, mustExist } from '#kernel/errors';
import { isId, randomCode } from '#kernel/ids';
import { checked, Id, lines, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { deriveLater, TELL_JOB } from './derive-later.ts';
import { endOnce } from './ending.ts';
import { readLots } from './lines.queries.ts';
import { nameOfActor } from './named.ts';
import { lockReach } from './reach.queries.ts';
import { lotsOfRecall } from './recall.queries.ts';

const Recall = z.object({
  /** Made by the sender. */
  id: Id,
  lotIds: z.array(Id).min(1, 'input.missing').max(500),
  /** For the commune's own files. */
  reason: lines(2_000),
  /** What buyers read: what is wrong, what they shall do. */
  publicVi: lines(600),
  publicEn: optional(lines(600)).default(null),
});
export type NewRecall = z.input<typeof Recall>;

/**
 * Calls back some lots and all that was made of them. Sent twice it is one recall.
 * @returns its id and code, and every lot that it reaches @throws AppError `trace.lot.not_found`
 */
export async function startRecall(
  ctx: Ctx,
  input: NewRecall,
): Promise<{ id: string; code: string; lotIds: string[] }> {
  allow(ctx, 'trace.recall.start', { kind: 'recall', id: input.id }, { lots: input.lotIds });
  const given = checked(Recall, input);
  const before = await findRecall(ctx, given.id);
  if (before) return { id: given.id, code: before.code, lotIds: await lotsOfRecall(ctx, given.id) };
  const named = [...new Set(given.lotIds)];
  const known = await readLots(ctx, sql`l.id = any(${named}::uuid[])`);
  if (known.length < named.length) throw new AppError('trace.lot.not_found', 404);
  const lotIds = await lockReach(ctx, named);
  const code = `TH${localDateOf(ctx.now).slice(2).replaceAll('-', '')}-${randomCode(4)}`;
  await ctx.db
    .insertInto('trace_recall')
    .values({
      commune_id: ctx.commune.id,
      id: given.id,
      code,
      reason: given.reason,
      public_vi: given.publicVi,
      public_en: given.publicEn,
      started_at: ctx.now,
      started_by: actorId(ctx.actor),
      started_name: nameOfActor(ctx.actor),
    })
    .execute();
  await sql`insert into trace_recall_lot (commune_id, recall_id, lot_id, named)
    select ${ctx.commune.id}, ${given.id}, lot, lot = any(${named}::uuid[]) from unnest(${lotIds}::uuid[]) as lot`.execute(
    ctx.db,
  );
  await sql`update trace_lot set recalled = true where commune_id = ${ctx.commune.id}
    and id = any(${lotIds}::uuid[])`.execute(ctx.db);
  await enqueue(ctx, TELL_JOB, { kind: 'recall', key: given.id });
  await deriveLater(ctx);
  return { id: given.id, code, lotIds };
}

const Ending = z.object({ reason: lines(1_000) });

/** Ends a recall: what was called back is back, or it proved groundless. @throws AppError `trace.recall.not_found` */
export async function endRecall(ctx: Ctx, id: string, input: z.input<typeof Ending>): Promise<void> {
  allow(ctx, 'trace.recall.end', { kind: 'recall', id }, { reason: input.reason });
  const { reason } = checked(Ending, input);
  mustExist(await findRecall(ctx, id), 'trace.recall');
  if (!(await endOnce(ctx, 'trace_recall', id, reason))) return;
  await sql`update trace_lot l set recalled = false where l.commune_id = ${ctx.commune.id}
    and l.id in (select lot_id from trace_recall_lot where commune_id = ${ctx.commune.id} and recall_id = ${id})
    and not exists (select from trace_recall_lot o join trace_recall r
      on r.commune_id = o.commune_id and r.id = o.recall_id and r.ended_at is null
      where o.commune_id = l.commune_id and o.lot_id = l.id)`.execute(ctx.db);
  await deriveLater(ctx);
}

async function findRecall(ctx: Ctx, id: string) {
  if (!isId(id)) return undefined;
  return ctx.db
    .selectFrom('trace_recall')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .executeTakeFirst();
}
