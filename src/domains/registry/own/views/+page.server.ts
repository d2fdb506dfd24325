import { formatDateTime, formatIso, formatNumber } from '#kernel/format';
import { viewsOfOwn } from '../own.queries.ts';
import { viewerWords, viewWords } from '../own-words.ts';
import { boundTo } from '../page-of.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 25;
const LAST_PAGE = 1000;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  boundTo(locals, url);
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), LAST_PAGE);
  const offset = (page - 1) * PER_PAGE;
  const { items, total } = await locals.run((ctx) => viewsOfOwn(ctx, { offset, limit: PER_PAGE }));
  return {
    views: items.map((view) => ({
      id: view.id,
      when: formatDateTime(view.at, locale),
      iso: formatIso(view.at),
      who: viewerWords(view.viewer, locale),
      ...viewWords(view),
    })),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    first: offset + 1,
    total: formatNumber(total, { locale }),
  };
};
