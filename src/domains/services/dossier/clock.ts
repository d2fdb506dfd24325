/** When a dossier is due, as a whole and at each step: its actions, its procedure's version, the calendar. */
import { dueAt, type Calendar, type Limit } from '#kernel/office-time';
import type { ProcedureVersion, TimeLimit } from '../procedure.ts';
import type { Dossier } from './dossier.ts';

export type DueTimes = {
  /** Null where the law gives no limit, or the clock stands still. */
  due: Date | null;
  stepDue: Date | null;
  stoppedAt: Date | null;
};

/**
 * The due times now. A re-appointment (apology letter) replaces the computed date; an open pause suspends it.
 * Facts 13: a supplement restarts from zero, payment and stop resume.
 */
export function dueTimes(
  dossier: Dossier,
  procedure: Pick<ProcedureVersion, 'timeLimit' | 'steps'>,
  calendar: Calendar,
): DueTimes {
  const open = dossier.halts.find((one) => one.until === null);
  if (open) return { due: null, stepDue: null, stoppedAt: open.from };
  const limit = procedure.timeLimit;
  if (!limit || !dossier.clockFrom) return { due: null, stepDue: null, stoppedAt: null };
  const computed = dueBy(dossier, limit, limit.amount, calendar);
  const due = dossier.reappointedTo ?? computed;
  const share = shareUntil(procedure.steps, dossier.step);
  const stepDue =
    dossier.reappointedTo || share >= 1 ? due : dueBy(dossier, limit, limit.amount * share, calendar);
  return { due, stepDue: stepDue < due ? stepDue : due, stoppedAt: null };
}

function dueBy(dossier: Dossier, limit: TimeLimit, amount: number, calendar: Calendar): Date {
  const pauses = dossier.halts.filter((one): one is { from: Date; until: Date } => one.until !== null);
  const options = { cutoff: limit.cutoff ?? undefined, pauses };
  const first = dueAt(calendar, dossier.clockFrom!, asLimit(limit.unit, amount), options).due;
  if (!dossier.extended || !limit.extendedBy) return first;
  const { unit, amount: more } = limit.extendedBy;
  const whole = unit === limit.unit ? asLimit(unit, amount + more) : null;
  return whole
    ? dueAt(calendar, dossier.clockFrom!, whole, options).due
    : dueAt(calendar, first, asLimit(unit, more)).due;
}

/** Steps share a limit in percent; a part of a day counts as a whole one, so early steps are never due at once. */
function asLimit(unit: TimeLimit['unit'], amount: number): Limit {
  return unit === 'same_day' ? { unit } : { unit, amount: Math.max(1, Math.ceil(amount)) };
}

/** The part of the limit used up when the current step ends, 0–1. Step 0 is reception itself. */
function shareUntil(steps: ProcedureVersion['steps'], current: number): number {
  const upTo = steps.slice(0, current + 1).reduce((sum, step) => sum + step.share, 0);
  return Math.min(1, upTo / 100);
}
