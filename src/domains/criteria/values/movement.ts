/** How an indicator moves, where it would stand on its deadline and what is missing, in words for its page. */
import { m } from '#i18n/messages';
import type { Ctx, Locale } from '#kernel/context';
import { formatDate, formatNumber } from '#kernel/format';
import { localizeHref } from '#i18n/runtime';
import { allow, may } from '#kernel/rights';
import type { LocalDate } from '#kernel/time';
import type { BoardLine } from '../board.ts';
import { amountWords } from '../words.ts';
import type { Asked } from './live.ts';
import { missingOf, type Missing } from './missing.ts';
import { trendOf, type Trend } from './trend.queries.ts';
import { ENOUGH } from './trend.ts';

/** For the desk: the reader may see the number. @param deadline of who answers for it */
export async function movementOf(
  ctx: Ctx,
  { set, line, deadline, asked }: { set: string; line: BoardLine; deadline: LocalDate | null; asked: Asked },
) {
  allow(ctx, 'criteria.board.work');
  const trend = await trendOf(ctx, set, line, asked, deadline);
  const missing = await missingOf(ctx, line, asked);
  return {
    trend: trendView(line, trend, ctx.locale),
    missing: missing && missingView(missing, ctx.locale),
    mayGiveTask: may(ctx, 'office.task.give'),
  };
}
export type Movement = Awaited<ReturnType<typeof movementOf>>;

function trendView(line: BoardLine, { points, deadline, forecast }: Trend, locale: Locale) {
  const { indicator, threshold } = line;
  const words = (value: number | null) => (value === null ? '–' : amountWords(indicator, value, locale));
  const known = points.filter(({ value }) => value !== null);
  return {
    kind: indicator.kind,
    known: known.length,
    labels: points.map(({ day }) => formatDate(day, locale)),
    values: points.map(({ value }) => value),
    display: points.map(({ value }) => words(value)),
    target: { value: threshold, display: words(threshold) },
    forecast: forecastWords(line, { deadline, forecast }, locale),
  };
}

/** The forecast in a sentence with what it assumes; null for what does not move along a line. */
function forecastWords(
  { indicator }: BoardLine,
  { deadline, forecast }: Pick<Trend, 'deadline' | 'forecast'>,
  locale: Locale,
) {
  if (!forecast) return null;
  const date = formatDate(deadline, locale);
  if (forecast.kind === 'thin')
    return {
      sure: false,
      text: m.criteria_forecast_thin({ known: forecast.known, enough: ENOUGH }, { locale }),
    };
  const { value, pace, known, reaches } = forecast;
  const given = {
    date,
    value: amountWords(indicator, value, locale),
    pace: paceWords(pace, indicator.kind, locale),
    known,
  };
  const text = reaches
    ? m.criteria_forecast_reaches(given, { locale })
    : m.criteria_forecast_misses(given, { locale });
  return { sure: true, text };
}

function paceWords(pace: number, kind: string, locale: Locale): string {
  const tenths = Math.round(pace * 10);
  if (tenths === 0) return m.criteria_pace_none({}, { locale });
  const number = `${pace < 0 ? '−' : '+'}${formatNumber(Math.abs(tenths) / 10, { digits: 1, locale })}`;
  return kind === 'share' ? m.criteria_points({ number }, { locale }) : number;
}

function missingView({ hamlets, records }: Missing, locale: Locale) {
  return {
    hamlets: hamlets.map(({ id, name, ...counts }) => ({
      id,
      text: m.criteria_missing_in({ hamlet: name, ...counts }, { locale }),
    })),
    total: records ? formatNumber(records.total, { locale }) : null,
    records: (records?.shown ?? []).map(({ id, label, href }) => ({
      id,
      label,
      href: href && localizeHref(href),
    })),
  };
}
