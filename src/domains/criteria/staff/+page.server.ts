import { formatDate } from '#kernel/format';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { levelsOf } from '../board.ts';
import { openBoard } from '../desk.ts';
import { assignmentsOf } from '../plan.queries.ts';
import { boardView, lineView } from '../words.ts';
import type { PageServerLoad } from './$types';

/** The desk's board: what is late, what falls short and by how much, every indicator. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const open = await openBoard(ctx, url.searchParams);
    return {
      ...open,
      named: await assignmentsOf(ctx, open.code),
      today: localDateOf(ctx.now),
      mayEdit: may(ctx, 'criteria.set.edit'),
      mayMoney: may(ctx, 'criteria.money.keep'),
    };
  });
  const lines = found.board ? levelsOf(found.board).indicators : [];
  const short = lines.filter(({ status }) => status !== 'reached' && status !== 'not_applicable');
  return {
    mayEdit: found.mayEdit,
    mayMoney: found.mayMoney,
    asOf: found.asOf,
    day: formatDate(found.asOf, locale),
    set: found.code,
    sets: found.choices,
    board: found.board ? boardView(found.board, locale, true) : null,
    short: short.map((line) => {
      const named = found.named.get(line.indicator.code);
      const late = named?.deadline != null && named.deadline < found.today;
      return {
        ...lineView(line, locale, true),
        official: named?.official ?? null,
        deadline: named?.deadline ? formatDate(named.deadline, locale) : null,
        late,
      };
    }),
  };
};
