/** Reports by the clock, and their way to the higher level. */
import type { Ctx } from '#kernel/context';
import type { Errand } from '#kernel/manifest';
import { makeDue, recordSending } from './report.actions.ts';
import { getReport } from './report.queries.ts';
import { addressOf, handOver } from './upwards.ts';

/** On the first of a month: what has just ended is made ready to be signed. */
export async function makeReports(ctx: Ctx): Promise<void> {
  await makeDue(ctx);
}

/** Sends one report; no transaction is open while it waits. @throws Error so that the job is tried again later */
export async function sendUpwards({ run, commune, installation }: Errand, data: Record<string, unknown>) {
  const id = String(data.report);
  const address = addressOf(installation, commune);
  if (!address) return run((ctx) => recordSending(ctx, id, { act: 'failed', note: 'no_address' }));
  const report = await run((ctx) => getReport(ctx, id));
  const answer = await handOver(address, report);
  await run((ctx) => recordSending(ctx, id, { act: answer.taken ? 'sent' : 'failed', note: answer.words }));
  if (!answer.taken && answer.again) throw new Error(`report not taken: ${answer.words}`);
}
