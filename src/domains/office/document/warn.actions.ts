/** Reminders of documents before they are due, and escalation to the leaders after; each once for each deadline. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { warnOf } from '../warn.ts';
import { LIMITED_DOCUMENTS } from './limited.ts';

/** The job; it says nothing while the office is closed. @returns how many were told of */
export async function warnOfDocuments(ctx: Ctx): Promise<number> {
  allow(ctx, 'office.document.warn');
  return warnOf(ctx, LIMITED_DOCUMENTS);
}
