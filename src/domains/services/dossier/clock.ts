/** When a dossier is due, as a whole and at each step: its actions, its procedure's version, the calendar. */
import {
  closingTime,
  dueAfterPause,
  dueAt,
  isWorkingDay,
  workingDayAfter,
  type Calendar,
  type Limit,
  type LimitUnit,
  type Pause,
} from '#kernel/office-time';
import { localDateOf } from '#kernel/time';
import type { ProcedureVersion, TimeLimit } from '../procedure.ts';
import type { Dossier, Reappointment } from './dossier.ts';

export type DueTimes = {
  /** Null where the law gives no limit, or the clock stands still. */
  due: Date | null;
  stepDue: Date | null;
  stoppedAt: Date | null;
};

/** A dossier whose limit runs: what the counting works with. */
type Running = {
  from: Date;
  limit: TimeLimit;
  extended: boolean;
  pauses: readonly Pause[];
  calendar: Calendar;
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
  const pauses = dossier.halts.filter((one): one is Pause => one.until !== null);
  const clock: Running = { from: dossier.clockFrom, limit, extended: dossier.extended, pauses, calendar };
  if (dossier.reappointed) {
    const due = promised(dossier.reappointed, clock);
    return { due, stepDue: due, stoppedAt: null };
  }
  const due = endOf(clock, 100);
  const step = endOf(clock, percentUntil(procedure.steps, dossier.step));
  return { due, stepDue: step < due ? step : due, stoppedAt: null };
}

/** The end of the first `percent` of the limit, with the extension where one was granted. */
function endOf(clock: Running, percent: number): Date {
  const { from, limit, extended, calendar, pauses } = clock;
  const cutoff = limit.cutoff ?? undefined;
  const more = extended ? limit.extendedBy : null;
  if (more?.unit === limit.unit) {
    const whole = asLimit(limit.unit, partOf(limit.amount, percent) + more.amount);
    return dueAt(calendar, from, whole, { cutoff, pauses }).due;
  }
  const first = dueAt(calendar, from, asLimit(limit.unit, partOf(limit.amount, percent)), {
    cutoff,
    pauses,
  }).due;
  if (!more) return first;
  // The pauses before the first end have moved it already; those in the extension move the extension.
  const later = pauses.filter((pause) => pause.from >= first);
  return dueAt(calendar, first, asLimit(more.unit, more.amount), { pauses: later }).due;
}

/**
 * The date of the apology letter, moved by the pauses that began after it was promised. It was an hour at
 * which the office is open: where that day is off since, it is the end of the next working day.
 */
function promised({ at, to }: Reappointment, { calendar, limit, pauses }: Running): Date {
  const unit: LimitUnit = limit.unit === 'same_day' ? 'working_days' : limit.unit;
  const moved = pauses
    .filter((pause) => pause.from >= at)
    .reduce((due, pause) => dueAfterPause(calendar, due, pause, unit), to);
  const day = localDateOf(moved);
  if (isWorkingDay(calendar, day)) return moved;
  return closingTime(calendar, workingDayAfter(calendar, day, 1))!;
}

/** Steps share a limit in percent; a part of a day counts as a whole one, so early steps are never due at once. */
function partOf(amount: number, percent: number): number {
  return Math.max(1, Math.ceil((amount * percent) / 100));
}

function asLimit(unit: LimitUnit, amount: number): Limit {
  return unit === 'same_day' ? { unit } : { unit, amount };
}

/** How much of the limit is used up when the current step ends, 0–100. Step 0 is reception itself. */
function percentUntil(steps: ProcedureVersion['steps'], current: number): number {
  return Math.min(
    100,
    steps.slice(0, current + 1).reduce((sum, step) => sum + step.share, 0),
  );
}
