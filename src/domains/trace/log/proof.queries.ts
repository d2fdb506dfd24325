/** What the public log answers strangers: its keys and heads, tiles, and proofs of leaves and of heads. */
import { canonicalJson } from '#kernel/audit';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { listKeys, type LogKey } from './key.queries.ts';
import { bundleOfEntries, type Leaf } from './leaf.ts';
import { consistencyRanges, inclusionRanges } from './merkle.ts';
import { writeVerifierKey } from './note.ts';
import { LEAF_SOURCES } from './sources.ts';
import type { LeafSources, Shown } from './source.ts';
import { runOfTile, type Tile } from './tile.ts';
import {
  countHeads,
  findHead,
  hashesOfRanges,
  listEntries,
  listHeads,
  listLeavesOf,
  readHashes,
  type SignedHead,
} from './tree.queries.ts';
import { findSalts } from './waiting.queries.ts';

/** The log as it stands: null where nothing was ever logged. */
export type LogState = { origin: string; keys: LogKey[]; head: SignedHead };

export async function findLog(ctx: Ctx): Promise<LogState | null> {
  allow(ctx, 'trace.log.see');
  const head = await findHead(ctx);
  if (!head) return null;
  const keys = await listKeys(ctx);
  return { origin: keys[0]!.key.name, keys, head };
}

/** @throws AppError `trace.log.empty` (404) */
export async function getLog(ctx: Ctx): Promise<LogState> {
  allow(ctx, 'trace.log.see');
  return (await findLog(ctx)) ?? refuse('trace.log.empty', 404);
}

/** Heads that were signed before an instant (all when left out), newest first. */
export async function listCheckpoints(
  ctx: Ctx,
  page: { before?: Date; limit: number; offset: number },
): Promise<{ items: SignedHead[]; total: number }> {
  allow(ctx, 'trace.log.see');
  return { items: await listHeads(ctx, page), total: await countHeads(ctx, page.before) };
}

/** The bytes of a tile or an entry bundle; undefined for one that the tree does not have (yet). */
export async function findTile(ctx: Ctx, tile: Tile): Promise<Buffer | undefined> {
  allow(ctx, 'trace.log.see');
  const run = runOfTile(tile, (await findHead(ctx))?.size ?? 0);
  if (!run) return undefined;
  if (tile.level === 'entries') return bundleOfEntries(await listEntries(ctx, run.from, run.to));
  return Buffer.concat((await readHashes(ctx, [run]))[0]!);
}

/** PATH(index, D[size]), nearest the leaf first. @throws AppError `trace.log.no_such_leaf` (404) */
export async function inclusionProof(ctx: Ctx, index: number, size: number): Promise<Buffer[]> {
  allow(ctx, 'trace.log.see');
  const { head } = await getLog(ctx);
  if (index >= size || size > head.size) refuse('trace.log.no_such_leaf', 404);
  return hashesOfRanges(ctx, inclusionRanges(index, size));
}

/** PROOF(older, D[newer]). @throws AppError `trace.log.no_such_sizes` (404) */
export async function consistencyProof(ctx: Ctx, older: number, newer: number): Promise<Buffer[]> {
  allow(ctx, 'trace.log.see');
  const { head } = await getLog(ctx);
  if (older < 1 || older > newer || newer > head.size) refuse('trace.log.no_such_sizes', 404);
  return hashesOfRanges(ctx, consistencyRanges(older, newer));
}

/** One leaf with all that somebody needs to check it. Bytes are base64, the hash is hex. */
export type ProofItem = {
  index: number;
  kind: string;
  subject: string;
  hash: string;
  /** Of a published event's canonical JSON, hex. */
  digest?: string;
  proof: string[];
  /** The event as it is stored now. */
  event?: unknown;
  /** What was committed to as it is stored now (canonical JSON), and its salt. */
  opening?: { salt: string; content: string };
};

/** Everything that the log says of a subject, checkable without us. */
export type ProofBundle = {
  format: 'xa-so-proof/1';
  subject: string;
  keys: { key: string; signs_from: string; signs_until: string | null; handover: string | null }[];
  checkpoint: string;
  items: ProofItem[];
};

const MOST_ITEMS = 500;

/**
 * What the log says of a lot, an event or another subject, under the newest head.
 * @throws AppError `trace.log.no_such_subject` (404)
 */
export async function proofOf(
  ctx: Ctx,
  subject: string,
  sources: LeafSources = LEAF_SOURCES,
): Promise<ProofBundle> {
  allow(ctx, 'trace.log.see');
  const { head, keys } = await getLog(ctx);
  const leaves = (await listLeavesOf(ctx, subject, MOST_ITEMS)).filter(({ index }) => index < head.size);
  if (leaves.length === 0) refuse('trace.log.no_such_subject', 404);
  const salts = await findSalts(
    ctx,
    leaves.map(({ hash }) => hash),
  );
  const shown = await showAll(ctx, leaves, sources);
  const items: ProofItem[] = [];
  for (const leaf of leaves) {
    const proof = await hashesOfRanges(ctx, inclusionRanges(leaf.index, head.size));
    const hash = leaf.hash.toString('hex');
    items.push({
      index: leaf.index,
      kind: leaf.kind,
      subject: leaf.subject,
      hash,
      ...(leaf.digest && { digest: leaf.digest.toString('hex') }),
      proof: proof.map((part) => part.toString('base64')),
      ...opened(shown.get(`${leaf.kind} ${leaf.subject}`), salts.get(hash)),
    });
  }
  return { format: 'xa-so-proof/1', subject, keys: keys.map(keyView), checkpoint: head.note, items };
}

/** How a key is shown. */
export function keyView({ key, signsFrom, signsUntil, handover }: LogKey): ProofBundle['keys'][number] {
  return {
    key: writeVerifierKey(key),
    signs_from: signsFrom.toISOString(),
    signs_until: signsUntil?.toISOString() ?? null,
    handover,
  };
}

async function showAll(ctx: Ctx, leaves: readonly Leaf[], sources: LeafSources): Promise<Map<string, Shown>> {
  const found = new Map<string, Shown>();
  for (const kind of new Set(leaves.map((leaf) => leaf.kind))) {
    const subjects = leaves.filter((leaf) => leaf.kind === kind).map(({ subject }) => subject);
    const read = await sources[kind]?.(ctx, subjects);
    for (const [subject, shown] of read ?? []) found.set(`${kind} ${subject}`, shown);
  }
  return found;
}

function opened(shown: Shown | undefined, salt: Buffer | undefined): Pick<ProofItem, 'event' | 'opening'> {
  if (!shown) return {};
  if ('event' in shown) return { event: shown.event };
  if (!salt) return {};
  return { opening: { salt: salt.toString('base64'), content: canonicalJson(shown.content) } };
}
