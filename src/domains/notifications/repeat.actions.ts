/** The staff send again what had failed, once the reason is mended. */
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { queueDelivery } from './queue.ts';

/** Another attempt cannot help: the address is wrong, or its time is over. */
const FINAL = ['bad_phone', 'bad_email', 'expired'];

/**
 * Queues a failed delivery anew, with a fresh count of attempts; quiet hours hold. Where the outcome was
 * unknown the person may be told twice: the page says so before.
 * @throws AppError `notifications.delivery.not_found` (404), `notifications.delivery.not_failed` (409),
 *   `notifications.delivery.cannot_repeat` (409)
 */
export async function repeatDelivery(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'notifications.delivery.repeat', { kind: 'delivery', id });
  const found = isId(id)
    ? await ctx.db
        .selectFrom('notifications_delivery as d')
        .innerJoin('notifications_message as m', (join) =>
          join.onRef('m.commune_id', '=', 'd.commune_id').onRef('m.id', '=', 'd.message_id'),
        )
        .select(['d.state', 'd.error_code', 'm.expires_at'])
        .where('d.commune_id', '=', ctx.commune.id)
        .where('d.id', '=', id)
        .forUpdate('d')
        .executeTakeFirst()
    : undefined;
  const delivery = mustExist(found, 'notifications.delivery');
  if (delivery.state !== 'failed') refuse('notifications.delivery.not_failed', 409);
  if (FINAL.includes(delivery.error_code ?? '') || delivery.expires_at)
    refuse('notifications.delivery.cannot_repeat', 409);
  await ctx.db
    .updateTable('notifications_delivery')
    .set({ state: 'queued', attempts: 0, not_before: ctx.now, changed_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
  await queueDelivery(ctx, id, ctx.now);
}

/** Whether a failed delivery is worth a button. */
export function canRepeat({ state, error }: { state: string; error: string | null }): boolean {
  return state === 'failed' && !FINAL.includes(error ?? '');
}
