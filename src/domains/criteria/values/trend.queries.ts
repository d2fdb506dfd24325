/** The value of one indicator on the last days of months, worked out anew from the records of each of them. */
import type { Ctx } from '#kernel/context';
import { addDays, addMonths, localDate, monthRange, yearRange, yearOf, type LocalDate } from '#kernel/time';
import type { BoardLine } from '../board.ts';
import type { Indicator } from '../set.ts';
import { valueOf, type Asked, type Typed } from './live.ts';
import { forecastOf, type Forecast, type Point } from './trend.ts';

const MONTHS = 12;

export type Trend = { points: Point[]; deadline: LocalDate; forecast: Forecast | null };

/**
 * Without a right of its own: for pages that show the line. @param deadline of who answers for it; else the year's end
 */
export async function trendOf(
  ctx: Ctx,
  set: string,
  line: BoardLine,
  asked: Asked,
  deadline: LocalDate | null,
): Promise<Trend> {
  const key = `criteria.trend ${set} ${line.indicator.code} ${asked.asOf} ${asked.hamletId ?? ''}`;
  const points = await ctx.recall(key, () => pointsOf(ctx, set, line.indicator, asked));
  const until = deadline && deadline > asked.asOf ? deadline : yearRange(yearOf(asked.asOf)).last;
  return { points, deadline: until, forecast: forecastFor(line, points, until) };
}

/** Yes and no do not move along a line. */
function forecastFor(
  { indicator, threshold }: BoardLine,
  points: Point[],
  until: LocalDate,
): Forecast | null {
  const { kind, operator } = indicator;
  if (kind === 'bool' || kind === 'document') return null;
  const most = kind === 'share' ? 100 : Number.MAX_SAFE_INTEGER;
  return forecastOf(points, until, { operator, threshold }, { least: 0, most });
}

async function pointsOf(ctx: Ctx, set: string, indicator: Indicator, asked: Asked): Promise<Point[]> {
  const typed = await typedOf(ctx, set, indicator.code, asked);
  const points: Point[] = [];
  for (const day of daysUpTo(asked.asOf)) {
    const latest = typed.findLast(({ onDay }) => onDay <= day) ?? null;
    const found = await valueOf(ctx, indicator, { ...asked, asOf: day }, { said: new Map(), typed: latest });
    points.push({ day, value: found.value });
  }
  return points;
}

/** The last days of the months before, and the day itself. */
export function daysUpTo(asOf: LocalDate): LocalDate[] {
  const { first } = monthRange(asOf);
  const ends = Array.from({ length: MONTHS - 1 }, (_, at) => addDays(addMonths(first, at - MONTHS + 2), -1));
  return [...ends, asOf];
}

async function typedOf(ctx: Ctx, set: string, code: string, { asOf, hamletId }: Asked): Promise<Typed[]> {
  const rows = await ctx.db
    .selectFrom('criteria_value')
    .select(['value', 'on_day', 'evidence'])
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', set)
    .where('indicator', '=', code)
    .where('hamlet_id', hamletId === null ? 'is' : '=', hamletId)
    .where('on_day', '<=', asOf)
    .orderBy('on_day')
    .orderBy('entered_at')
    .orderBy('id')
    .execute();
  return rows.map(({ value, on_day, evidence }) => ({ value, onDay: localDate(on_day), evidence }));
}
