/** Events and jobs: rows in the queue, written in the same transaction as what they tell of. */
import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** What every task receives: the commune it belongs to, and what happened. */
export type Task = { commune: number; data: Record<string, unknown> };

/**
 * Tells the rooms that listen to `event`. Commit → each listener's job runs; rollback → none does.
 * An event nobody listens to costs nothing.
 */
export async function emit(ctx: Ctx, event: string, data: Record<string, unknown>): Promise<void> {
  for (const listener of ctx.wiring.listeners.get(event) ?? []) await enqueue(ctx, listener, data);
}

/** Queues one task. @param key a second task with the same key replaces the first while it waits */
export async function enqueue(
  ctx: Ctx,
  task: string,
  data: Record<string, unknown>,
  { key = null, at = null }: { key?: string | null; at?: Date | null } = {},
): Promise<void> {
  const payload: Task = { commune: ctx.commune.id, data };
  await sql`select xa_enqueue(${task}, ${JSON.stringify(payload)}::json, ${key}, ${at}::timestamptz)`.execute(
    ctx.db,
  );
}

/** The task name of a room's listener to an event. */
export function listenerTask(event: string, room: string): string {
  return `${event}>${room}`;
}
