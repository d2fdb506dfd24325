/** Keeping the log's heads outside the database, and checking the whole log against them. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { Anchor } from './anchor.ts';
import { Edge, type NewNode } from './edge.ts';
import { listKeys } from './key.queries.ts';
import { leafHashOf } from './leaf.ts';
import { openNote, readCheckpoint, type VerifierKey } from './note.ts';
import { findHead, hashesOfRanges, listHeads, listLeaves, listNodes } from './tree.queries.ts';
import { countWaiting } from './waiting.queries.ts';

/**
 * The log's head for a keeper who has `last`; null when there is nothing new.
 * @throws Error when the log no longer begins with what was kept
 */
export async function takeAnchor(ctx: Ctx, last?: Anchor): Promise<Anchor | null> {
  allow(ctx, 'trace.log.anchor');
  const head = await findHead(ctx);
  if (!head) {
    if (last) throw new Error(rewritten(last));
    return null;
  }
  if (last && (head.size < last.size || (await rootAt(ctx, last.size)) !== last.root))
    throw new Error(rewritten(last));
  if (last?.checkpoint === head.note) return null;
  const { size, root, note } = head;
  const taken_at = ctx.now.toISOString();
  return { commune: ctx.commune.slug, size, root: root.toString('hex'), checkpoint: note, taken_at };
}

/** What is wrong with a log, and where. */
export type LogProblem = { kind: LogProblemKind; where: string };
export type LogProblemKind =
  | 'leaf_altered'
  | 'leaf_removed'
  | 'tile_altered'
  | 'checkpoint_altered'
  | 'anchor_altered'
  | 'anchor_mismatch';
export type LogReport = {
  commune: string;
  leaves: number;
  /** Committed and without a place yet. */
  waiting: number;
  checkpoints: number;
  anchors: number;
  problems: LogProblem[];
};

const PAGE = 2_000;

/**
 * Recomputes the whole log from its leaves and compares it with its tiles, every head ever signed, and the heads
 * that were kept outside. Changes nothing.
 */
export async function checkLog(ctx: Ctx, kept: readonly Anchor[]): Promise<LogReport> {
  allow(ctx, 'trace.log.check');
  const keys = (await listKeys(ctx)).map(({ key }) => key);
  const heads = await listHeads(ctx, { limit: 1_000_000, offset: 0 });
  const wanted = new Set([...heads.map(({ size }) => size), ...kept.map(({ size }) => size)]);
  const { problems, roots, size } = await walk(ctx, wanted);
  for (const { seq, size: at, root, note } of heads) {
    const fits = roots.get(at)?.equals(root) && isSigned(note, { size: at, root }, keys);
    if (!fits) problems.push({ kind: 'checkpoint_altered', where: `checkpoint ${seq} (${at} leaves)` });
  }
  for (const { size: at, root, checkpoint, taken_at } of kept) {
    const where = `the head of ${at} leaves kept on ${taken_at}`;
    if (!isSigned(checkpoint, { size: at, root: Buffer.from(root, 'hex') }, keys))
      problems.push({ kind: 'anchor_altered', where });
    else if (roots.get(at)?.toString('hex') !== root) problems.push({ kind: 'anchor_mismatch', where });
  }
  return {
    commune: ctx.commune.slug,
    leaves: size,
    waiting: await countWaiting(ctx),
    checkpoints: heads.length,
    anchors: kept.length,
    problems,
  };
}

type Walked = { problems: LogProblem[]; roots: Map<number, Buffer>; size: number };

async function walk(ctx: Ctx, wanted: ReadonlySet<number>): Promise<Walked> {
  const problems: LogProblem[] = [];
  const roots = new Map<number, Buffer>();
  const edge = new Edge(0, []);
  for (let more = true; more;) {
    const leaves = await listLeaves(ctx, edge.size, edge.size + PAGE);
    more = leaves.length > 0;
    const made: NewNode[] = [];
    for (const leaf of leaves) {
      if (leaf.index !== edge.size) {
        problems.push({ kind: 'leaf_removed', where: `leaf ${edge.size}` });
        return { problems, roots, size: edge.size };
      }
      const right = leafHashOf(leaf);
      if (!right.equals(leaf.leafHash))
        problems.push({ kind: 'leaf_altered', where: `leaf ${leaf.index} (${leaf.kind} ${leaf.subject})` });
      made.push(...edge.push(right));
      if (wanted.has(edge.size)) roots.set(edge.size, edge.root());
    }
    problems.push(...(await compareNodes(ctx, made)));
  }
  return { problems, roots, size: edge.size };
}

async function compareNodes(ctx: Ctx, made: readonly NewNode[]): Promise<LogProblem[]> {
  const stored = await listNodes(ctx, made);
  return made
    .filter(({ hash }, at) => !stored[at]?.equals(hash))
    .map(({ level, index }) => ({ kind: 'tile_altered', where: `hash ${index} of level ${level}` }));
}

function isSigned(
  note: string,
  { size, root }: { size: number; root: Buffer },
  keys: readonly VerifierKey[],
): boolean {
  try {
    const head = readCheckpoint(openNote(note, keys).text);
    return head.size === size && head.root.equals(root);
  } catch {
    return false;
  }
}

async function rootAt(ctx: Ctx, size: number): Promise<string> {
  const [root] = await hashesOfRanges(ctx, [[0, size]]);
  return root!.toString('hex');
}

function rewritten({ commune, size, taken_at }: Anchor): string {
  return `The public log of ${commune} no longer begins with the ${size} leaves kept on ${taken_at}: run npm run xa -- verify`;
}
