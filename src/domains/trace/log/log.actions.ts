/** Giving waiting leaves their places, signing the log's head, changing its key. */
import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { Edge, edgeRuns, type NewNode } from './edge.ts';
import { currentSigners, insertKey, listKeys, type LogKey } from './key.queries.ts';
import { leafHashOf, type Leaf } from './leaf.ts';
import { checkpointText, signNote, verifierKeyOf, writeVerifierKey, type VerifierKey } from './note.ts';
import {
  countLeaves,
  findHead,
  insertHead,
  insertLeaves,
  insertNodes,
  lockLog,
  readHashes,
} from './tree.queries.ts';
import { deleteSalt, deleteWaiting, insertWaiting, listWaiting } from './waiting.queries.ts';

/** Leaves sequenced in one transaction. */
const BATCH = 5_000;
const DAY_MS = 86_400_000;
const ENTRY_ROOM = '/nhat-ky-cong-khai/';

export type Sequenced = {
  /** Leaves that got a place. */
  added: number;
  /** Whether there may be more to do: a full batch, or another process was at it. */
  more: boolean;
};

/**
 * Gives waiting leaves their places, at most one batch, and signs the new head. The first time it makes the log's
 * key. What is in the tree is looked at before it grows: a head that contradicts an earlier one is never signed.
 * @throws Error when the stored tree no longer leads to the head that was signed last
 */
export async function sequenceLeaves(ctx: Ctx): Promise<Sequenced> {
  allow(ctx, 'trace.log.sequence');
  if (!(await lockLog(ctx))) return { added: 0, more: true };
  const keys = await listKeys(ctx);
  if (keys.length === 0) await addKey(ctx, 1, { predecessorUntil: null, handover: null });
  return sequence(ctx);
}

/**
 * Makes a new key that signs from now on.
 * @param how `overlapDays`: so long the old key signs beside it, and the old key names the new one. `lost`: the old
 * key may be in other hands; it stops at once and names nobody, so whoever pinned it must be told the new one
 * @returns the new key, in the form in which it is pinned
 */
export async function rotateLogKey(
  ctx: Ctx,
  { overlapDays = 30, lost = false }: { overlapDays?: number; lost?: boolean } = {},
): Promise<string> {
  allow(ctx, 'trace.log.rotate', { kind: 'trace_log' }, { lost });
  if (!(await lockLog(ctx))) throw new Error('the log is being written to; try again');
  const keys = await listKeys(ctx);
  const old = keys.at(-1);
  const predecessorUntil = old ? new Date(ctx.now.getTime() + (lost ? 0 : overlapDays * DAY_MS)) : null;
  const key = await addKey(ctx, (old?.generation ?? 0) + 1, {
    predecessorUntil,
    handover: old && !lost ? { keys } : null,
  });
  await sequence(ctx);
  return writeVerifierKey(key);
}

/** Forgets a salt: what its leaf committed to can no longer be shown or guessed; the tree stays as it is. */
export async function forgetCommitment(ctx: Ctx, hash: Buffer, reason: string): Promise<boolean> {
  allow(ctx, 'trace.log.forget', { kind: 'trace_log', id: hash.toString('hex') }, { reason });
  return deleteSalt(ctx, hash);
}

type Beginning = { predecessorUntil: Date | null; handover: { keys: readonly LogKey[] } | null };

/** A new key, which also becomes a leaf: nobody can show different keys to different people unseen. */
async function addKey(
  ctx: Ctx,
  generation: number,
  { predecessorUntil, handover }: Beginning,
): Promise<VerifierKey> {
  const known = await listKeys(ctx);
  const name = known[0]?.key.name ?? originOf(ctx);
  const seed = randomBytes(32);
  const note = handover && (await handoverNote(ctx, handover.keys, { name, seed }));
  const key = await insertKey(ctx, generation, { name, seed }, { predecessorUntil, handover: note });
  const text = writeVerifierKey(key);
  const hash = createHash('sha256').update(text).digest();
  await insertWaiting(ctx, [{ id: newId(ctx.now), kind: 'key', subject: text, hash, digest: null }]);
  return key;
}

/** What the newest key says of the one that follows it; its second line keeps it apart from a checkpoint. */
async function handoverNote(
  ctx: Ctx,
  keys: readonly LogKey[],
  next: { name: string; seed: Buffer },
): Promise<string | null> {
  const signer = (await currentSigners(ctx, keys)).at(-1);
  if (!signer) return null;
  const named = writeVerifierKey(verifierKeyOf(next));
  return signNote(`${next.name}\nhandover\n${named}\n${ctx.now.toISOString()}\n`, [signer]);
}

function originOf(ctx: Ctx): string {
  return new URL(ctx.wiring.installation.origin).host + ENTRY_ROOM + ctx.commune.slug;
}

async function sequence(ctx: Ctx): Promise<Sequenced> {
  const head = await findHead(ctx);
  const edge = await readEdge(ctx, head?.size ?? 0);
  if (head && !edge.root().equals(head.root))
    throw new Error(
      'The public log no longer leads to the head that was signed last: run npm run xa -- verify',
    );
  const waiting = await listWaiting(ctx, BATCH);
  if (waiting.length === 0) return { added: 0, more: false };
  const leaves: Leaf[] = [];
  const nodes: NewNode[] = [];
  const seen = new Set<string>();
  for (const { kind, subject, hash, digest, known } of waiting) {
    const same = `${kind} ${subject} ${hash.toString('hex')}`;
    if (known || seen.has(same)) continue;
    seen.add(same);
    const said = { kind, hash, digest };
    const leaf = { ...said, index: edge.size, subject, leafHash: leafHashOf(said) };
    leaves.push(leaf);
    nodes.push(...edge.push(leaf.leafHash));
  }
  await deleteWaiting(
    ctx,
    waiting.map(({ id }) => id),
  );
  if (leaves.length > 0) {
    await insertLeaves(ctx, leaves);
    await insertNodes(ctx, nodes);
    await signHead(ctx, (head?.seq ?? 0n) + 1n, edge);
  }
  return { added: leaves.length, more: waiting.length === BATCH };
}

async function readEdge(ctx: Ctx, size: number): Promise<Edge> {
  const stored = await countLeaves(ctx);
  if (stored !== size) throw new Error(`The public log holds ${stored} leaves, and ${size} were signed`);
  return new Edge(size, await readHashes(ctx, edgeRuns(size)));
}

async function signHead(ctx: Ctx, seq: bigint, edge: Edge): Promise<void> {
  const signers = await currentSigners(ctx, await listKeys(ctx));
  const root = edge.root();
  const text = checkpointText({ origin: signers[0]!.name, size: edge.size, root });
  await insertHead(ctx, { seq, size: edge.size, root, note: signNote(text, signers), signedAt: ctx.now });
}
