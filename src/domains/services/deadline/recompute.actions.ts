/**
 * Deadlines after a change of the calendar: what was promised moves by a letter, and the people are told
 * (facts 13: swap days come by official letter, sometimes after deadlines were already promised).
 */
import { letterOfChange, queueRecomputing, readCalendarChange, readRecomputing } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { addDays, startOfDay } from '#kernel/time';
import { OPEN_STATES } from '../dossier/dossier.ts';
import { move } from '../dossier/move.actions.ts';
import { loadDossier, projectionOf } from '../dossier/record.ts';

export const RECOMPUTE = 'services.deadline.recompute';

/** Finds the open dossiers whose running time touches the changed days and queues their recomputing. */
export async function hearCalendarChange(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, RECOMPUTE);
  const change = readCalendarChange(data);
  if (!change) return;
  const { from, until } = change;
  const rows = await ctx.db
    .selectFrom('services_dossier')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('state', 'in', OPEN_STATES)
    .where('due_at', '>=', startOfDay(from))
    .$if(until !== undefined, (q) => q.where('received_at', '<', startOfDay(addDays(until!, 1))))
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  await queueRecomputing(ctx, RECOMPUTE, ids, await letterOfChange(ctx, change));
}

/** The job: recomputes some dossiers. Done again it changes nothing. */
export async function recomputeSome(ctx: Ctx, data: Record<string, unknown>): Promise<void> {
  allow(ctx, RECOMPUTE);
  const { ids, letter } = readRecomputing(data);
  for (const id of ids) await recomputeDeadline(ctx, id, letter);
}

/**
 * Computes one dossier's deadline by the calendar as it is now. Where the promised time moves it becomes an
 * action with the letter, and the applicant is told; a step's time moves silently.
 * @returns whether the promised time moved
 */
export async function recomputeDeadline(ctx: Ctx, id: string, letter: string): Promise<boolean> {
  allow(ctx, RECOMPUTE, { kind: 'dossier', id });
  const { row, dossier, procedure } = await loadDossier(ctx, id, { lock: true });
  const isOpen = (OPEN_STATES as readonly number[]).includes(row.state);
  const now = await projectionOf(ctx, dossier, procedure);
  if (!isOpen || !row.due_at || !now.due_at) return false;
  if (now.due_at.getTime() !== row.due_at.getTime()) {
    const moved = { letter, before: row.due_at.toISOString(), after: now.due_at.toISOString() };
    await move(ctx, id, 'recalculate', moved);
    return true;
  }
  if (now.step_due_at?.getTime() !== row.step_due_at?.getTime()) {
    await ctx.db
      .updateTable('services_dossier')
      .set({ step_due_at: now.step_due_at })
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', id)
      .execute();
  }
  return false;
}
