/** Jobs of the public log. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { SEQUENCE_JOB } from './append.ts';
import { sequenceLeaves } from './log.actions.ts';

/** As long another process may need for its batch. */
const AGAIN_MS = 1_000;

/** After every write, and every minute: one batch, and itself again while there may be more. */
export async function sequenceSome(ctx: Ctx): Promise<void> {
  const { more } = await sequenceLeaves(ctx);
  if (!more) return;
  const at = new Date(ctx.now.getTime() + AGAIN_MS);
  await enqueue(ctx, SEQUENCE_JOB, {}, { key: `${SEQUENCE_JOB}:${ctx.commune.id}`, at });
}
