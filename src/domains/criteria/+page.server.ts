import { formatDate, formatMoney, formatNumber } from '#kernel/format';
import { boardView } from './words.ts';
import { openBoard } from './desk.ts';
import { MEASURES } from './figures.ts';
import { listPilots } from './plan.queries.ts';
import type { PageServerLoad } from './$types';

/** The commune's progress, told to everybody: numbers that only officials see stay with them. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const open = await openBoard(ctx, url.searchParams);
    const hamlets = MEASURES.find(({ name }) => name === 'criteria.hamlets_model')!;
    return {
      ...open,
      hamlets: await hamlets.compute(ctx, { asOf: open.asOf, scope: 'commune' }),
      pilots: await listPilots(ctx),
    };
  });
  const state = found.pilots.reduce((sum, one) => sum + one.state, 0n);
  const other = found.pilots.reduce((sum, one) => sum + one.other, 0n);
  return {
    asOf: found.asOf,
    day: formatDate(found.asOf, locale),
    set: found.code,
    theme: url.searchParams.get('theme'),
    sets: found.choices,
    board: found.board ? boardView(found.board, locale, false) : null,
    hamlets: found.hamlets.denominator ? `${found.hamlets.numerator}/${found.hamlets.denominator}` : null,
    pilots: found.pilots.map((one) => ({
      code: one.code,
      title: one.title[locale],
      lifts: one.lifts.join(', '),
      state: formatMoney(one.state, locale),
      other: formatMoney(one.other, locale),
    })),
    money: {
      count: formatNumber(found.pilots.length, { locale }),
      state: formatMoney(state, locale),
      other: formatMoney(other, locale),
      whole: formatMoney(state + other, locale),
    },
  };
};
