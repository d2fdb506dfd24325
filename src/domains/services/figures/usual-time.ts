/** The usual time: nine of ten dossiers were decided within so many working days (90th percentile, last 90 days). */
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion } from '#kernel/measures';
import { isWorkingDay } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { addDays, localDate, localDateOf, startOfDay, type LocalDate } from '#kernel/time';
import type { Calendar } from '#kernel/office-time';
import { count, records } from './dossier-measures.ts';
import { decided, SCOPES } from './dossier-parts.ts';

const PERIOD_DAYS = 90;

/** Decided within the last 90 days of the question. */
async function recent(ctx: Ctx, question: MeasureQuestion) {
  const from = startOfDay(addDays(localDate(question.asOf), 1 - PERIOD_DAYS));
  return (await decided(ctx, question)).where('d.finished_at', '>=', from);
}

export const usualTime: Measure = {
  name: 'services.dossiers.usual_time',
  title: { vi: 'Thời gian giải quyết thường gặp', en: 'Usual time' },
  meaning: {
    vi: 'Chín trên mười hồ sơ được giải quyết trong số ngày làm việc này (90 ngày gần nhất).',
    en: 'Nine of ten dossiers were decided within this many working days (last 90 days).',
  },
  unit: 'days',
  scopes: SCOPES,
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'services.figures.see');
    const calendar = await officeCalendar(ctx);
    const rows = await (await recent(ctx, question)).select(['d.received_at', 'd.finished_at']).execute();
    const days = rows.map((row) =>
      workingDays(calendar, localDateOf(row.received_at!), localDateOf(row.finished_at!)),
    );
    return { numerator: rows.length, denominator: null, value: percentile90(days) };
  },
  list: async (ctx, question, _part, page) => {
    allow(ctx, 'services.figures.see');
    const query = await recent(ctx, question);
    return { total: await count(query), records: await records(ctx, query, page) };
  },
};

/** Working days after the first day up to the last: the same day is 0. */
function workingDays(calendar: Calendar, first: LocalDate, last: LocalDate): number {
  let days = 0;
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1))
    if (isWorkingDay(calendar, day)) days += 1;
  return days;
}

/** The smallest value that nine of ten do not exceed; null for none. */
export function percentile90(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1]!;
}
