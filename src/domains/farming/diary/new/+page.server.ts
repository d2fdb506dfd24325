import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { newId } from '#kernel/ids';
import { kindIn, openDiary, signInFirst, writeForm } from '../edge.page.ts';
import { entryQuestions } from '../entry-form.ts';
import { stockOf } from '../../input/stock.queries.ts';
import { stockOptions } from '../stock-options.ts';
import { kindWords } from '../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** One form for one kind of work, for many plots of one household. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { open, plots } = await openDiary(event);
  const kind = kindIn(event.url.searchParams.get('kind')) ?? 'care';
  if (!open) redirect(303, localizeHref('/farming/diary'));
  const options = plots.map(({ id, code, name }) => ({
    value: id,
    label: [code, name].filter(Boolean).join(' · '),
  }));
  const stock = stockOptions(await event.locals.run((ctx) => stockOf(ctx, open)));
  return {
    title: kindWords(kind, event.locals.locale),
    name: open.own ? null : open.name,
    holder: open.id,
    action: `?kind=${kind}&holder=${open.id}`,
    questions: entryQuestions(kind, { plots: options, now: new Date(), stock }),
    // The same form sent twice is the same entry.
    id: newId(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { open } = await openDiary(event);
    const kind = kindIn(event.url.searchParams.get('kind')) ?? 'care';
    if (!open) error(404);
    const refused = await writeForm(event, 'entry', open, kind);
    if (refused) return refused;
    redirect(303, `${localizeHref('/farming/diary')}?holder=${open.id}&done=1`);
  },
};
