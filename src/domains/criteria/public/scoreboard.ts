/** What the scoreboard's pages for everybody say alike: the page itself, the one in a frame, the one on the wall. */
import type { Ctx } from '#kernel/context';
import { formatDate, formatMoney, formatNumber } from '#kernel/format';
import { openBoard } from '../desk.ts';
import { MEASURES } from '../figures.ts';
import { listPilots } from '../plan.queries.ts';
import { boardView } from '../words.ts';
import { legendOf, storyOf } from './story.ts';
import { allow } from '#kernel/rights';

/** The day's board in the reader's words, model hamlets and the pilots' money. */
export async function scoreboardView(ctx: Ctx, query: URLSearchParams) {
  allow(ctx, 'criteria.board.see');
  const { locale } = ctx;
  const { asOf, code, board, choices } = await openBoard(ctx, query);
  const measure = MEASURES.find(({ name }) => name === 'criteria.hamlets_model')!;
  const hamlets = await measure.compute(ctx, { asOf, scope: 'commune' });
  const pilots = await listPilots(ctx);
  const state = pilots.reduce((sum, one) => sum + one.state, 0n);
  const other = pilots.reduce((sum, one) => sum + one.other, 0n);
  const view = board ? boardView(board, locale, false) : null;
  return {
    asOf,
    day: formatDate(asOf, locale),
    set: code,
    sets: choices,
    board: view,
    story: view ? storyOf(view, locale) : [],
    legend: legendOf(locale),
    hamlets: hamlets.denominator ? `${hamlets.numerator}/${hamlets.denominator}` : null,
    money:
      pilots.length === 0
        ? null
        : {
            count: formatNumber(pilots.length, { locale }),
            state: formatMoney(state, locale),
            other: formatMoney(other, locale),
            whole: formatMoney(state + other, locale),
          },
  };
}
