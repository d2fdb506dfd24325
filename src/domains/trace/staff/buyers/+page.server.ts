import { redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { answerFeedback, listFeedback } from '../../scan/feedback.actions.ts';
import { flaggedPacks } from '../../scan/flags.queries.ts';
import { feedbackView, flagWords } from '../buyers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => ({
    words: await listFeedback(ctx),
    flagged: await flaggedPacks(ctx),
  }));
  return {
    words: found.words.map((one) => ({
      ...feedbackView(one, locale),
      href: localizeHref(`/trace/staff/${one.lotId}`),
    })),
    flagged: found.flagged.map((one) => ({
      key: `${one.lotId} ${one.serial}`,
      href: localizeHref(`/trace/staff/${one.lotId}`),
      lot: one.lotCode,
      serial: one.serial,
      words: flagWords(one, locale),
    })),
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_buyers({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  answer: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const { word = '', answer = '' } = typed;
    const refused = await attempt(locals, `answer-${word}`, typed, (ctx) =>
      answerFeedback(ctx, word, { answer }),
    );
    if (refused) return refused;
    redirect(303, url.pathname);
  },
};
