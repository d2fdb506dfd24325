import { localDateOf } from '#kernel/time';
import { closeFinding } from '../../../inspection/edge.close.ts';
import { inspectionView } from '../../../inspection/edge.view.ts';
import { mayClose } from '../../../inspection/inspection.actions.ts';
import { getInspection } from '../../../inspection/inspection.queries.ts';
import { openDiary, signInFirst } from '../../edge.page.ts';
import { holderWords } from '../../holder-words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One inspection, for the household and its technician. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, params, url } = event;
  const { choices } = await openDiary(event);
  const names = new Map(choices.map((one) => [one.id, holderWords(one)]));
  const found = await locals.run(async (ctx) => {
    const one = await getInspection(ctx, params.id);
    const holder = names.get(one.householdId ?? one.producerId ?? '') ?? null;
    const today = localDateOf(ctx.now);
    const view = inspectionView(one, holder, today, locals.locale);
    return { view, mayClose: await mayClose(ctx, one), today };
  });
  return { ...found, done: url.searchParams.has('done') };
};

export const actions: Actions = { close: closeFinding };
