/** The measures of this room: the hamlets that the commune had on a day. */
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import type { Hamlet } from './hamlet.ts';
import { listHamlets } from './hamlet.queries.ts';

/** Of a hamlet whose first day nobody wrote down no more is known than that it was there before the register. */
const LONG_AGO = localDate('1945-09-02');

function found(ctx: Ctx, { asOf }: MeasureQuestion): Promise<Hamlet[]> {
  return listHamlets(ctx, { on: localDate(asOf) });
}

const hamlets: Measure = {
  name: 'commune.hamlets',
  title: { vi: 'Số xóm', en: 'Hamlets' },
  meaning: {
    vi: 'Số xóm của xã vào cuối ngày đó, theo danh sách xóm của xã.',
    en: 'Hamlets of the commune at the end of the day, by the commune’s own list.',
  },
  unit: 'count',
  scopes: ['commune'],
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'commune.hamlet.see');
    const numerator = (await found(ctx, question)).length;
    return { numerator, denominator: null, value: numerator };
  },
  list: async (ctx, question, _part, { offset, limit }) => {
    allow(ctx, 'commune.hamlet.see');
    const all = await found(ctx, question);
    const records = all.slice(offset, offset + limit).map(({ id, name, validFrom }) => ({
      id,
      at: startOfDay(validFrom ?? LONG_AGO),
      label: name,
      href: may(ctx, 'commune.hamlet.edit') ? `/commune/staff/hamlets/${id}` : null,
      columns: {},
    }));
    return { total: all.length, records };
  },
};

export const MEASURES: readonly Measure[] = [hamlets];
