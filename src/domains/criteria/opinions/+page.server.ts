import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { limitOf, take } from '#kernel/rate-limit';
import { may } from '#kernel/rights';
import { giveOpinion } from '../opinion/consultation.actions.ts';
import { listConsultations, shownOpinions } from '../opinion/consultation.queries.ts';
import { takenWords } from '../opinion/words.ts';
import type { Actions, PageServerLoad } from './$types';

/** People write a few times; programs many times. */
const perAddress = limitOf(10, 60);

/** What the commune asks about its progress, and how it took what it was told. */
export const load: PageServerLoad = async ({ locals, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const opinions = await shownOpinions(ctx);
    return {
      consultations: (await listConsultations(ctx)).map(({ id, title, question, closesOn, open }) => ({
        id,
        title,
        question,
        open,
        closesOn: formatDate(closesOn, locale),
        opinions: opinions
          .filter((one) => one.consultationId === id)
          .map((one) => ({
            id: one.id,
            unit: one.unit,
            body: one.body,
            taken: takenWords(one.answer!.taken, locale),
            answer: one.answer!.body,
          })),
      })),
      mayGive: may(ctx, 'criteria.opinion.give'),
      signIn: `${localizeHref('/identity/sign-in')}?${new URLSearchParams({ back: url.pathname })}`,
      done: url.searchParams.has('done'),
    };
  });

export const actions: Actions = {
  give: async ({ locals, request, url, getClientAddress }) => {
    await take(perAddress, getClientAddress());
    const typed = await typedOf(request);
    const { consultation = '', unit = '', body = '' } = typed;
    const refused = await attempt(locals, `give-${consultation}`, typed, (ctx) =>
      giveOpinion(ctx, consultation, { unit, body }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done`);
  },
};
