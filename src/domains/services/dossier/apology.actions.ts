/** The apology letter: at least one working day before the limit, a new date once (NĐ 61/2018 art. 19.9). */
import { officeCalendar } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { isOpen, workingDayBefore } from '#kernel/office-time';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import type { ActionData } from './dossier.ts';
import { move, type MoveOptions } from './move.actions.ts';
import { asThing, loadDossier, type Loaded } from './record.ts';

/**
 * Apologises and appoints a new date.
 * @throws AppError `services.apology.too_late` when less than a working day is left, `services.apology.not_later`
 *   when the new date is not after the old one, `services.apology.closed_then` outside office hours
 */
export async function apologise(
  ctx: Ctx,
  id: string,
  data: ActionData['apologise'],
  options: MoveOptions = {},
): Promise<Loaded> {
  const { row, dossier } = await loadDossier(ctx, id, { lock: true });
  allow(ctx, 'services.dossier.apologise', asThing(row));
  const again = dossier.apologised;
  if (!again && row.due_at) {
    const calendar = await officeCalendar(ctx);
    const due = new Date(data.due);
    if (localDateOf(ctx.now) > workingDayBefore(calendar, row.due_at, 1))
      refuse('services.apology.too_late', 409);
    if (due <= row.due_at) refuse('services.apology.not_later');
    // The limit ends at closing time, when the office is open no more: its last minute counts.
    if (!isOpen(calendar, new Date(due.getTime() - 60_000))) refuse('services.apology.closed_then');
  }
  return move(ctx, id, 'apologise', data, options);
}
