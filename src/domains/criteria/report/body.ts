/** What a report holds, frozen: figures with the way to their records, lines, what is late, money. */
import type { Ctx } from '#kernel/context';
import type { Computed, Measure } from '#kernel/measures';
import { mustExist } from '#kernel/errors';
import { addDays, daysBetween, type LocalDate } from '#kernel/time';
import { readBoard } from '../board.queries.ts';
import { levelsOf, totalsOf, type Board } from '../board.ts';
import { SMART_COMMUNE } from '../catalog.ts';
import { MEASURES } from '../figures.ts';
import { MONEY_MEASURES } from '../money/figures.ts';
import { moneyOverview } from '../money/overview.queries.ts';
import { stepsOf } from '../plan/plan.queries.ts';
import { missedSince, planState } from '../plan/plan.ts';
import { assignmentsOf } from '../plan.queries.ts';
import type { Status } from '../rollup.ts';
import type { Period } from './period.ts';

export type Figure = {
  name: string;
  title: Measure['title'];
  unit: Measure['unit'];
  before: Computed;
  now: Computed;
  /** Below the commune's address: the records that were counted. */
  records: string;
};
export type LateLine = {
  code: string;
  text: string;
  official: string | null;
  since: LocalDate;
  days: number;
};
export type MoneyLine = { code: string; title: string; planned: string; received: string; spent: string };
export type ReportBody = Period & {
  format: 'xa-so-criteria-report/1';
  commune: string;
  demo: boolean;
  board: Board;
  /** How each indicator stood on the eve of the period. */
  before: Record<string, Status>;
  totals: { before: ReturnType<typeof totalsOf> | null; now: ReturnType<typeof totalsOf> };
  figures: Figure[];
  late: LateLine[];
  /** Whole đồng, as text. */
  money: MoneyLine[];
};

/** The text that is frozen. @throws AppError `criteria.set.not_found` where no set was in force at the period's end */
export async function reportBody(ctx: Ctx, period: Period): Promise<string> {
  const eve = addDays(period.first, -1);
  const board = mustExist(await readBoard(ctx, { code: SMART_COMMUNE, asOf: period.last }), 'criteria.set');
  const earlier = await readBoard(ctx, { code: SMART_COMMUNE, asOf: eve });
  const figures: Figure[] = [];
  for (const measure of [...MEASURES, ...MONEY_MEASURES].filter(({ audience }) => audience === 'public'))
    figures.push(await figureOf(ctx, measure, { eve, last: period.last }));
  const body: ReportBody = {
    format: 'xa-so-criteria-report/1',
    ...period,
    commune: ctx.commune.name,
    demo: ctx.commune.demo,
    board,
    before: Object.fromEntries(
      (earlier ? levelsOf(earlier).indicators : []).map(({ indicator, status }) => [indicator.code, status]),
    ),
    totals: { before: earlier ? totalsOf(earlier) : null, now: totalsOf(board) },
    figures,
    late: await lateLines(ctx, board, period.last),
    money: await moneyLines(ctx, period.last),
  };
  return JSON.stringify(body);
}

async function figureOf(
  ctx: Ctx,
  { name, title, unit, compute }: Measure,
  { eve, last }: { eve: LocalDate; last: LocalDate },
): Promise<Figure> {
  const scope = 'commune';
  return {
    name,
    title,
    unit,
    before: await compute(ctx, { asOf: eve, scope }),
    now: await compute(ctx, { asOf: last, scope }),
    records: `/api/v1/measures/${name}/records?${new URLSearchParams({ as_of: last, scope })}`,
  };
}

/** What had missed its day by the period's end, the longest first. */
async function lateLines(ctx: Ctx, board: Board, last: LocalDate): Promise<LateLine[]> {
  const named = await assignmentsOf(ctx, SMART_COMMUNE);
  const steps = await stepsOf(ctx, SMART_COMMUNE);
  return levelsOf(board)
    .indicators.flatMap((line) => {
      const { code, text } = line.indicator;
      const who = named.get(code);
      const since = missedSince(who, steps.get(code) ?? [], last);
      if (since === null || planState(line, who, since) !== 'late') return [];
      return [
        { code, text: text.vi, official: who?.official ?? null, since, days: daysBetween(since, last) },
      ];
    })
    .toSorted((a, b) => b.days - a.days);
}

async function moneyLines(ctx: Ctx, last: LocalDate): Promise<MoneyLine[]> {
  const { pilots } = await moneyOverview(ctx, last);
  return pilots.map(({ code, title, state, other, sums }) => ({
    code,
    title: title.vi,
    planned: String(state + other),
    received: String(sums.received),
    spent: String(sums.spent),
  }));
}

/** A frozen text as it was. */
export function readReport(text: string): ReportBody {
  const body = JSON.parse(text) as ReportBody;
  for (const line of levelsOf(body.board).indicators)
    line.signatures = line.signatures.map((one) => ({ ...one, at: new Date(one.at) }));
  return body;
}
