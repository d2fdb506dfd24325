/** `xa verify`: reads a commune's whole audit record and checks it against itself and against kept heads. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { genesis, markOf } from './chain.ts';
import {
  countUnlinked,
  findSeqOfHash,
  listErased,
  listLinks,
  listLinksAt,
  listStrays,
} from './chain.queries.ts';
import { marksOf, type Head } from './heads.ts';
import {
  about,
  beginWalk,
  compareMarks,
  judgeBreaks,
  judgeMisfits,
  step,
  type Problem,
  type Walk,
} from './verify.ts';

export type ChainReport = {
  commune: string;
  /** Entries in the chain, details beside them that are still there, details erased with a recorded reason. */
  entries: number;
  details: number;
  erased: number;
  /** Committed and not chained yet; the next run of the job chains them. */
  waiting: number;
  /** Kept heads that were compared. */
  heads: number;
  problems: Problem[];
};

const PAGE = 2_000;
/** An entry this much older than the newest link should have been chained by it. */
const STRAY_AFTER_MS = 2 * 3_600_000;

/**
 * Checks everything; changes nothing.
 * @param kept heads of this commune that were kept outside the database
 */
export async function verifyChain(ctx: Ctx, kept: readonly Head[]): Promise<ChainReport> {
  allow(ctx, 'audit.chain.verify');
  const headAt = new Map(kept.map((head) => [head.seq, head]));
  const fitting = new Set<Head>();
  const walk = beginWalk(genesis(ctx.commune.id));
  let newest: Date | null = null;
  for (let after = 0n; ;) {
    const links = await listLinks(ctx, after, PAGE);
    for (const link of links) {
      step(walk, link);
      const head = headAt.get(Number(link.seq));
      if (head?.hash === link.hash.toString('hex')) fitting.add(head);
    }
    const end = links.at(-1);
    if (!end) break;
    after = end.seq;
    newest = new Date(end.linked_at);
  }
  const erased = new Set(await listErased(ctx));
  const problems = [
    ...walk.problems,
    ...judgeMisfits(walk.misfits),
    ...judgeBreaks(await withPredecessors(ctx, walk)),
    ...walk.withoutDetail
      .filter(({ entry_id }) => !erased.has(entry_id))
      .map((link): Problem => ({ ...about(link), kind: 'detail_removed' })),
    ...(await strays(ctx, newest)),
    ...(await againstHeads(ctx, kept, fitting)),
  ];
  return {
    commune: ctx.commune.slug,
    entries: walk.entries,
    details: walk.details,
    erased: erased.size,
    waiting: await countUnlinked(ctx),
    heads: kept.length,
    problems: await named(ctx, unique(problems)),
  };
}

async function withPredecessors(ctx: Ctx, { breaks }: Walk) {
  const found = [];
  for (const item of breaks) {
    const seq = await findSeqOfHash(ctx, item.link.prev);
    found.push({ ...item, seqOfPrev: seq === undefined ? undefined : Number(seq) });
  }
  return found;
}

/** Entries outside the chain that are too old to be waiting for their link: somebody put them there. */
async function strays(ctx: Ctx, newest: Date | null): Promise<Problem[]> {
  if (!newest) return [];
  const found = await listStrays(ctx, new Date(newest.getTime() - STRAY_AFTER_MS));
  return found.map(({ id, at, action }) => ({ kind: 'inserted', seq: null, entryId: id, at, action }));
}

/** Where a kept head does not fit, its marks tell which records differ since the last head that does. */
async function againstHeads(ctx: Ctx, kept: readonly Head[], fitting: ReadonlySet<Head>): Promise<Problem[]> {
  const wrong = kept.filter((head) => !fitting.has(head));
  if (wrong.length === 0) return [];
  const first = Math.min(...wrong.map(({ from }) => from));
  const marks = new Map([...marksOf(wrong)].filter(([place]) => place >= first));
  const now = new Map<number, string>();
  for (let after = BigInt(first - 1); ;) {
    const links = await listLinks(ctx, after, PAGE);
    for (const { seq, frame } of links) now.set(Number(seq), frame ? markOf(frame) : '');
    const end = links.at(-1);
    if (!end) break;
    after = end.seq;
  }
  const named = compareMarks(marks, now);
  if (named.length > 0) return named;
  return wrong.map(({ seq }) => ({ kind: 'head_mismatch', seq, entryId: null, at: null, action: null }));
}

/** Fills in which entry stands at a place, where only the place is known. */
async function named(ctx: Ctx, problems: Problem[]): Promise<Problem[]> {
  const places = problems.flatMap(({ seq, entryId, kind }) =>
    seq !== null && entryId === null && kind !== 'removed' ? [seq] : [],
  );
  const links = new Map((await listLinksAt(ctx, places)).map((link) => [Number(link.seq), link]));
  return problems.map((problem) => {
    const link =
      problem.entryId === null && problem.kind !== 'removed' ? links.get(problem.seq ?? 0) : undefined;
    return link ? { ...about(link), kind: problem.kind } : problem;
  });
}

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((item) => [`${item.kind} ${item.seq ?? item.entryId}`, item]));
  return [...seen.values()];
}

/** A quick look before more heads are kept. @throws Error when the chain no longer has this head */
export async function verifyHead(ctx: Ctx, head: Head): Promise<void> {
  allow(ctx, 'audit.chain.head');
  const [link] = await listLinksAt(ctx, [head.seq]);
  if (link?.hash.toString('hex') === head.hash) return;
  throw new Error(
    `The audit record of ${head.commune} no longer fits the head kept on ${head.taken_at} (place ${head.seq}): run npm run xa -- verify`,
  );
}
