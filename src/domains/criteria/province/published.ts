/** What a commune publishes of a board: values without people, small groups hidden. Pure. */
import type { LocalDate } from '#kernel/time';
import type { Board, BoardLine } from '../board.ts';
import { levelsOf, totalsOf } from '../board.ts';
import type { Judged } from '../judge.ts';
import type { Status } from '../rollup.ts';

/** Of fewer than these nothing but the state is told: who knows the place would know the people. */
export const FEWEST = 5;
/** A share of fewer than these moves by more than three points with a single record. */
export const SMALL = 30;

export type PublishedValue = {
  code: string;
  status: Status;
  judged: Judged;
  /** In the indicator's unit; null where it is not known or not told. */
  value: number | null;
  /** Why it is not told: only officials may see it, or it is about fewer than five. */
  hidden: 'staff' | 'few' | null;
  threshold: number;
  /** How far it is from the threshold, in the indicator's unit. */
  gap: number | null;
  from: 'live' | 'typed' | 'none';
  /** Of how many records it is a share. */
  of: number | null;
};

export type PublishedBody = {
  format: 'xa-so-criteria-values/1';
  commune: string;
  set: string;
  version: number;
  group: number;
  asOf: LocalDate;
  /** The middle of the commune's hamlets: longitude, latitude. */
  at: readonly [number, number] | null;
  totals: ReturnType<typeof totalsOf>;
  values: PublishedValue[];
};

/** @param board of the commune, never of one hamlet */
export function publishedBody(
  board: Board,
  { commune, group, at }: Pick<PublishedBody, 'commune' | 'group' | 'at'>,
): PublishedBody {
  return {
    format: 'xa-so-criteria-values/1',
    commune,
    set: board.set.code,
    version: board.version,
    group,
    asOf: board.asOf,
    at,
    totals: totalsOf(board),
    values: levelsOf(board).indicators.map(valueOf),
  };
}

function valueOf({ indicator, status, judged, value, threshold, gap }: BoardLine): PublishedValue {
  const of = value.parts?.denominator ?? null;
  const hidden = value.staff ? 'staff' : of !== null && of > 0 && of < FEWEST ? 'few' : null;
  return {
    code: indicator.code,
    status,
    judged,
    value: hidden ? null : value.value,
    hidden,
    threshold,
    gap: hidden ? null : (gap?.by ?? null),
    from: value.from,
    of: hidden ? null : of,
  };
}

/** Whether two boards say the same, whatever the day. */
export function saysTheSame(one: PublishedBody, other: PublishedBody): boolean {
  const timeless = (body: PublishedBody) => JSON.stringify({ ...body, asOf: '' });
  return timeless(one) === timeless(other);
}
