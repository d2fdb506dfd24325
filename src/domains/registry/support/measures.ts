/** How many households are poor, near-poor or badly housed as of a day. The number is the count of its list. */
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { recordsOf, scopeOf } from '../figures/measures.ts';
import { supportedOn } from './support.queries.ts';

type Counted = 'poor_household' | 'near_poor_household' | 'temporary_house';

function households(ctx: Ctx, group: Counted, question: MeasureQuestion) {
  const { day, hamletId } = scopeOf(question);
  const found = supportedOn(ctx, day).where('g.group_code', '=', group).where('p.id', 'is not', null);
  return hamletId === null ? found : found.where('p.hamlet_id', '=', hamletId);
}

async function count(ctx: Ctx, group: Counted, question: MeasureQuestion): Promise<number> {
  const { total } = await households(ctx, group, question)
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Whose records a reader opens is written down like a look at the list; who may not see it sees hamlets only. */
function noteLook(ctx: Ctx, question: MeasureQuestion): void {
  const hamlets = hamletsWhere(ctx, 'registry.support.see');
  const { hamletId, day } = scopeOf(question);
  const asked = hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  const sees = hamlets === 'all' || (asked !== null && hamlets.includes(asked));
  if (!sees) return;
  const thing = { kind: 'support_list', ...(asked !== null && { id: asked }), hamlet_id: asked };
  allow(ctx, 'registry.support.see', thing, { day, measure: true });
}

function householdMeasure(
  group: Counted,
  said: Pick<Measure, 'name' | 'title' | 'meaning' | 'audience'>,
): Measure {
  return {
    ...said,
    unit: 'count',
    scopes: ['commune', 'hamlet'],
    compute: async (ctx, question) => {
      allow(ctx, 'registry.figures.see');
      const numerator = await count(ctx, group, question);
      return { numerator, denominator: null, value: numerator };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'registry.figures.see');
      noteLook(ctx, question);
      const rows = await households(ctx, group, question)
        .select(['g.id', 'g.household_id', 'g.from_day', 'p.hamlet_id', 'h.number'])
        .orderBy('g.from_day', 'desc')
        .orderBy('g.id')
        .offset(page.offset)
        .limit(page.limit)
        .execute();
      const word = ctx.locale === 'vi' ? 'Hộ' : 'Household';
      const lines = rows.map((row) => ({
        id: row.id,
        day: row.from_day,
        hamlet_id: row.hamlet_id!,
        label: `${word} ${row.number}`,
        href: `/registry/staff/households/${row.household_id}/support`,
      }));
      const records = await recordsOf(ctx, lines, page, word, 'registry.support.see');
      return { total: await count(ctx, group, question), records };
    },
  };
}

export const SUPPORT_MEASURES: readonly Measure[] = [
  householdMeasure('poor_household', {
    name: 'registry.poor_households',
    audience: 'staff',
    title: { vi: 'Số hộ nghèo', en: 'Poor households' },
    meaning: {
      vi: 'Số hộ có quyết định công nhận hộ nghèo còn hiệu lực vào cuối ngày đó, theo xóm nơi hộ ở vào ngày đó.',
      en: 'Households recognised as poor by a decision that holds at the end of the day, by the hamlet in which they lived that day.',
    },
  }),
  householdMeasure('near_poor_household', {
    name: 'registry.near_poor_households',
    audience: 'staff',
    title: { vi: 'Số hộ cận nghèo', en: 'Near-poor households' },
    meaning: {
      vi: 'Số hộ có quyết định công nhận hộ cận nghèo còn hiệu lực vào cuối ngày đó, theo xóm nơi hộ ở vào ngày đó.',
      en: 'Households recognised as near-poor by a decision that holds at the end of the day, by the hamlet in which they lived that day.',
    },
  }),
  householdMeasure('temporary_house', {
    name: 'registry.temporary_houses',
    audience: 'public',
    title: { vi: 'Số hộ ở nhà tạm, nhà dột nát', en: 'Households in temporary houses' },
    meaning: {
      vi: 'Số hộ mà kết quả rà soát còn ghi là ở nhà tạm, nhà dột nát vào cuối ngày đó, theo xóm nơi hộ ở vào ngày đó.',
      en: 'Households that a review still lists as living in a temporary or dilapidated house at the end of the day, by the hamlet in which they lived that day.',
    },
  }),
];
