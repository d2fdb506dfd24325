import { fail } from '@sveltejs/kit';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { refusalOf, textOf } from '../../edge.ts';
import { findProcedureOn } from '../../procedure.queries.ts';
import { answerSlip, openSlip } from '../../rating/slip.actions.ts';
import { procedureName } from '../../words.ts';
import { readSlip, slipQuestions } from '../slip-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { procedureCode, used } = await openSlip(ctx, params.token);
    return {
      used,
      procedure: await nameOf(ctx, procedureCode),
      questions: slipQuestions(),
      tablet: url.searchParams.has('tablet'),
    };
  });

async function nameOf(ctx: Ctx, code: string): Promise<string> {
  const version = await findProcedureOn(ctx, code, localDateOf(ctx.now));
  return version ? procedureName(version, ctx.locale) : code;
}

export const actions: Actions = {
  default: async ({ locals, params, request, url }) => {
    const form = await request.formData();
    const scores = readSlip(form);
    const comment = textOf(form, 'comment', 2_000);
    const way = url.searchParams.has('tablet') ? ('tablet' as const) : ('link' as const);
    try {
      await locals.run((ctx) => answerSlip(ctx, params.token, { scores, comment, way }));
      return { thanks: true as const };
    } catch (thrown) {
      const { status, refused } = refusalOf(thrown);
      return fail(status, { questions: slipQuestions(scores), comment, refused });
    }
  },
};
