import { redirect } from '@sveltejs/kit';
import { attemptAll, textsOf } from '#app/attempt';
import { localizeHref } from '#i18n/runtime';
import { refuseField } from '#kernel/input';
import { isId, newId } from '#kernel/ids';
import { AppError } from '#kernel/errors';
import { diariesOf } from '../../sync/bundle.queries.ts';
import { kindIn, refusalOf, signInFirst } from '../edge.page.ts';
import { entryQuestions } from '../entry-form.ts';
import { GROUP_KINDS, groupEntries } from '../group-form.ts';
import { plotsOfHolders } from '../holder-plots.queries.ts';
import { recordEntries } from '../record.actions.ts';
import { kindWords } from '../words.ts';
import type { Actions, PageServerLoad } from './$types';

const kindOf = (url: URL) =>
  GROUP_KINDS.find((kind) => kind === kindIn(url.searchParams.get('kind'))) ?? 'spray';

/** A technician writes one piece of work for the plots of many households. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, url } = event;
  const kind = kindOf(url);
  const { plots, names } = await locals.run(async (ctx) => {
    const { holders, names } = await diariesOf(ctx);
    return { plots: await plotsOfHolders(ctx, holders), names };
  });
  const options = plots.map((plot) => ({
    value: plot.id,
    label: [plot.code, plot.name, names.get(plot.householdId ?? plot.producerId ?? '')]
      .filter(Boolean)
      .join(' · '),
  }));
  // What is shared out by area is asked for all plots together; the sprayed area is that of the plots.
  const questions = entryQuestions(kind, { plots: options, now: new Date() }).filter(
    ({ name }) => name !== 'area_m2',
  );
  return {
    kind,
    title: kindWords(kind, locals.locale),
    kinds: GROUP_KINDS.map((value) => ({ value, label: kindWords(value, locals.locale) })),
    questions: plots.length === 0 ? null : questions,
    id: newId(),
    done: Number(url.searchParams.get('done')) || 0,
    turnedAway: Number(url.searchParams.get('refused')) || 0,
  };
};

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    const typed = textsOf(await request.formData(), ['plots']);
    let [written, turnedAway] = [0, 0];
    const refused = await attemptAll(locals, 'entry', typed, async () => {
      if (!isId(typed['id'] ?? '')) throw new AppError('input.bad_form', 400);
      const outcomes = await locals.run(async (ctx) => {
        const { holders } = await diariesOf(ctx);
        const entries = groupEntries(kindOf(url), typed, await plotsOfHolders(ctx, holders), ctx.now);
        if (entries.length === 0) refuseField('plots', 'input.missing');
        return recordEntries(ctx, entries);
      });
      written = outcomes.filter(({ state }) => state === 'accepted').length;
      turnedAway = outcomes.length - written;
      // What is wrong for all is said at the form; what is wrong for some stands in their diaries.
      if (written === 0) refusalOf(outcomes[0]!, locals.locale);
    });
    if (refused) return refused;
    redirect(
      303,
      `${localizeHref('/farming/diary/group')}?kind=${kindOf(url)}&done=${written}&refused=${turnedAway}`,
    );
  },
};
