/** Jobs of the events: large documents, and messages to subscribers. */
import type { ErrandHandler, JobHandler } from '#kernel/manifest';
import { delivered, nextDelivery, queueDue } from './deliver.actions.ts';
import { workCapture } from './job.actions.ts';
import { post } from './webhook.ts';

export const EPCIS_JOBS: Record<string, JobHandler> = {
  'trace.epcis.capture': (ctx, { id }) => workCapture(ctx, String(id)),
  'trace.epcis.due': (ctx) => queueDue(ctx),
};

/** Sends one message; a failure is tried again by the queue, later and later. */
const deliver: ErrandHandler = async ({ run }, { subscription }) => {
  const id = String(subscription);
  const next = await run((ctx) => nextDelivery(ctx, id));
  if (!next) return;
  if (next.body !== null) await post(next.dest, next.body, next.token);
  await run((ctx) => delivered(ctx, id, next));
};

export const EPCIS_ERRANDS: Record<string, ErrandHandler> = { 'trace.epcis.deliver': deliver };
