/** Jobs of the audit room. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { linkEntries } from './chain.actions.ts';

/** Every minute: one batch, and itself again while there is more. */
export async function linkSome(ctx: Ctx): Promise<void> {
  const { more } = await linkEntries(ctx);
  if (more) await enqueue(ctx, 'audit.chain.link', {}, { key: `audit.chain.link:${ctx.commune.id}` });
}
