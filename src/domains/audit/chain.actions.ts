/** Chaining the audit record. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { genesis, linkHash, markOf, microIso } from './chain.ts';
import { findLastLink, insertLinks, listLinks, listUnlinked, lockChain } from './chain.queries.ts';
import type { Head } from './heads.ts';

/** Entries chained in one transaction. */
const BATCH = 5_000;
/** How far back the frequent runs look; no transaction stays open so long. */
const LOOK_BACK_MS = 26 * 3_600_000;

/**
 * Chains entries that are committed and not chained yet, at most one batch. What counts is the order of
 * linking: an entry whose transaction commits late is simply linked later; its unique key keeps it from
 * being linked twice.
 * @param options `thorough` looks at every entry ever written, not only at the last day's
 * @returns how many were linked; a full batch means that there may be more
 */
export async function linkEntries(
  ctx: Ctx,
  { thorough = false } = {},
): Promise<{ linked: number; more: boolean }> {
  allow(ctx, 'audit.chain.link');
  await lockChain(ctx);
  const last = await findLastLink(ctx);
  const since = last && !thorough ? new Date(last.linked_at.getTime() - LOOK_BACK_MS) : null;
  const frames = await listUnlinked(ctx, since, BATCH);
  if (frames.length === 0) return { linked: 0, more: false };
  const linkedAt = microIso(ctx.now);
  let seq = last?.seq ?? 0n;
  let prev = last?.hash ?? genesis(ctx.commune.id);
  const links = frames.map((frame) => {
    const link = { seq: (seq += 1n), entryId: frame.id, prev, hash: linkHash(prev, frame, linkedAt) };
    prev = link.hash;
    return link;
  });
  await insertLinks(ctx, links, linkedAt);
  return { linked: frames.length, more: frames.length === BATCH };
}

/** When the oldest unchained entry was recorded; undefined when all are chained. For the metrics. */
export async function oldestUnlinked(ctx: Ctx): Promise<Date | undefined> {
  allow(ctx, 'audit.chain.link');
  const last = await findLastLink(ctx);
  const since = last ? new Date(last.linked_at.getTime() - 600_000) : null;
  const [oldest] = await listUnlinked(ctx, since, 1);
  return oldest && new Date(oldest.recorded_at);
}

/** Links behind one head: so many marks stand in one line of the file. */
const HEAD_SPAN = 1_000;

/**
 * The heads that a keeper who has the chain up to `after` is missing, oldest first: one for every thousand
 * links and one for the end. Read them only after everything was linked.
 */
export async function takeHeads(ctx: Ctx, after: bigint): Promise<Head[]> {
  allow(ctx, 'audit.chain.head');
  const heads: Head[] = [];
  for (let from = after; ;) {
    const links = await listLinks(ctx, from, HEAD_SPAN);
    const end = links.at(-1);
    if (!end) return heads;
    const marks = links.map(({ frame }) => (frame ? markOf(frame) : '--------')).join('');
    heads.push({
      commune: ctx.commune.slug,
      seq: Number(end.seq),
      hash: end.hash.toString('hex'),
      taken_at: ctx.now.toISOString(),
      from: Number(from) + 1,
      marks,
    });
    from = end.seq;
  }
}
