/** Walks a commune's chain and says what is wrong with it: pure steps over what verify.actions.ts reads. */
import { commitmentOf } from '#kernel/audit';
import { linkHash } from './chain.ts';
import type { Link } from './chain.queries.ts';

export type ProblemKind =
  'altered' | 'removed' | 'inserted' | 'reordered' | 'detail_altered' | 'detail_removed' | 'head_mismatch';

/** One thing that is wrong, with the record it is about as far as that can be told. */
export type Problem = {
  kind: ProblemKind;
  /** Place in the chain; null for an entry that stands outside it. */
  seq: number | null;
  entryId: string | null;
  /** When and what, in the entry's own words as they stand now. */
  at: string | null;
  action: string | null;
};

/** A link that is sound in itself but does not follow the one before it. */
export type Break = { link: Link; afterSeq: number };

/** What the walk has seen so far. */
export type Walk = {
  expectedSeq: bigint;
  expectedPrev: Buffer;
  problems: Problem[];
  breaks: Break[];
  /** Links whose hash does not fit their entry: altered, or the entries changed places. */
  misfits: Link[];
  /** Entries that had a detail and have none now. */
  withoutDetail: Link[];
  entries: number;
  details: number;
};

export function beginWalk(genesis: Buffer): Walk {
  return {
    expectedSeq: 1n,
    expectedPrev: genesis,
    problems: [],
    breaks: [],
    misfits: [],
    withoutDetail: [],
    entries: 0,
    details: 0,
  };
}

/** Takes the next link. After a fault it goes on from what is stored, so that one fault is named once. */
export function step(walk: Walk, link: Link): void {
  const gap = link.seq !== walk.expectedSeq;
  for (let seq = walk.expectedSeq; seq < link.seq; seq += 1n)
    walk.problems.push({ kind: 'removed', seq: Number(seq), entryId: null, at: null, action: null });
  if (!link.frame) {
    walk.problems.push({ ...about(link), kind: 'removed' });
  } else {
    walk.entries += 1;
    if (!linkHash(link.prev, link.frame, link.linked_at).equals(link.hash)) walk.misfits.push(link);
    else if (!gap && !link.prev.equals(walk.expectedPrev))
      walk.breaks.push({ link, afterSeq: Number(link.seq) - 1 });
    checkDetail(walk, link);
  }
  walk.expectedSeq = link.seq + 1n;
  walk.expectedPrev = link.hash;
}

function checkDetail(walk: Walk, link: Link): void {
  const { frame, salt, detail } = link;
  if (!frame) return;
  if (salt) {
    walk.details += 1;
    if (commitmentOf(salt, detail).toString('hex') !== frame.commitment)
      walk.problems.push({ ...about(link), kind: 'detail_altered' });
  } else if (frame.has_detail) {
    walk.withoutDetail.push(link);
  }
}

/** Entries that changed places fit each other's links; what fits none was altered. */
export function judgeMisfits(misfits: readonly Link[]): Problem[] {
  // Comparing all with all: beyond this many, something larger than a swap has happened.
  const candidates = misfits.slice(0, 200);
  return misfits.map((link) => {
    const swapped = candidates.some(
      ({ frame }) => frame !== null && linkHash(link.prev, frame, link.linked_at).equals(link.hash),
    );
    return { ...about(link), kind: swapped ? 'reordered' : 'altered' };
  });
}

/**
 * Judges links that do not follow their neighbour. @param seqOfPrev where the link that it was made to
 * follow stands now; undefined where it is gone
 */
export function judgeBreaks(found: readonly (Break & { seqOfPrev: number | undefined })[]): Problem[] {
  const problems: Problem[] = [];
  for (const run of runsOf(found)) {
    if (run.some(({ link, seqOfPrev }) => seqOfPrev !== undefined && seqOfPrev > Number(link.seq))) {
      // Links that point forward: these changed places. The last of the run only follows where they had stood.
      const moved = run.length > 1 ? run.slice(0, -1) : run;
      problems.push(...moved.map(({ link }) => ({ ...about(link), kind: 'reordered' as const })));
      continue;
    }
    for (const { link, afterSeq, seqOfPrev } of run) {
      if (seqOfPrev === undefined)
        problems.push({ kind: 'removed', seq: afterSeq, entryId: null, at: null, action: null });
      else
        for (let seq = seqOfPrev + 1; seq < Number(link.seq); seq += 1)
          problems.push({ kind: 'inserted', seq, entryId: null, at: null, action: null });
    }
  }
  return problems;
}

function runsOf<T extends Break>(breaks: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (const item of breaks) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.link.seq + 1n === item.link.seq) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

/**
 * Compares kept marks with today's where a kept head does not fit any more: the whole chain was written
 * anew, or its end was cut off.
 * @param kept marks by place as they were kept @param now the same places today
 */
export function compareMarks(kept: ReadonlyMap<number, string>, now: ReadonlyMap<number, string>): Problem[] {
  const problems: Problem[] = [];
  const keptMarks = new Set(kept.values());
  const nowMarks = new Set(now.values());
  const places = [...kept.keys()].sort((a, b) => a - b);
  let here = places[0] ?? 1;
  const say = (kind: ProblemKind, seq: number) =>
    problems.push({ kind, seq, entryId: null, at: null, action: null });
  for (let index = 0; index < places.length;) {
    const place = places[index]!;
    const was = kept.get(place)!;
    const is = now.get(here);
    if (is === was) {
      index += 1;
      here += 1;
    } else if (is === undefined) {
      say('removed', place);
      index += 1;
    } else if (nowMarks.has(was) && keptMarks.has(is)) {
      say('reordered', here);
      index += 1;
      here += 1;
    } else if (nowMarks.has(was)) {
      say('inserted', here);
      here += 1;
    } else if (keptMarks.has(is)) {
      say('removed', place);
      index += 1;
    } else {
      say('altered', here);
      index += 1;
      here += 1;
    }
  }
  return problems;
}

/** The record a problem is about. */
export function about(link: Link): Omit<Problem, 'kind'> {
  return {
    seq: Number(link.seq),
    entryId: link.entry_id,
    at: link.frame?.at ?? null,
    action: link.frame?.action ?? null,
  };
}
