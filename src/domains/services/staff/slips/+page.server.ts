import { fail } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { isAppError, refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { refusalOf, textOf } from '../../edge.ts';
import { readSlip, slipQuestions } from '../../rate/slip-form.ts';
import { answerSlip, readSlipCode } from '../../rating/slip.actions.ts';
import type { Actions, PageServerLoad } from './$types';

/** More than a day's pile is a slip of the keyboard, or a stranger's address. */
const MOST_COUNTED = 999;

export const load: PageServerLoad = ({ locals }) =>
  locals.run(async (ctx) => {
    allow(ctx, 'services.slip.type_in');
    return {
      questions: slipQuestions(),
      crumbs: [
        { href: localizeHref('/services/staff'), label: m.services_queue_title() },
        { href: localizeHref('/services/staff/slips'), label: m.services_slips_title() },
      ],
    };
  });

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const form = await request.formData();
    const code = textOf(form, 'code', 40);
    const scores = readSlip(form);
    const comment = textOf(form, 'comment', 2_000);
    const before = Math.min(Math.max(Math.trunc(Number(textOf(form, 'count', 3))) || 0, 0), MOST_COUNTED);
    try {
      await locals.run(async (ctx) => {
        allow(ctx, 'services.slip.type_in');
        const token = readSlipCode(code) ?? refuse('services.slip.not_found', 404);
        await answerSlip(ctx, token, { scores, comment, way: 'paper' });
      });
      return { taken: code, count: before + 1, again: null, refused: null };
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const { status, refused } = refusalOf(thrown);
      const again = { code, comment, questions: slipQuestions(scores) };
      return fail(status, { taken: null, count: before, again, refused });
    }
  },
};
