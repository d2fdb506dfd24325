/** Income per person: the number of the latest year that sources had spoken of, and what each of them said. */
import type { Ctx } from '#kernel/context';
import { formatMoney } from '#kernel/format';
import type { Measure, MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { listIncomes } from '../income/income.queries.ts';
import { incomeKnownOn, type Income } from '../income/income.ts';
import { hamletOf } from './lines.ts';
import { SCOPES } from './stock-measure.ts';

export const incomePerPerson: Measure = {
  name: 'producers.income_per_person',
  title: { vi: 'Thu nhập bình quân đầu người', en: 'Income per person' },
  meaning: {
    vi: 'Số tiền một người một năm, của năm gần nhất đã có nguồn công bố; các nguồn của năm đó đứng cạnh nhau trong danh sách.',
    en: 'Đồng a person a year, of the latest year that a source had stated; the sources of that year stand side by side in the list.',
  },
  unit: 'money',
  scopes: SCOPES,
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'producers.figures.see');
    const known = await knownOf(ctx, question);
    const [first] = known;
    return { numerator: known.length, denominator: null, value: first ? Number(first.amount) : null };
  },
  list: async (ctx, question, _part, { offset, limit }) => {
    allow(ctx, 'producers.figures.see');
    const known = await knownOf(ctx, question);
    const records = known.slice(offset, offset + limit).map((one) => ({
      id: one.id,
      at: startOfDay(one.statedOn),
      label: `${one.year}: ${formatMoney(one.amount, ctx.locale)}`,
      href: null,
      columns: { kind: one.source, hamlet: '' },
    }));
    return { total: known.length, records };
  },
};

async function knownOf(ctx: Ctx, question: MeasureQuestion): Promise<Income[]> {
  const hamlet = hamletOf(question) ?? null;
  const all = (await listIncomes(ctx)).filter(({ hamletId }) => hamletId === hamlet);
  return incomeKnownOn(all, localDate(question.asOf));
}
