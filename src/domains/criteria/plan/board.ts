/** The plan as the desk reads it: every indicator with its place on the board and on the timeline. */
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { formatDate, formatMoney } from '#kernel/format';
import { allow } from '#kernel/rights';
import { daysBetween, localDateOf, type LocalDate } from '#kernel/time';
import { levelsOf, type BoardLine } from '../board.ts';
import { openBoard } from '../desk.ts';
import { moneyOverview } from '../money/overview.queries.ts';
import { assignmentsOf, type Assignment } from '../plan.queries.ts';
import { lineView } from '../words.ts';
import { missedSince, PLAN_STATES, planState, spanOf, type Step } from './plan.ts';
import { stepsOf } from './plan.queries.ts';
import { placeOf, ticksOf, wholeOf } from './timeline.ts';

type Found = { line: BoardLine; named: Assignment | undefined; steps: Step[]; missed: LocalDate | null };

/** The plan of the set that the address names, as of today. */
export async function planView(ctx: Ctx, query: URLSearchParams) {
  allow(ctx, 'criteria.board.work');
  const today = localDateOf(ctx.now);
  const set = query.get('set');
  const asked = new URLSearchParams();
  if (set !== null) asked.set('set', set);
  const { board, code, choices } = await openBoard(ctx, asked);
  const named = await assignmentsOf(ctx, code);
  const steps = await stepsOf(ctx, code);
  const { pilots, others } = await moneyOverview(ctx, today);
  const works = [...pilots.flatMap((pilot) => pilot.works), ...others];
  const money = new Map(works.map((work) => [work.id, work]));
  const rows = (board ? levelsOf(board).indicators : []).map((line): Found => {
    const own = steps.get(line.indicator.code) ?? [];
    const who = named.get(line.indicator.code);
    return { line, named: who, steps: own, missed: missedSince(who, own, today) };
  });
  const view = rows.map((row) => {
    const work = row.named?.workId ? money.get(row.named.workId) : undefined;
    return {
      ...rowView(ctx, row, today, code),
      budget: work
        ? `${work.title[ctx.locale]}: ${formatMoney(work.sums.spent, ctx.locale)} / ${formatMoney(work.sums.promised, ctx.locale)}`
        : null,
    };
  });
  return {
    set: code,
    sets: choices,
    title: board?.set.title[ctx.locale] ?? null,
    day: formatDate(today, ctx.locale),
    columns: PLAN_STATES.map((state) => ({ state, rows: view.filter((row) => row.state === state) })),
    late: view.filter(({ state }) => state === 'late').toSorted((a, b) => b.lateDays - a.lateDays),
    timeline: timelineOf(ctx, rows, today, code),
  };
}

function hrefOf(code: string, set: string): string {
  return localizeHref(`/criteria/staff/${code}/plan?${new URLSearchParams({ set })}`);
}

function rowView({ locale }: Ctx, { line, named, steps, missed }: Found, today: LocalDate, set: string) {
  const open = steps.filter(({ end }) => end === null);
  const ended = steps.filter(({ end }) => end?.way === 'done').length;
  const state = planState(line, named, missed);
  return {
    state,
    code: line.indicator.code,
    text: line.indicator.text[locale],
    href: hrefOf(line.indicator.code, set),
    status: lineView(line, locale, true).status,
    gap: lineView(line, locale, true).gap,
    official: named?.official ?? null,
    coWorkers: named?.coWorkers.join(', ') ?? '',
    deadline: named?.deadline ? formatDate(named.deadline, locale) : null,
    risk: named?.riskLevel ?? null,
    riskText: named?.risk ?? null,
    steps: steps.length === 0 ? null : `${ended}/${steps.length}`,
    next: open[0] ? { what: open[0].what, due: formatDate(open[0].due, locale) } : null,
    lateDays: state === 'late' && missed !== null ? daysBetween(missed, today) : 0,
  };
}

function timelineOf({ locale }: Ctx, rows: readonly Found[], today: LocalDate, set: string) {
  const spans = rows.flatMap(({ line, named, steps, missed }) => {
    const span = spanOf(named, steps);
    if (!span) return [];
    const state = planState(line, named, missed);
    const mark = state === 'reached' ? 'done' : state === 'late' ? 'late' : 'open';
    return [{ code: line.indicator.code, text: line.indicator.text[locale], mark, ...span } as const];
  });
  if (spans.length === 0) return null;
  const whole = wholeOf(spans, today);
  return {
    ticks: ticksOf(whole).map((day) => ({ label: formatDate(day, locale), at: placeOf(day, whole) })),
    today: placeOf(today, whole),
    rows: spans.map(({ code, text, mark, from, to }) => ({
      label: `${code} ${text}`,
      href: hrefOf(code, set),
      display: `${formatDate(from, locale)} – ${formatDate(to, locale)}`,
      start: placeOf(from, whole),
      length: Math.round((placeOf(to, whole) - placeOf(from, whole)) * 10) / 10,
      mark,
    })),
  };
}
