/** What is wrong with the shape of a set, line against line. Pure; also for trees of which single lines are not read yet. */
import type { Rule } from './rollup.ts';

type Heading = { code: string; rule?: Rule | undefined };
export type Shape = {
  rule?: Rule | undefined;
  themes: readonly (Heading & {
    objectives: readonly (Heading & { indicators: readonly { code: string }[] })[];
  })[];
};
export type ShapeFault = { path: (string | number)[]; code: string };

/**
 * Empty headings (`criteria.set.empty`), codes that stand twice (`code_twice`), lines under one heading whose code names
 * another (`wrong_parent`), points for lines that are not there or lines without points (`weights`).
 */
export function shapeFaults(set: Shape): ShapeFault[] {
  const objectives = set.themes.flatMap((theme, t) =>
    theme.objectives.map((objective, o) => ({ objective, path: ['themes', t, 'objectives', o], theme })),
  );
  return [
    ...emptyFaults([], set, 'themes', set.themes),
    ...set.themes.flatMap((one, t) => emptyFaults(['themes', t], one, 'objectives', one.objectives)),
    ...objectives.flatMap(({ objective, path }) =>
      emptyFaults(path, objective, 'indicators', objective.indicators),
    ),
    ...twiceFaults(set),
    ...parentFaults(set),
  ];
}

/** A heading without lines, or with points for others than its lines. */
function emptyFaults(
  path: (string | number)[],
  { rule }: { rule?: Rule | undefined },
  key: string,
  lines: readonly { code: string }[],
): ShapeFault[] {
  if (lines.length === 0) return [{ path: [...path, key], code: 'criteria.set.empty' }];
  if (rule?.kind !== 'points') return [];
  const weighed = Object.keys(rule.weights);
  const known = lines.map(({ code }) => code);
  const fits = weighed.length === known.length && weighed.every((code) => known.includes(code));
  return fits ? [] : [{ path: [...path, 'rule'], code: 'criteria.set.weights' }];
}

type Placed = { code: string; path: (string | number)[]; above: readonly string[] };

function linesOf({ themes }: Shape): Placed[] {
  return themes.flatMap((theme, t) => [
    { code: theme.code, path: ['themes', t], above: [] },
    ...theme.objectives.flatMap((objective, o) => [
      { code: objective.code, path: ['themes', t, 'objectives', o], above: [theme.code] },
      ...objective.indicators.map(({ code }, i) => ({
        code,
        path: ['themes', t, 'objectives', o, 'indicators', i],
        above: [theme.code, objective.code],
      })),
    ]),
  ]);
}

function twiceFaults(set: Shape): ShapeFault[] {
  const seen = new Set<string>();
  return linesOf(set).flatMap(({ code, path }) => {
    const twice = code !== '' && seen.has(code);
    seen.add(code);
    return twice ? [{ path: [...path, 'code'], code: 'criteria.set.code_twice' }] : [];
  });
}

/** `1.2.3` under `1.1`, where `1.2` stands too: somebody moved a line and forgot its heading. */
function parentFaults(set: Shape): ShapeFault[] {
  const lines = linesOf(set);
  const codes = new Set(lines.map(({ code }) => code));
  return lines.flatMap(({ code, path, above }) => {
    const named = code.slice(0, Math.max(0, code.lastIndexOf('.')));
    const misplaced = named !== '' && codes.has(named) && !above.includes(named);
    return misplaced ? [{ path: [...path, 'code'], code: 'criteria.set.wrong_parent' }] : [];
  });
}
