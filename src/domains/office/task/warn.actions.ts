/** Reminders of tasks before they are due, and escalation to giver and leaders after; each once for each deadline. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { warnOf } from '../warn.ts';
import { LIMITED_TASKS } from './limited.ts';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfTasks(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.task.warn');
  return warnOf(ctx, LIMITED_TASKS);
}
