import { error, redirect } from '@sveltejs/kit';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, formatNumber } from '#kernel/format';
import { newId } from '#kernel/ids';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';
import { addStock } from '../../input/stock.actions.ts';
import { stockInput, stockQuestions } from '../../input/stock-form.ts';
import { stockOf } from '../../input/stock.queries.ts';
import type { StockLot } from '../../input/stock.ts';
import { productWords } from '../edge.ts';
import { openDiary, signInFirst } from '../edge.page.ts';
import { holderWords } from '../holder-words.ts';
import { amountUnitWords } from '../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** Days before its expiry from which a lot is marked. */
const SOON = 30;

/** What a household or producer bought, what is left of it, until when it is good. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locale } = event.locals;
  const { open, choices, group } = await openDiary(event);
  if (!open) return { store: null };
  const now = new Date();
  const lots = await event.locals.run((ctx) => stockOf(ctx, open));
  return {
    store: {
      holder: open.id,
      name: holderWords(open),
      group,
      choices: choices.map((one) => ({ id: one.id, label: holderWords(one) })),
      lots: lots.map((lot) => lotView(lot, localDateOf(now), locale)),
      questions: stockQuestions(now),
      id: newId(),
      done: event.url.searchParams.has('done'),
    },
  };
};

function lotView(lot: StockLot, today: LocalDate, locale: App.Locals['locale']) {
  const amount = (value: number | null) =>
    value === null
      ? null
      : `${formatNumber(value, { digits: 1, locale })} ${amountUnitWords(lot.unit, locale)}`;
  const state =
    lot.expiry === null
      ? 'none'
      : lot.expiry < today
        ? 'over'
        : lot.expiry <= addDays(today, SOON)
          ? 'soon'
          : 'good';
  return {
    id: lot.id,
    product: productWords(lot.productCode) ?? lot.productCode,
    lot: lot.lot,
    bought: formatDate(lot.boughtOn, locale),
    quantity: amount(lot.quantity),
    left: amount(lot.left),
    supplier: lot.supplier,
    expiry: lot.expiry && formatDate(lot.expiry, locale),
    state,
  };
}

export const actions: Actions = {
  add: async (event) => {
    const { open } = await openDiary(event);
    if (!open) error(404);
    const typed = await typedOf(event.request);
    const refused = await attempt(event.locals, 'add', typed, (ctx) =>
      addStock(ctx, stockInput(typed, open)),
    );
    if (refused) return refused;
    redirect(303, `${event.url.pathname}?holder=${open.id}&done=1`);
  },
};
