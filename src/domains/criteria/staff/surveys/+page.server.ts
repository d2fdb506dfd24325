import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { drawSurvey } from '../../survey/survey.actions.ts';
import { listSurveys } from '../../survey/survey.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** The surveys of satisfaction, and the form that draws a sample for a new one. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => ({
    rows: (await listSurveys(ctx)).map(({ id, title, size, frame, closesOn, drawnAt }) => ({
      id,
      title,
      href: localizeHref(`/criteria/staff/surveys/${id}`),
      sample: m.criteria_survey_sample({ size, frame }, ctx),
      drawn: formatDate(drawnAt, ctx.locale),
      closesOn: formatDate(closesOn, ctx.locale),
    })),
    mayDraw: may(ctx, 'criteria.survey.draw'),
    crumbs: [
      { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
      { href: url.pathname, label: m.criteria_surveys({}, ctx) },
    ],
  }));

export const actions: Actions = {
  draw: async ({ locals, request }) => {
    const typed = await typedOf(request);
    const { title = '', question = '', size = '', closesOn = '' } = typed;
    let id = '';
    const refused = await attempt(locals, 'draw', typed, async (ctx) => {
      id = await drawSurvey(ctx, { title, question, size, closesOn });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/criteria/staff/surveys/${id}`));
  },
};
