import { localDate, addDays } from '#kernel/time';
import type { MeasureQuestion } from '#kernel/measures';
import type { Ctx } from '#kernel/context';
import { monthsOf, tableBy, tileOf } from './board.ts';
import { spanWords } from './figure-words.ts';
import { MEASURES } from './measures.ts';
import { askedBy } from './question.ts';
import type { PageServerLoad } from './$types';

const PAGE = '/services/figures';
/** The figures that a citizen asks about, in this order. */
const SHOWN = [
  'services.dossiers.online_share',
  'services.dossiers.on_time_share',
  'services.dossiers.usual_time',
  'services.dossiers.received',
  'services.dossiers.filed_online_share',
  'services.satisfaction.content_share',
];
const MOST_PROCEDURES = 8;

export const load: PageServerLoad = ({ locals, url }) =>
  locals.run(async (ctx) => {
    const { period, question } = askedBy(url.searchParams, ctx.now, []);
    const tiles = [];
    for (const name of SHOWN) {
      const measure = MEASURES.find((one) => one.name === name)!;
      tiles.push(await tileOf(ctx, measure, question, PAGE));
    }
    const rows = (await tableBy(ctx, 'procedure', question, PAGE)).filter((row) => row.received.value);
    return {
      period,
      asOf: question.asOf,
      span: spanWords(question, ctx.locale),
      tiles,
      months: await monthsOf(ctx, question),
      procedures: rows.slice(0, MOST_PROCEDURES),
      received: await receivedBefore(ctx, question),
      address: String(new URLSearchParams({ period, as_of: question.asOf })),
    };
  });

/** Dossiers received on the last day, for the sentence that says how fresh the figures are. */
async function receivedBefore(ctx: Ctx, question: MeasureQuestion): Promise<number> {
  const measure = MEASURES.find((one) => one.name === 'services.dossiers.received')!;
  const week = { ...question, from: addDays(localDate(question.asOf), -6) };
  return (await measure.compute(ctx, week)).numerator;
}
