/** The board: a set with the values, judgements and signatures of a day. Pure. */
import type { LocalDate } from '#kernel/time';
import type { EvidenceFile } from './evidence/evidence.ts';
import type { Gap, Judged, Signature, Standing } from './judge.ts';
import { countOf, rollUp, type Line, type Status } from './rollup.ts';
import { indicatorsOf, type Indicator, type Objective, type SetFile, type Theme } from './set.ts';

/** `live`: computed from records; `typed`: entered with dated evidence. `staff`: a measure that only officials see. */
export type Value = {
  value: number | null;
  from: 'live' | 'typed' | 'none';
  staff: boolean;
  parts: { numerator: number; denominator: number } | null;
  /** Measures of the formula, whose lists open the records. */
  measures: readonly string[];
  typed: { onDay: string; evidence: string } | null;
};

export type Signed = Signature & { id: string; reason: string | null; signerName: string; at: Date };

export type BoardLine = Standing & {
  indicator: Indicator;
  threshold: number;
  value: Value;
  judged: Judged;
  gap: Gap | null;
  signatures: readonly Signed[];
  /** Files of its values and signatures. */
  files: readonly EvidenceFile[];
};
type Whole = { status: Status; reached: number; lines: number };
export type BoardObjective = Whole & { objective: Objective; indicators: BoardLine[] };
export type BoardTheme = Whole & { theme: Theme; objectives: BoardObjective[] };
export type Board = {
  set: SetFile;
  version: number;
  asOf: LocalDate;
  hamletId: string | null;
  status: Status;
  themes: BoardTheme[];
};

/** Puts the lines under their objectives and themes, each rolled up by its rule. */
export function makeBoard(
  head: Pick<Board, 'set' | 'version' | 'asOf' | 'hamletId'>,
  lines: ReadonlyMap<string, BoardLine>,
): Board {
  const themes = head.set.themes.map((theme): BoardTheme => {
    const objectives = theme.objectives.map((objective): BoardObjective => {
      const indicators = objective.indicators.flatMap(({ code }) => lines.get(code) ?? []);
      const below = indicators.map(({ indicator, status }) => ({ code: indicator.code, status }));
      return { objective, indicators, ...whole(below, objective.rule) };
    });
    const below = objectives.map(({ objective, status }) => ({ code: objective.code, status }));
    return { theme, objectives, ...whole(below, theme.rule) };
  });
  const below = themes.map(({ theme, status }) => ({ code: theme.code, status }));
  return { ...head, themes, status: rollUp(below, head.set.rule) };
}

function whole(lines: readonly Line[], rule: Theme['rule']): Whole {
  return { status: rollUp(lines, rule), reached: countOf(lines, 'reached'), lines: lines.length };
}

/** The indicators of a set that hold on a day. */
export function indicatorsOn(set: SetFile, day: LocalDate): Indicator[] {
  return indicatorsOf(set).filter(
    ({ validFrom, validTo }) => (!validFrom || validFrom <= day) && (!validTo || day <= validTo),
  );
}

/** Themes, objectives and indicators as three lists of lines. */
export function levelsOf({ themes }: Pick<Board, 'themes'>) {
  const objectives = themes.flatMap((theme) => theme.objectives);
  return { themes, objectives, indicators: objectives.flatMap(({ indicators }) => indicators) };
}

/** How many of each level are reached, and of how many; what does not apply counts with the whole. */
export function totalsOf(board: Pick<Board, 'themes'>) {
  const levels = levelsOf(board);
  const total = (lines: readonly { status: Status }[]) => ({
    reached: lines.filter(({ status }) => status === 'reached').length,
    all: lines.length,
  });
  return {
    themes: total(levels.themes),
    objectives: total(levels.objectives),
    indicators: total(levels.indicators),
  };
}
