/** Consultations: a question to units and people, their opinions, and how the commune took each. Only ever added to. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { consultationRow } from './consultation.queries.ts';

const Question = z.object({ title: line(200), question: lines(4000), closesOn: Day });
const Opinion = z.object({ unit: optional(line(200)).default(null), body: lines(4000) });

/** What became of an opinion. */
export const TAKEN = ['taken', 'partly', 'not_taken'] as const;
export type Taken = (typeof TAKEN)[number];
const Answer = z.object({ body: lines(4000), taken: z.enum(TAKEN), shown: z.boolean() });

/** Puts a question to everybody until the end of a day. @returns its id @throws AppError `criteria.consultation.day_past` */
export async function openConsultation(ctx: Ctx, input: z.input<typeof Question>): Promise<string> {
  allow(ctx, 'criteria.consultation.open');
  const { title, question, closesOn } = checked(Question, input);
  if (closesOn < localDateOf(ctx.now)) refuseField('closesOn', 'criteria.consultation.day_past');
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_consultation')
    .values({
      commune_id: ctx.commune.id,
      id,
      title,
      question,
      closes_on: closesOn,
      opened_by: actorId(ctx.actor),
      opened_at: ctx.now,
    })
    .execute();
  return id;
}

/**
 * Gives an opinion, for oneself or for a unit. The name is for the desk alone. @returns its id
 * @throws AppError `criteria.consultation.not_found`, `criteria.consultation.closed` (409)
 */
export async function giveOpinion(ctx: Ctx, id: string, input: z.input<typeof Opinion>): Promise<string> {
  allow(ctx, 'criteria.opinion.give', { kind: 'criteria_consultation', id });
  const { unit, body } = checked(Opinion, input);
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  const { closes_on } = await consultationRow(ctx, id);
  if (closes_on < localDateOf(ctx.now)) throw new AppError('criteria.consultation.closed', 409);
  const opinion = newId(ctx.now);
  await ctx.db
    .insertInto('criteria_opinion')
    .values({
      commune_id: ctx.commune.id,
      id: opinion,
      consultation_id: id,
      unit,
      body,
      author: actorId(ctx.actor),
      author_name: ctx.actor.name,
      given_at: ctx.now,
    })
    .execute();
  return opinion;
}

/** Says how an opinion was taken, and whether everybody may read both. @throws AppError `criteria.opinion.not_found` */
export async function answerOpinion(ctx: Ctx, id: string, input: z.input<typeof Answer>): Promise<void> {
  allow(ctx, 'criteria.opinion.answer', { kind: 'criteria_opinion', id });
  const { body, taken, shown } = checked(Answer, input);
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_opinion')
        .select('id')
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  mustExist(row, 'criteria.opinion');
  await ctx.db
    .insertInto('criteria_opinion_answer')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      opinion_id: id,
      body,
      taken,
      shown,
      answered_by: actorId(ctx.actor),
      answered_at: ctx.now,
    })
    .execute();
}
