/** From lines to what stands over them: indicator → objective → theme → set. Pure. */

export const STATUSES = ['reached', 'not_reached', 'unknown', 'not_applicable'] as const;
export type Status = (typeof STATUSES)[number];

/**
 * How a whole is judged by its lines: all of them (the strict rule, the default), a share of the lines in percent, or
 * points with a weight for each line by code. Lines that do not apply are left out everywhere.
 */
export type Rule =
  | { kind: 'all' }
  | { kind: 'share'; atLeast: number }
  | { kind: 'points'; atLeast: number; weights: Record<string, number> };

export type Line = { code: string; status: Status };

/** The status of what stands over the lines: unknown only as long as unknown lines could still decide it. */
export function rollUp(lines: readonly Line[], rule: Rule = { kind: 'all' }): Status {
  const applicable = lines.filter(({ status }) => status !== 'not_applicable');
  if (applicable.length === 0) return lines.length === 0 ? 'unknown' : 'not_applicable';
  const weight = ({ code }: Line) => (rule.kind === 'points' ? (rule.weights[code] ?? 0) : 1);
  const total = (kept: readonly Line[]) => kept.reduce((sum, line) => sum + weight(line), 0);
  const sure = total(applicable.filter(({ status }) => status === 'reached'));
  const possible = total(applicable.filter(({ status }) => status !== 'not_reached'));
  const needed = neededBy(rule, applicable.length);
  if (sure >= needed) return 'reached';
  return possible < needed ? 'not_reached' : 'unknown';
}

function neededBy(rule: Rule, lines: number): number {
  if (rule.kind === 'all') return lines;
  return rule.kind === 'share' ? (lines * rule.atLeast) / 100 : rule.atLeast;
}

/** How many of the lines have a status. */
export function countOf(lines: readonly Line[], status: Status): number {
  return lines.filter((line) => line.status === status).length;
}
