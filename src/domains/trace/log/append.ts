/** The way into the public log for the verbs of this room and of others. */
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson, commitmentOf } from '#kernel/audit';
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { newId } from '#kernel/ids';
import type { NewLeaf } from './leaf.ts';
import { insertAbout, insertSalts, insertWaiting } from './waiting.queries.ts';

/** Transactions whose job is queued already; a ctx lives as long as its transaction. */
const told = new WeakSet<Ctx>();
export const SEQUENCE_JOB = 'trace.log.sequence';

/**
 * Hands leaves to the public log in the transaction of what they tell of: both happen or neither. A job gives
 * them their places within seconds; the same leaf handed over twice stands there once. Asks for no right: the
 * verb that calls it was allowed.
 */
export async function appendLeaves(ctx: Ctx, leaves: readonly NewLeaf[]): Promise<void> {
  if (leaves.length === 0) return;
  const salts: { hash: Buffer; salt: Buffer }[] = [];
  const waiting = leaves.map((leaf) => {
    const { kind, id: subject } = leaf;
    if ('hash' in leaf)
      return { id: newId(ctx.now), kind, subject, hash: leaf.hash, digest: digestOf(leaf.event) };
    const salt = randomBytes(16);
    const hash = commitmentOf(salt, leaf.content);
    salts.push({ hash, salt });
    return { id: newId(ctx.now), kind, subject, hash, digest: null };
  });
  await insertWaiting(ctx, waiting);
  await insertSalts(ctx, salts);
  await insertAbout(
    ctx,
    leaves.flatMap(({ kind, id: subject, about = [] }) =>
      about.map((code) => ({ about: code, kind, subject })),
    ),
  );
  if (told.has(ctx)) return;
  told.add(ctx);
  // No key: a shared one would make every writer of the commune wait for the others' commits.
  await enqueue(ctx, SEQUENCE_JOB, {});
}

function digestOf(event: unknown): Buffer | null {
  if (event === undefined) return null;
  return createHash('sha256').update(canonicalJson(event)).digest();
}
