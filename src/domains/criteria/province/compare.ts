/** Communes beside each other, fairly: within their group, small numbers marked, and who needs help with what. Pure. */
import type { Status } from '../rollup.ts';
import { SMALL, type PublishedBody, type PublishedValue } from './published.ts';

export const SORTS = ['reached', 'name', 'day'] as const;
export type Sort = (typeof SORTS)[number];

/** A commune's board with its place among those of its own group. */
export type Ranked<P> = P & {
  /** 1 is the best of its group; the same count is the same place. */
  place: number;
  ofGroup: number;
  /** Values that rest on few records. */
  small: number;
  /** Values that are not told. */
  hidden: number;
};

type Named = PublishedBody;

/** Only communes of the same group have the same thresholds: places are given within a group. */
export function ranked<P extends Named>(boards: readonly P[]): Ranked<P>[] {
  return boards.map((board) => {
    const peers = boards.filter(({ group }) => group === board.group);
    const better = peers.filter((peer) => peer.totals.indicators.reached > board.totals.indicators.reached);
    return {
      ...board,
      place: better.length + 1,
      ofGroup: peers.length,
      small: board.values.filter(isSmall).length,
      hidden: board.values.filter(({ hidden }) => hidden !== null).length,
    };
  });
}

/** Whether a share rests on so few records that one of them moves it visibly. */
export function isSmall({ of }: Pick<PublishedValue, 'of'>): boolean {
  return of !== null && of > 0 && of < SMALL;
}

export function sorted<P extends Ranked<Named>>(boards: readonly P[], sort: Sort): P[] {
  const byName = (a: P, b: P) => a.commune.localeCompare(b.commune, 'vi');
  const ways: Record<Sort, (a: P, b: P) => number> = {
    name: byName,
    reached: (a, b) => b.totals.indicators.reached - a.totals.indicators.reached || byName(a, b),
    day: (a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : byName(a, b)),
  };
  return [...boards].sort(ways[sort]);
}

export type Need = {
  code: string;
  /** Communes to which the indicator applies, and those of them that have not reached it. */
  communes: number;
  short: number;
  /** Those furthest from their threshold first; a small number behind it is marked. */
  furthest: { commune: string; value: number; small: boolean }[];
};

/** For each indicator who has not reached it; what most communes lack first. @param most so many are named */
export function needsOf(boards: readonly Named[], most = 5): Need[] {
  const codes = [...new Set(boards.flatMap(({ values }) => values.map(({ code }) => code)))];
  const needs = codes.map((code): Need => {
    const held = boards.flatMap((board) => {
      const value = board.values.find((one) => one.code === code);
      return value && value.status !== 'not_applicable' ? [{ commune: board.commune, ...value }] : [];
    });
    const short = held.filter(({ status }) => status !== 'reached');
    const far = short
      .filter(({ value, gap }) => value !== null && gap !== null)
      .sort((a, b) => distance(b) - distance(a))
      .slice(0, most);
    const furthest = far.map((one) => ({ commune: one.commune, value: one.value!, small: isSmall(one) }));
    return { code, communes: held.length, short: short.length, furthest };
  });
  return needs.filter(({ short }) => short > 0).sort((a, b) => b.short / b.communes - a.short / a.communes);
}

/** How much of the threshold is missing, so that shares and counts stand on one scale. */
function distance({ gap, threshold }: Pick<PublishedValue, 'gap' | 'threshold'>): number {
  return (gap ?? 0) / Math.max(threshold, 1);
}

/** How many indicators of each state; one character each, in the set's order, for drawing. */
export function stripOf(board: Pick<Named, 'values'>): Status[] {
  return board.values.map(({ status }) => status);
}
