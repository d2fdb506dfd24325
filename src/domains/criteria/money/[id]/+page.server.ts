import { localizeHref } from '#i18n/runtime';
import { formatDate } from '#kernel/format';
import { levelsOf } from '../../board.ts';
import { dayOf, openBoard } from '../../desk.ts';
import { lineView } from '../../words.ts';
import { workLedger } from '../overview.queries.ts';
import { contractRowsView, entryRows, fundRows, giversView, peopleGave } from '../views.ts';
import { inKindWords, sumWords } from '../words.ts';
import type { PageServerLoad } from './$types';

/** One work: what was promised, received and spent, by whom it is built, what it has come to. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const { asOf, found, lifted } = await locals.run(async (ctx) => {
    const day = dayOf(ctx.now, url.searchParams);
    const ledger = await workLedger(ctx, params.id, day);
    const codes = ledger.pilot?.lifts ?? [];
    const { board } = codes.length > 0 ? await openBoard(ctx, url.searchParams) : { board: undefined };
    const lines = board ? levelsOf(board).indicators : [];
    const own = lines.filter(({ indicator }) => codes.includes(indicator.code));
    return { asOf: day, found: ledger, lifted: own };
  });
  return {
    title: found.work.title[locale],
    pilot: found.pilot?.title[locale] ?? null,
    day: formatDate(asOf, locale),
    funds: fundRows(found, locale),
    sums: sumWords(found.sums, locale),
    entries: entryRows(found, locale),
    takenBack: found.takenBack,
    contracts: contractRowsView(found, locale),
    results: found.results.map(({ id, what, onDay }) => ({ id, what, day: formatDate(onDay, locale) })),
    lifted: lifted.map((line) => lineView(line, locale, false)),
    people: peopleGave(found, locale),
    inKind: inKindWords(found.inKind, locale),
    ...giversView(found.givers, locale),
    back: localizeHref('/criteria/money'),
  };
};
