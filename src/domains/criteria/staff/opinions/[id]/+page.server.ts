import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { answerOpinion, type Taken } from '../../../opinion/consultation.actions.ts';
import { openOpinions } from '../../../opinion/consultation.queries.ts';
import { takenWords } from '../../../opinion/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One consultation with every opinion, and the forms that answer them. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const { consultation, opinions } = await openOpinions(ctx, params.id);
    return {
      title: consultation.title,
      question: consultation.question,
      closesOn: formatDate(consultation.closesOn, locale),
      opinions: opinions.map(({ id, unit, body, author, at, answer }) => ({
        id,
        body,
        from: unit ? `${author}, ${unit}` : author,
        at: formatDateTime(at, locale),
        answer: answer && {
          body: answer.body,
          taken: takenWords(answer.taken, locale),
          shown: answer.shown,
        },
      })),
      mayAnswer: may(ctx, 'criteria.opinion.answer'),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/opinions'), label: m.criteria_opinions({}, ctx) },
        { href: url.pathname, label: consultation.title },
      ],
    };
  });

export const actions: Actions = {
  answer: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { opinion = '', body = '', taken = '' } = typed;
    const given = { body, taken: taken as Taken, shown: typed.shown === 'yes' };
    const refused = await attempt(locals, `answer-${opinion}`, typed, (ctx) =>
      answerOpinion(ctx, opinion, given),
    );
    if (refused) return refused;
    redirect(303, url.pathname);
  },
};
