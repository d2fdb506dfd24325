import { mustExist } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { openBoard } from '../../desk.ts';
import { boardView } from '../../words.ts';
import type { PageServerLoad } from './$types';

/** One theme with all its indicators: what is asked, what is there, what is missing. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  return locals.run(async (ctx) => {
    const { board, asOf, code } = await openBoard(ctx, url.searchParams);
    const view = board && boardView(board, locale, false);
    const theme = mustExist(
      view?.themes.find((one) => one.code === params.code),
      'criteria.theme',
    );
    return {
      theme,
      title: view!.title,
      verified: view!.verified,
      source: view!.source,
      day: formatDate(asOf, locale),
      asked: new URLSearchParams({ set: code, as_of: asOf }).toString(),
    };
  });
};
