/** Derives events from what was recorded and captures them, each once; new lots enter the public log. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { enqueue } from '#kernel/events';
import { allow } from '#kernel/rights';
import { captureEvents } from '../epcis/capture.actions.ts';
import { logLots } from '../log/lots.ts';
import { DERIVE_JOB } from '../lot/derive-later.ts';
import { unloggedRecords } from '../lot/record.queries.ts';
import { DERIVED_CONTEXT, eventOf } from './derive.ts';
import { newFacts } from './facts.queries.ts';

/** So many of each kind in one transaction; the rest in the next. */
const AT_ONCE = 200;

/**
 * The job. Strangers may read the public profile of these events: quantities, places and times of lots, nobody's name.
 * @returns how many events were derived
 * @throws Error when an event is not as the standard has it (a fault of ours)
 */
export async function deriveEvents(ctx: Ctx): Promise<number> {
  allow(ctx, 'trace.lot.derive');
  // One at a time for each commune: two would derive the same.
  await sql`select pg_advisory_xact_lock(720041, ${ctx.commune.id})`.execute(ctx.db);
  const lots = await unloggedRecords(ctx, AT_ONCE);
  await logLots(
    ctx,
    lots.map(({ record }) => record),
  );
  const found = await newFacts(ctx, AT_ONCE);
  for (const [producerId, those] of Map.groupBy(found, (one) => one.producerId)) {
    const events = those.map(({ fact }) => eventOf(fact));
    const options = { disclosed: true, producerId };
    const { success, errors } = await captureEvents(
      ctx,
      { context: DERIVED_CONTEXT, events, masterData: [] },
      options,
    );
    if (!success) throw new Error(`derived events are wrong: ${JSON.stringify(errors.slice(0, 3))}`);
  }
  const done = [...found.map(({ about }) => about), ...lots.map(({ id }) => `lot:${id}`)];
  if (done.length === 0) return 0;
  await sql`insert into trace_derived (commune_id, about, derived_at)
    select ${ctx.commune.id}, about, ${ctx.now} from unnest(${done}::text[]) as about`.execute(ctx.db);
  if (found.length >= AT_ONCE || lots.length >= AT_ONCE) await enqueue(ctx, DERIVE_JOB, {});
  return found.length;
}
