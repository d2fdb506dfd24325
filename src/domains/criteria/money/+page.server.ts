import { formatDate, formatMoney, formatNumber } from '#kernel/format';
import { dayOf } from '../desk.ts';
import { moneyOverview } from './overview.queries.ts';
import { addSums, giversView, pilotView, workView } from './views.ts';
import { inKindWords, sumWords } from './words.ts';
import type { PageServerLoad } from './$types';

/** Pilots and other works with their money, for everybody. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { asOf, found } = await locals.run(async (ctx) => {
    const day = dayOf(ctx.now, url.searchParams);
    return { asOf: day, found: await moneyOverview(ctx, day) };
  });
  const state = found.pilots.reduce((sum, one) => sum + one.state, 0n);
  const other = found.pilots.reduce((sum, one) => sum + one.other, 0n);
  const whole = formatMoney(state + other, locale);
  return {
    day: formatDate(asOf, locale),
    whole: { whole, ...sumWords(addSums(found.pilots.map(({ sums }) => sums)), locale) },
    sum: {
      count: formatNumber(found.pilots.length, { locale }),
      whole,
      state: formatMoney(state, locale),
      other: formatMoney(other, locale),
    },
    source: found.pilots[0]?.source ?? null,
    pilots: found.pilots.map((pilot) => pilotView(pilot, locale)),
    others: found.others.map((work) => workView(work, locale)),
    people: found.people.received > 0n ? formatMoney(found.people.received, locale) : null,
    inKind: inKindWords(found.inKind, locale),
    ...giversView(found.givers, locale),
  };
};
