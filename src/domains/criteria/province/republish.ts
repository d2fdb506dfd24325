/** The wish that live boards are looked at again; the verbs that move values say it. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';

/** The job that publishes live boards anew. */
export const REPUBLISH = 'criteria.board.republish';

/** Asks for live boards to be looked at again; several wishes at once are one. */
export async function wishRepublished(ctx: Ctx): Promise<void> {
  if (!ctx.silent) await enqueue(ctx, REPUBLISH, {}, { key: `${REPUBLISH}:${ctx.commune.id}` });
}
