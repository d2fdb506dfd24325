import { listHamlets } from '#domain/commune';
import { householdRefs } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, type LocalDate } from '#kernel/time';
import { drawSample, resultOf, resultsByHamlet, type Result } from './draw.ts';
import type { Outcome } from './survey.actions.ts';

export type Survey = {
  id: string;
  title: string;
  question: string;
  seed: string;
  /** How many households there were, and how many were drawn. */
  frame: number;
  size: number;
  drawnAt: Date;
  closesOn: LocalDate;
  open: boolean;
};

type Row = Awaited<ReturnType<typeof surveyRow>>;

function viewOf(ctx: Ctx, row: Row): Survey {
  const closesOn = localDate(row.closes_on);
  return {
    id: row.id,
    title: row.title,
    question: row.question,
    seed: row.seed,
    frame: row.frame.length,
    size: row.size,
    drawnAt: row.drawn_at,
    closesOn,
    open: closesOn >= localDateOf(ctx.now),
  };
}

/** The surveys, the newest first. */
export async function listSurveys(ctx: Ctx): Promise<Survey[]> {
  allow(ctx, 'criteria.survey.see');
  const rows = await ctx.db
    .selectFrom('criteria_survey')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('drawn_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => viewOf(ctx, row));
}

export type SurveyResults = {
  survey: Survey;
  /** Whether seed and households draw the sample that is kept. */
  drawHolds: boolean;
  visits: Record<Outcome | 'open', number>;
  whole: Result | null;
  hamlets: { name: string; result: Result | null }[];
};

/** What a survey has come to; groups under five are not told. @throws AppError `criteria.survey.not_found` */
export async function surveyResults(ctx: Ctx, id: string): Promise<SurveyResults> {
  allow(ctx, 'criteria.survey.see', { kind: 'criteria_survey', id });
  const row = await surveyRow(ctx, id);
  const drawn = await sampleOf(ctx, id);
  const answers = await ctx.db
    .selectFrom('criteria_survey_answer')
    .select(['hamlet_id as hamletId', 'score'])
    .where('commune_id', '=', ctx.commune.id)
    .where('survey_id', '=', id)
    .execute();
  const hamlets = resultsByHamlet(answers);
  const names = await listHamlets(ctx, { on: 'ever' });
  const count = (outcome: Outcome | null) => drawn.filter((one) => one.outcome === outcome).length;
  const again = drawSample(row.frame, row.seed, row.size);
  return {
    survey: viewOf(ctx, row),
    drawHolds: again.join() === drawn.map((one) => one.household_id).join(),
    visits: {
      answered: count('answered'),
      refused: count('refused'),
      not_met: count('not_met'),
      open: count(null),
    },
    whole: resultOf(answers.map(({ score }) => score)),
    hamlets: names.flatMap(({ id: hamlet, name }) => {
      const result = hamlets.get(hamlet);
      return result === undefined ? [] : [{ name, result }];
    }),
  };
}

export type ToVisit = { id: string; number: string; head: string; hamlet: string; outcome: Outcome | null };

/** Whom to visit, in the order of the draw. Names are looked up with the reader's own right, which is written down. */
export async function surveyHouseholds(ctx: Ctx, id: string): Promise<ToVisit[]> {
  allow(ctx, 'criteria.survey.record', { kind: 'criteria_survey', id });
  await surveyRow(ctx, id);
  const drawn = await sampleOf(ctx, id);
  const ids = drawn.map((one) => one.household_id);
  const refs = new Map((await householdRefs(ctx, { ids })).map((ref) => [ref.id, ref]));
  const names = new Map((await listHamlets(ctx, { on: 'ever' })).map((one) => [one.id, one.name]));
  return drawn.map(({ household_id, hamlet_id, outcome }) => ({
    id: household_id,
    number: refs.get(household_id)?.number ?? '–',
    head: refs.get(household_id)?.headName ?? '–',
    hamlet: names.get(hamlet_id) ?? '–',
    outcome: outcome as Outcome | null,
  }));
}

function sampleOf(ctx: Ctx, survey: string) {
  return ctx.db
    .selectFrom('criteria_survey_household')
    .select(['household_id', 'hamlet_id', 'outcome'])
    .where('commune_id', '=', ctx.commune.id)
    .where('survey_id', '=', survey)
    .orderBy('place')
    .execute();
}

/** Without a right of its own. @throws AppError `criteria.survey.not_found` (404) */
export async function surveyRow(ctx: Ctx, id: string) {
  const row = isId(id)
    ? await ctx.db
        .selectFrom('criteria_survey')
        .selectAll()
        .where('commune_id', '=', ctx.commune.id)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined;
  return mustExist(row, 'criteria.survey');
}
