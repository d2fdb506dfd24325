/** Surveys of satisfaction: the draw, the visits, and what was said, kept apart from who said it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { householdRefs } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { isId, newId, randomToken } from '#kernel/ids';
import { checked, Day, line, lines, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { drawSample } from './draw.ts';
import { surveyRow } from './survey.queries.ts';

const NewSurvey = z.object({
  title: line(200),
  question: lines(1000),
  size: z.coerce
    .number('criteria.survey.bad_size')
    .int('criteria.survey.bad_size')
    .min(5, 'criteria.survey.bad_size')
    .max(2000, 'criteria.survey.bad_size'),
  closesOn: Day,
});

export const OUTCOMES = ['answered', 'refused', 'not_met'] as const;
export type Outcome = (typeof OUTCOMES)[number];
const Visit = z
  .object({
    outcome: z.enum(OUTCOMES),
    score: z.coerce.number().int().min(1).max(5).nullable().default(null),
  })
  .refine(({ outcome, score }) => (outcome === 'answered') === (score !== null), {
    path: ['score'],
    message: 'criteria.survey.score',
  });

/**
 * Draws a sample of today's households; seed and households are kept, so that anybody draws the same again. @returns its id
 * @throws AppError `criteria.survey.too_few` (409) where there are fewer households than asked for
 */
export async function drawSurvey(ctx: Ctx, input: z.input<typeof NewSurvey>): Promise<string> {
  allow(ctx, 'criteria.survey.draw');
  const { title, question, size, closesOn } = checked(NewSurvey, input);
  if (closesOn < localDateOf(ctx.now)) refuseField('closesOn', 'criteria.consultation.day_past');
  // Asked as the program: the draw needs every household, whoever makes it; names are not kept.
  const program: Ctx = { ...ctx, actor: { kind: 'system', name: 'criteria' }, trail: [] };
  const households = await householdRefs(program, {});
  if (households.length < size) refuse('criteria.survey.too_few', 409, { households: households.length });
  const hamletOf = new Map(households.map((one) => [one.id, one.hamletId]));
  const seed = randomToken();
  const frame = [...hamletOf.keys()];
  const id = newId(ctx.now);
  const common = { commune_id: ctx.commune.id, survey_id: id };
  await ctx.db
    .insertInto('criteria_survey')
    .values({
      commune_id: ctx.commune.id,
      id,
      title,
      question,
      seed,
      frame,
      size,
      closes_on: closesOn,
      drawn_by: actorId(ctx.actor),
      drawn_at: ctx.now,
    })
    .execute();
  await ctx.db
    .insertInto('criteria_survey_household')
    .values(
      drawSample(frame, seed, size).map((household, at) => ({
        ...common,
        household_id: household,
        hamlet_id: hamletOf.get(household)!,
        place: at + 1,
      })),
    )
    .execute();
  return id;
}

/**
 * Writes down what came of a visit. What was said is kept without the household; it is said once.
 * @throws AppError `criteria.survey.not_found`, `criteria.survey.closed` (409), `criteria.survey.answered` (409)
 */
export async function recordVisit(
  ctx: Ctx,
  survey: string,
  household: string,
  input: z.input<typeof Visit>,
): Promise<void> {
  // The trail says that a visit was written down, not of whom: with the time it would lead to the answer.
  allow(ctx, 'criteria.survey.record', { kind: 'criteria_survey', id: survey });
  const { outcome, score } = checked(Visit, input);
  const { closes_on } = await surveyRow(ctx, survey);
  if (closes_on < localDateOf(ctx.now)) throw new AppError('criteria.survey.closed', 409);
  const row = isId(household)
    ? await ctx.db
        .selectFrom('criteria_survey_household')
        .select(['hamlet_id', 'outcome'])
        .where('commune_id', '=', ctx.commune.id)
        .where('survey_id', '=', survey)
        .where('household_id', '=', household)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  const { hamlet_id, outcome: before } = mustExist(row, 'criteria.survey');
  if (before === 'answered') refuse('criteria.survey.answered', 409);
  await ctx.db
    .updateTable('criteria_survey_household')
    .set({ outcome })
    .where('commune_id', '=', ctx.commune.id)
    .where('survey_id', '=', survey)
    .where('household_id', '=', household)
    .execute();
  if (score === null) return;
  await ctx.db
    .insertInto('criteria_survey_answer')
    .values({ commune_id: ctx.commune.id, id: randomUUID(), survey_id: survey, hamlet_id, score })
    .execute();
}
