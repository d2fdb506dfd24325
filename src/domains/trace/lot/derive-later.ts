/** Tells the job that derives events that something happened. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';

export const DERIVE_JOB = 'trace.lot.derive';
export const TELL_JOB = 'trace.lot.tell';

/** Transactions whose job is queued already; a ctx lives as long as its transaction. */
const told = new WeakSet<Ctx>();

/** Queues the deriving of events once for each transaction. No key: writers of a commune would wait for each other. */
export async function deriveLater(ctx: Ctx): Promise<void> {
  if (told.has(ctx)) return;
  told.add(ctx);
  await enqueue(ctx, DERIVE_JOB, {});
}
