import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { dayOf } from '../desk.ts';
import { hamletBoards, hamletCells } from '../public/hamlets.queries.ts';
import { legendOf } from '../public/story.ts';
import { levelsOf } from '../board.ts';
import type { PageServerLoad } from './$types';

/** The hamlets side by side, for everybody. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { asOf, sets } = await locals.run(async (ctx) => {
    const day = dayOf(ctx.now, url.searchParams);
    return { asOf: day, sets: await hamletBoards(ctx, day) };
  });
  return {
    asOf,
    day: formatDate(asOf, locale),
    legend: legendOf(locale),
    sets: sets.map(({ set, rows }) => ({
      code: set.code,
      title: set.title[locale],
      source: set.source,
      verified: set.verified,
      reached: rows.filter(({ board }) => board.status === 'reached').length,
      all: rows.length,
      asks: rows[0] ? levelsOf(rows[0].board).indicators.map(({ indicator }) => indicator.text[locale]) : [],
      rows: rows.map(hamletCells).map(({ slug, ...row }) => ({
        ...row,
        href: localizeHref(`/commune/hamlets/${slug}`),
      })),
    })),
  };
};
