/**
 * Satisfaction: slips answered with a mean of at least 1.5 of 2 points. A slip leads to nobody: the list
 * shows points and the month only, and no group under five is shown.
 */
import { sql, type SqlBool } from 'kysely';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { Measure, MeasurePart, MeasureQuestion } from '#kernel/measures';
import { allow } from '#kernel/rights';
import {
  addDays,
  localDate,
  monthRange,
  quarterOf,
  quarterRange,
  startOfDay,
  type LocalDate,
} from '#kernel/time';
import { seeRatingOf } from '../rating/see.ts';
import { LEAST_SLIPS } from './least-slips.ts';

/** The mean, of 0 to 2 points, from which a slip counts as content: nearer to "content" than to "fair". */
const CONTENT_FROM = 1.5;

const MEAN = sql<number>`(select avg(value::numeric) from jsonb_each_text(r.scores))`;
const QUARTER = sql`date_trunc('quarter', r.rated_on)`;

/** Slips of the period, narrowed to the scope. */
function slips(ctx: Ctx, { asOf, from, scope }: MeasureQuestion) {
  const whole = scope === 'commune' ? { from, until: localDate(asOf) } : wholeQuarters(asOf, from);
  const query = ctx.db
    .selectFrom('services_rating as r')
    .where('r.commune_id', '=', ctx.commune.id)
    .where('r.rated_on', '<=', whole.until)
    .$if(whole.from !== undefined, (q) => q.where('r.rated_on', '>=', whole.from!));
  return narrowed(query, scope);
}

type SlipQuery = ReturnType<typeof all>;
function all(ctx: Ctx) {
  return ctx.db.selectFrom('services_rating as r').where('r.commune_id', '=', ctx.commune.id);
}

/** @throws AppError `measures.unknown_scope` */
function narrowed(query: SlipQuery, scope: string): SlipQuery {
  const [kind, value = ''] = scope.split(/:(.*)/s);
  if (kind === 'commune') return query;
  if (kind === 'procedure') return query.where('r.procedure_code', '=', value);
  if (kind === 'unit') return query.where('r.unit', '=', value);
  if (kind === 'officer') return query.where(sql`r.official_id::text`, '=', value);
  return refuse('measures.unknown_scope');
}

/** Narrow groups count by whole quarters that have ended: day by day one could see what one slip said. */
function wholeQuarters(asOf: string, from: string | undefined): { from?: LocalDate; until: LocalDate } {
  const day = localDate(asOf);
  const running = quarterRange(quarterOf(day));
  const until = day === running.last ? day : addDays(running.first, -1);
  return from === undefined ? { until } : { from: quarterRange(quarterOf(localDate(from))).first, until };
}

/** Slips that may be counted: of a narrow group only the quarters with five slips and more. */
function countable(ctx: Ctx, question: MeasureQuestion): SlipQuery {
  const query = slips(ctx, question);
  if (question.scope === 'commune') return query;
  const enough = query
    .select(QUARTER.as('quarter'))
    .groupBy(QUARTER)
    .having((having) => having.fn.countAll(), '>=', LEAST_SLIPS);
  return query.where(sql<SqlBool>`${QUARTER} in (${enough})`);
}

async function part(ctx: Ctx, question: MeasureQuestion, which: MeasurePart): Promise<SlipQuery> {
  const query = countable(ctx, question);
  const { total } = await query.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  if (Number(total) < LEAST_SLIPS) return query.where(sql<SqlBool>`false`);
  return which === 'denominator' ? query : query.where(sql<SqlBool>`${MEAN} >= ${CONTENT_FROM}`);
}

async function count(query: SlipQuery): Promise<number> {
  const { total } = await query.select((q) => q.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
  return Number(total);
}

async function askedBy(ctx: Ctx, { scope }: MeasureQuestion): Promise<void> {
  allow(ctx, 'services.figures.see');
  if (scope.startsWith('officer:')) await seeRatingOf(ctx, scope.slice('officer:'.length));
}

export const contentShare: Measure = {
  name: 'services.satisfaction.content_share',
  title: { vi: 'Tỷ lệ hài lòng', en: 'Share content' },
  meaning: {
    vi: 'Phiếu đánh giá có điểm trung bình từ 1,5 trên 2 trở lên, trên số phiếu đã trả lời (nội dung hỏi theo Điều 31 NĐ 61/2018/NĐ-CP; mức 1,5 do xã đặt). Nhóm dưới năm phiếu không hiển thị; theo cán bộ, bộ phận, thủ tục chỉ tính các quý đã kết thúc.',
    en: 'Slips with a mean of at least 1.5 of 2 points, among those answered (questions of Decree 61/2018, art. 31; the 1.5 is the commune’s own line). Groups under five are not shown; by officer, unit and procedure only quarters that have ended count.',
  },
  unit: 'share',
  scopes: ['commune', 'procedure', 'officer', 'unit'],
  audience: 'public',
  compute: async (ctx, question) => {
    await askedBy(ctx, question);
    const denominator = await count(await part(ctx, question, 'denominator'));
    const numerator = await count(await part(ctx, question, 'numerator'));
    return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
  },
  list: async (ctx, question, which, page) => {
    await askedBy(ctx, question);
    const query = await part(ctx, question, which);
    const rows = await query
      .select([MEAN.as('mean'), 'r.rated_on'])
      .orderBy(sql`date_trunc('month', r.rated_on)`, 'desc')
      .orderBy('r.id')
      .offset(page.offset)
      .limit(page.limit)
      .execute();
    const records = rows.map((row, at) => ({
      id: String(page.offset + at + 1),
      at: startOfDay(monthRange(localDate(row.rated_on)).first),
      label: ctx.locale === 'vi' ? 'Phiếu đánh giá' : 'Satisfaction slip',
      href: null,
      columns: { points: Number(row.mean).toFixed(1) },
    }));
    return { total: await count(query), records };
  },
};
