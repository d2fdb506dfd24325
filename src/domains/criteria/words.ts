/** A board in words: how things stand, values, what is missing. */
import { m } from '#i18n/messages';
import type { IconName } from '#ui/icons.ts';
import type { CellMark, Tone } from '#ui/types.ts';
import { formatDate, formatMoney, formatNumber, type Locale } from '#kernel/format';
import { localDate } from '#kernel/time';
import type { Board, BoardLine } from './board.ts';
import { totalsOf } from './board.ts';
import type { Stage } from './judge.ts';
import type { Status } from './rollup.ts';
import type { Indicator } from './set.ts';

export type StatusView = { tone: Tone; icon: IconName; label: string };

const VIEWS: Record<Status, { tone: Tone; icon: IconName; words: typeof m.criteria_status_reached }> = {
  reached: { tone: 'ok', icon: 'check', words: m.criteria_status_reached },
  not_reached: { tone: 'warn', icon: 'warning', words: m.criteria_status_not_reached },
  unknown: { tone: 'info', icon: 'clock', words: m.criteria_status_unknown },
  not_applicable: { tone: 'info', icon: 'stop', words: m.criteria_status_not_applicable },
};

/** How a line stands; one whose number is met and waits for a signature says so. */
export function statusView(status: Status, locale: Locale, waiting = false): StatusView {
  const { tone, icon, words } = VIEWS[status];
  return { tone, icon, label: (waiting ? m.criteria_status_waiting : words)({}, { locale }) };
}

const STAGES: Record<Stage, typeof m.criteria_stage_self> = {
  self: m.criteria_stage_self,
  review: m.criteria_stage_review,
  appraisal: m.criteria_stage_appraisal,
};

/** The step of an assessment that a signature belongs to. */
export function stageWords(stage: Stage, locale: Locale): string {
  return STAGES[stage]({}, { locale });
}

/** A value or threshold in the indicator's unit. */
export function amountWords({ kind, unit }: Indicator, value: number, locale: Locale): string {
  if (kind === 'bool' || kind === 'document')
    return value >= 1 ? m.criteria_yes({}, { locale }) : m.criteria_no({}, { locale });
  if (kind === 'share') return `${formatNumber(Math.trunc(value * 10 + 1e-9) / 10, { digits: 1, locale })} %`;
  if (unit?.vi.startsWith('đồng')) return formatMoney(BigInt(Math.round(value)), locale);
  const digits = Number.isInteger(value) ? 0 : 1;
  return `${formatNumber(value, { digits, locale })} ${unit?.[locale] ?? ''}`.trim();
}

/** "≥ 80,0 %", "có". */
function targetWords({ indicator, threshold }: BoardLine, locale: Locale): string {
  const amount = amountWords(indicator, threshold, locale);
  if (indicator.kind === 'bool' || indicator.kind === 'document') return amount;
  return `${{ '>=': '≥', '<=': '≤', '=': '=' }[indicator.operator]} ${amount}`;
}

/** What is missing, in plain words; null where nothing is, or nothing is known. */
export function gapWords({ indicator, gap }: BoardLine, locale: Locale): string | null {
  if (!gap) return null;
  if (indicator.kind === 'bool' || indicator.kind === 'document')
    return m.criteria_gap_missing({}, { locale });
  if (gap.records !== null) {
    const given = { records: formatNumber(gap.records, { locale }), of: formatNumber(gap.of!, { locale }) };
    return indicator.operator === '<='
      ? m.criteria_gap_records_over(given, { locale })
      : m.criteria_gap_records(given, { locale });
  }
  const by = indicator.kind === 'share' ? Math.ceil(gap.by * 10 - 1e-9) / 10 : gap.by;
  const amount = amountWords(indicator, by, locale);
  return indicator.operator === '<='
    ? m.criteria_gap_over({ amount }, { locale })
    : m.criteria_gap_under({ amount }, { locale });
}

const MARKS: Record<Status, CellMark> = {
  reached: 'full',
  not_reached: 'empty',
  unknown: 'asked',
  not_applicable: 'none',
};

/** How a line is drawn in a chart. */
export function markOf({ status, waiting }: Pick<BoardLine, 'status' | 'waiting'>): CellMark {
  return waiting ? 'half' : MARKS[status];
}

/** A line as pages show it. @param officials whether the reader may see numbers that only officials see */
export function lineView(line: BoardLine, locale: Locale, officials: boolean) {
  const { indicator, value } = line;
  const shown = value.value !== null && (officials || !value.staff);
  const last = line.signatures.findLast(({ stage }) => stage !== 'self');
  return {
    code: indicator.code,
    text: indicator.text[locale],
    source: indicator.source,
    verified: indicator.verified,
    status: statusView(line.status, locale, line.waiting),
    mark: markOf(line),
    target: targetWords(line, locale),
    value: shown ? amountWords(indicator, value.value!, locale) : '–',
    live: value.from === 'live',
    typed: value.typed
      ? m.criteria_typed_on({ date: formatDate(localDate(value.typed.onDay), locale) }, { locale })
      : null,
    evidence: value.typed?.evidence ?? null,
    gap: shown ? gapWords(line, locale) : null,
    fallen: line.fallen,
    signed: last ? formatDate(last.at, locale) : null,
  };
}
export type LineView = ReturnType<typeof lineView>;

/** A board as pages show it: themes with objectives with lines, and the totals. */
export function boardView(board: Board, locale: Locale, officials: boolean) {
  const totals = totalsOf(board);
  return {
    title: board.set.title[locale],
    source: board.set.source,
    verified: board.set.verified,
    totals: {
      themes: `${totals.themes.reached}/${totals.themes.all}`,
      objectives: `${totals.objectives.reached}/${totals.objectives.all}`,
      indicators: `${totals.indicators.reached}/${totals.indicators.all}`,
    },
    themes: board.themes.map(({ theme, status, objectives }) => {
      const lines = objectives.flatMap((one) => one.indicators);
      const reached = lines.filter((line) => line.status === 'reached').length;
      return {
        code: theme.code,
        text: theme.text[locale],
        status: statusView(status, locale),
        reached: status === 'reached',
        marks: lines.map(markOf),
        share: lines.length === 0 ? 0 : (reached / lines.length) * 100,
        count: `${reached}/${lines.length}`,
        objectives: objectives.map((one) => ({
          code: one.objective.code,
          text: one.objective.text[locale],
          status: statusView(one.status, locale),
          count: `${one.reached}/${one.lines}`,
          lines: one.indicators.map((line) => lineView(line, locale, officials)),
        })),
      };
    }),
  };
}
