/** How many stay here for a time, and how many are away, as of a day. The number is the count of its list. */
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import { recordsOf, scopeOf } from '../figures/measures.ts';
import type { StayKind } from './stay.ts';
import { staysOn } from './stay.queries.ts';

function stays(ctx: Ctx, kind: StayKind, question: MeasureQuestion) {
  const { day, hamletId } = scopeOf(question);
  const found = staysOn(ctx, day).where('s.kind', '=', kind);
  return hamletId === null ? found : found.where('s.hamlet_id', '=', hamletId);
}

async function count(ctx: Ctx, kind: StayKind, question: MeasureQuestion): Promise<number> {
  const { total } = await stays(ctx, kind, question)
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

function stayMeasure(kind: StayKind, said: Pick<Measure, 'name' | 'title' | 'meaning'>): Measure {
  return {
    ...said,
    unit: 'count',
    scopes: ['commune', 'hamlet'],
    audience: 'staff',
    compute: async (ctx, question) => {
      allow(ctx, 'registry.figures.see');
      const numerator = await count(ctx, kind, question);
      return { numerator, denominator: null, value: numerator };
    },
    list: async (ctx, question, _part, page) => {
      allow(ctx, 'registry.figures.see');
      const rows = await stays(ctx, kind, question)
        .select(['s.id', 's.resident_id', 's.from_day', 's.hamlet_id', 'r.full_name'])
        .orderBy('s.from_day', 'desc')
        .orderBy('s.id')
        .offset(page.offset)
        .limit(page.limit)
        .execute();
      const lines = rows.map((row) => ({
        id: row.id,
        day: row.from_day,
        hamlet_id: row.hamlet_id,
        label: row.full_name,
        href: `/registry/staff/${row.resident_id}/stays`,
      }));
      const word = ctx.locale === 'vi' ? 'Một người' : 'A person';
      return { total: await count(ctx, kind, question), records: await recordsOf(ctx, lines, page, word) };
    },
  };
}

export const STAY_MEASURES: readonly Measure[] = [
  stayMeasure('residence', {
    name: 'registry.temporary_residents',
    title: { vi: 'Số người tạm trú', en: 'Temporary residents' },
    meaning: {
      vi: 'Số người có đăng ký tạm trú còn thời hạn vào cuối ngày đó, theo xóm nơi tạm trú.',
      en: 'People whose temporary residence holds at the end of the day, by the hamlet where they stay.',
    },
  }),
  stayMeasure('absence', {
    name: 'registry.temporarily_absent',
    title: { vi: 'Số người tạm vắng', en: 'Temporarily absent' },
    meaning: {
      vi: 'Số người của xã đã khai báo tạm vắng và còn vắng vào cuối ngày đó, theo xóm nơi ở.',
      en: 'People of the commune who are registered as away at the end of the day, by the hamlet where they live.',
    },
  }),
];
