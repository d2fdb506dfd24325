import { AppError } from '#kernel/errors';
import { answer, json, readBody } from '../../sync/edge.ts';
import { receive } from '../../sync/receive.actions.ts';
import type { RequestHandler } from './$types';

/** Bytes of one sending. */
const MOST_BYTES = 2_000_000;

/** Takes the phone's outbox: what became of each entry, in the order sent. */
export const POST: RequestHandler = (event) =>
  answer(event, async () => {
    const sent = parse(await readBody(event.request, MOST_BYTES));
    const results = await event.locals.run((ctx) => receive(ctx, sent));
    return json({ serverTime: new Date().toISOString(), results });
  });

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('farming.sync.not_json', 400);
  }
}
