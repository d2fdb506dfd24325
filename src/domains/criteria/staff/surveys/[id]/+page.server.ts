import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import type { Ctx } from '#kernel/context';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { outcomeWords, resultWords } from '../../../opinion/words.ts';
import { recordVisit, type Outcome } from '../../../survey/survey.actions.ts';
import { surveyHouseholds, surveyResults } from '../../../survey/survey.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** One survey: what it has come to, how it was drawn, whom to visit. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const { survey, drawHolds, visits, whole, hamlets } = await surveyResults(ctx, params.id);
    return {
      title: survey.title,
      question: survey.question,
      open: survey.open,
      seed: survey.seed,
      drawHolds,
      sample: m.criteria_survey_sample({ size: survey.size, frame: survey.frame }, { locale }),
      drawn: formatDateTime(survey.drawnAt, locale),
      closesOn: formatDate(survey.closesOn, locale),
      visits: m.criteria_survey_visits(visits, { locale }),
      whole: resultWords(whole, locale),
      hamlets: hamlets.map(({ name, result }) => ({ name, result: resultWords(result, locale) })),
      households: await toVisit(ctx, params.id),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/surveys'), label: m.criteria_surveys({}, ctx) },
        { href: url.pathname, label: survey.title },
      ],
    };
  });

/** Only for those who write visits down. */
async function toVisit(ctx: Ctx, id: string) {
  if (!may(ctx, 'criteria.survey.record')) return null;
  return (await surveyHouseholds(ctx, id)).map((one) => ({
    ...one,
    words: outcomeWords(one.outcome, ctx.locale),
  }));
}

export const actions: Actions = {
  visit: async ({ locals, params, request, url }) => {
    const typed = await typedOf(request);
    const { household = '', said = '' } = typed;
    const score = /^[1-5]$/.test(said) ? Number(said) : null;
    const outcome = score === null ? (said as Outcome) : 'answered';
    const refused = await attempt(locals, `visit-${household}`, typed, (ctx) =>
      recordVisit(ctx, params.id, household, { outcome, score }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}#households`);
  },
};
