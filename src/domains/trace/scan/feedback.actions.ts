/** What buyers write to the producer of a lot. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { isId, newId } from '#kernel/ids';
import { checked, line, lines, optional } from '#kernel/input';
import { allow, hamletsWhere } from '#kernel/rights';
import { sql } from 'kysely';
import { TELL_JOB } from '../lot/derive-later.ts';
import { nameOfActor } from '../lot/named.ts';
import { standingOf, type Asked } from './scan.queries.ts';

const Feedback = z.object({
  body: lines(2_000),
  /** A telephone number or an address, where an answer is wanted. */
  contact: optional(line(120)).default(null),
});
export type NewFeedback = z.input<typeof Feedback>;

/** Keeps what a buyer wrote; the producer is told that somebody wrote. @throws AppError `trace.lot.not_found`, `input.invalid` */
export async function sendFeedback(ctx: Ctx, asked: Asked, input: NewFeedback): Promise<void> {
  allow(ctx, 'trace.feedback.send');
  const { lotId } = await standingOf(ctx, asked);
  const { body, contact } = checked(Feedback, input);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('trace_feedback')
    .values({
      commune_id: ctx.commune.id,
      id,
      lot_id: lotId,
      serial: asked.serial,
      body,
      contact,
      sent_at: ctx.now,
    })
    .execute();
  await enqueue(ctx, TELL_JOB, { kind: 'feedback', key: id });
}

export type FeedbackLine = {
  id: string;
  lotId: string;
  lotCode: string;
  serial: string | null;
  body: string;
  contact: string | null;
  sentAt: Date;
  answer: string | null;
  answeredAt: Date | null;
  answeredName: string | null;
};

/** What buyers wrote, unanswered first; of one lot or all of the reader's hamlets. */
export async function listFeedback(ctx: Ctx, { lotId }: { lotId?: string } = {}): Promise<FeedbackLine[]> {
  const hamlets = hamletsWhere(ctx, 'trace.feedback.read');
  allow(ctx, 'trace.feedback.read', {
    kind: 'feedback',
    hamlet_id: hamlets === 'all' ? null : (hamlets[0] ?? null),
  });
  const mine = hamlets === 'all' ? sql`true` : sql`l.hamlet_id = any(${[...hamlets]}::uuid[])`;
  const { rows } = await sql<FeedbackLine>`
    select f.id, f.lot_id as "lotId", l.code as "lotCode", f.serial, f.body, f.contact, f.sent_at as "sentAt",
      f.answer, f.answered_at as "answeredAt", f.answered_name as "answeredName"
    from trace_feedback f join trace_lot l on l.commune_id = f.commune_id and l.id = f.lot_id
    where f.commune_id = ${ctx.commune.id} and ${mine}
      and ${lotId === undefined ? sql`true` : sql`f.lot_id::text = ${lotId}`}
    order by f.answered_at nulls first, f.sent_at desc limit 200`.execute(ctx.db);
  return rows;
}

const Answer = z.object({ answer: lines(2_000) });

/**
 * Writes down what a buyer was answered, or what was done about it; whoever does it answers for it by name.
 * @throws AppError `trace.feedback.not_found`, `trace.feedback.answered` (409)
 */
export async function answerFeedback(ctx: Ctx, id: string, input: z.input<typeof Answer>): Promise<void> {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('trace_feedback as f')
        .innerJoin('trace_lot as l', (join) =>
          join.onRef('l.commune_id', '=', 'f.commune_id').onRef('l.id', '=', 'f.lot_id'),
        )
        .select('l.hamlet_id')
        .where('f.commune_id', '=', ctx.commune.id)
        .where('f.id', '=', id)
        .executeTakeFirst()
    : undefined;
  allow(ctx, 'trace.feedback.answer', { kind: 'feedback', id, hamlet_id: row?.hamlet_id ?? null });
  mustExist(row, 'trace.feedback');
  const { answer } = checked(Answer, input);
  const by = actorId(ctx.actor);
  const done = await ctx.db
    .updateTable('trace_feedback')
    .set({
      answer,
      answered_at: ctx.now,
      answered_by: by,
      answered_name: nameOfActor(ctx.actor),
      read_at: ctx.now,
      read_by: by,
    })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new AppError('trace.feedback.answered', 409);
}
