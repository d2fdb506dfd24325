/** Captured documents as jobs: small ones are worked off at once, large ones by the queue. */
import { actorId, producerOf, type Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { isId, newId } from '#kernel/ids';
import { allow, may } from '#kernel/rights';
import { captureEvents, type Behaviour, type CaptureOutcome } from './capture.actions.ts';
import { readDocument, type Captured } from './document.ts';
import type { JsonObject } from './event.ts';
import { readJson } from './limits.ts';

/** Up to so many events a request waits for. */
const AT_ONCE = 500;

export type NewCapture = { text: string; captured: Captured; behaviour: Behaviour; disclosed: boolean };

/** Takes a document in. @returns the id of its job */
export async function openCapture(
  ctx: Ctx,
  { text, captured, behaviour, disclosed }: NewCapture,
): Promise<string> {
  allow(ctx, 'trace.event.capture', {}, { events: captured.events.length });
  const id = newId(ctx.now);
  const waits = captured.events.length > AT_ONCE;
  const outcome = waits ? null : await captureEvents(ctx, captured, { behaviour, disclosed });
  const job = {
    commune_id: ctx.commune.id,
    id,
    created_at: ctx.now,
    behaviour,
    disclosed,
    producer_id: producerOf(ctx.actor),
    captured_by: actorId(ctx.actor),
    document: waits ? text : null,
    errors: '[]',
  };
  await ctx.db
    .insertInto('trace_capture')
    .values(outcome ? { ...job, ...finished(ctx, outcome) } : job)
    .execute();
  if (waits) await enqueue(ctx, 'trace.epcis.capture', { id });
  return id;
}

function finished(ctx: Ctx, { success, stored, errors }: CaptureOutcome) {
  return {
    finished_at: ctx.now,
    succeeded: success,
    stored: stored.length,
    errors: JSON.stringify(errors.slice(0, 200)),
  };
}

/** Works one waiting document off; a second call finds nothing to do. */
export async function workCapture(ctx: Ctx, id: string): Promise<void> {
  allow(ctx, 'trace.event.capture', { kind: 'capture', id });
  const row = await ctx.db
    .selectFrom('trace_capture')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.document) return;
  const read = readDocument(readJson(row.document));
  const outcome = read.ok
    ? await captureEvents(ctx, read.captured, {
        behaviour: row.behaviour as Behaviour,
        disclosed: row.disclosed,
        producerId: row.producer_id,
      })
    : { success: false, stored: [], known: [], errors: read.faults };
  await ctx.db
    .updateTable('trace_capture')
    .set({ ...finished(ctx, outcome), document: null })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** A job as its sender sees it. @throws AppError `trace.epcis.capture.not_found` (404) also for another producer's */
export async function seeCapture(ctx: Ctx, id: string): Promise<JsonObject> {
  allow(ctx, 'trace.capture.read');
  if (!isId(id)) throw new AppError('trace.epcis.capture.not_found', 404);
  const row = await jobs(ctx).where('id', '=', id).executeTakeFirst();
  return jobOf(mustExist(row, 'trace.epcis.capture'));
}

/** The asker's jobs, newest first. @param before the id after which the page begins */
export async function listCaptures(ctx: Ctx, before: string | null, most: number): Promise<JsonObject[]> {
  allow(ctx, 'trace.capture.read');
  const query = jobs(ctx).orderBy('id', 'desc').limit(most);
  const rows = await (before === null ? query : query.where('id', '<', before)).execute();
  return rows.map(jobOf);
}

function jobs(ctx: Ctx) {
  const all = ctx.db
    .selectFrom('trace_capture')
    .select(['id', 'created_at', 'finished_at', 'succeeded', 'behaviour', 'errors'])
    .where('commune_id', '=', ctx.commune.id);
  const producer = producerOf(ctx.actor);
  if (producer !== null) return all.where('producer_id', '=', producer);
  return may(ctx, 'trace.event.read_all') ? all : all.where('captured_by', '=', actorId(ctx.actor));
}

type JobRow = {
  id: string;
  created_at: Date;
  finished_at: Date | null;
  succeeded: boolean;
  behaviour: string;
  errors: unknown;
};

function jobOf({ id, created_at, finished_at, succeeded, behaviour, errors }: JobRow): JsonObject {
  const faults = Array.isArray(errors) ? (errors as { path: string; code: string }[]) : [];
  return {
    captureID: id,
    createdAt: created_at.toISOString(),
    ...(finished_at ? { finishedAt: finished_at.toISOString() } : {}),
    running: finished_at === null,
    success: succeeded,
    captureErrorBehaviour: behaviour,
    errors: faults.map(({ path, code }) => ({
      type:
        code === 'id_taken'
          ? 'epcisException:ResourceAlreadyExistsException'
          : 'epcisException:ValidationException',
      title: code,
      status: code === 'id_taken' ? 409 : 400,
      detail: path,
    })),
  };
}
