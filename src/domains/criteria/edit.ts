/** Changes to a set that is being written: its head, and lines added, changed, moved and taken out. Pure. */
import { mustExist, refuse } from '#kernel/errors';
import type { HeadInput, Indicator, Objective, SetFile, Theme } from './set.ts';
import type { z } from 'zod';

type Head = z.output<typeof HeadInput>;
/** A theme or objective without what lies under it. */
export type Heading = Pick<Theme, 'code' | 'text' | 'rule'>;
export type Line = { level: 'theme' | 'objective'; line: Heading } | { level: 'indicator'; line: Indicator };

export type Edit =
  | { do: 'head'; head: Omit<Head, 'code'> }
  /** Last under the heading `under`; a theme under none. */
  | ({ do: 'add'; under: string | null } & Line)
  | ({ do: 'change'; code: string } & Line)
  | { do: 'move'; code: string; up: boolean }
  | { do: 'remove'; code: string };

/** The set with one change. @throws AppError `criteria.line.not_found` (404), `criteria.line.wrong_level` (422) */
export function edited(set: SetFile, edit: Edit): SetFile {
  switch (edit.do) {
    case 'head':
      return { ...set, ...edit.head, code: set.code };
    case 'add':
      return added(set, edit);
    case 'change':
      return inside(set, edit.code, (lines, at) => lines.with(at, merged(lines[at]!, edit)));
    case 'move':
      return inside(set, edit.code, (lines, at) => moved(lines, at, edit.up ? at - 1 : at + 1));
    case 'remove':
      return inside(set, edit.code, (lines, at) => lines.toSpliced(at, 1));
  }
}

type AnyLine = Theme | Objective | Indicator;

export function levelOf(line: AnyLine): Line['level'] {
  if ('objectives' in line) return 'theme';
  return 'indicators' in line ? 'objective' : 'indicator';
}

/** A line of any level by its code. */
export function lineIn(set: Pick<SetFile, 'themes'>, code: string): AnyLine | undefined {
  const objectives = set.themes.flatMap((theme) => theme.objectives);
  return [...set.themes, ...objectives, ...objectives.flatMap(({ indicators }) => indicators)].find(
    (one) => one.code === code,
  );
}

function added(set: SetFile, edit: { under: string | null } & Line): SetFile {
  if (edit.level === 'theme') return { ...set, themes: [...set.themes, { ...edit.line, objectives: [] }] };
  const above = mustExist(lineIn(set, edit.under ?? ''), 'criteria.line');
  if (edit.level === 'objective' && 'objectives' in above) {
    const objectives = [...above.objectives, { ...edit.line, indicators: [] }];
    return inside(set, above.code, (lines, at) => lines.with(at, { ...above, objectives }));
  }
  if (edit.level === 'indicator' && 'indicators' in above) {
    const indicators = [...above.indicators, edit.line];
    return inside(set, above.code, (lines, at) => lines.with(at, { ...above, indicators }));
  }
  return refuse('criteria.line.wrong_level', 422);
}

/** The line with its new words, and still with what lies under it. */
function merged(line: AnyLine, { level, line: given }: Line): AnyLine {
  if (levelOf(line) !== level) refuse('criteria.line.wrong_level', 422);
  return { ...line, ...given } as AnyLine;
}

function moved(lines: readonly AnyLine[], from: number, to: number): readonly AnyLine[] {
  if (to < 0 || to >= lines.length) return lines;
  return lines.with(to, lines[from]!).with(from, lines[to]!);
}

type Change = (lines: readonly AnyLine[], at: number) => readonly AnyLine[];

/** Changes the list in which a line stands. */
function inside(set: SetFile, code: string, change: Change): SetFile {
  mustExist(lineIn(set, code), 'criteria.line');
  const list = <One extends AnyLine>(lines: readonly One[]): One[] => {
    const at = lines.findIndex((one) => one.code === code);
    return (at < 0 ? lines : change(lines, at)) as One[];
  };
  const themes = list(set.themes).map((theme) => ({
    ...theme,
    objectives: list(theme.objectives).map((one) => ({ ...one, indicators: list(one.indicators) })),
  }));
  return { ...set, themes };
}
