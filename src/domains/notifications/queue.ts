/** Deliveries in the job queue. */
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';

export const DELIVER = 'notifications.deliver';

/** Queues one delivery; a second call while it waits only moves it. */
export async function queueDelivery(ctx: Ctx, id: string, at: Date): Promise<void> {
  await enqueue(ctx, DELIVER, { delivery: id }, { key: `${DELIVER}:${ctx.commune.id}:${id}`, at });
}
