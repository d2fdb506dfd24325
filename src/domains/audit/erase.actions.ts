/** Erasing what the audit record says about a person, without breaking the record. */
import { sql } from 'kysely';
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { cleanLine } from '#kernel/text';

/**
 * Deletes the detail of one entry for good and records that, by whom and why. The entry itself and the
 * chain stay (Law on Personal Data Protection 91/2025/QH15: erasure on request or when no longer needed).
 * @param input.reason kept in the record: no personal data in it
 * @throws AppError `audit.reason_needed` (422), `audit.detail.not_found` (404)
 */
export async function eraseAuditDetail(ctx: Ctx, input: { entryId: string; reason: string }): Promise<void> {
  allow(ctx, 'audit.detail.erase', { kind: 'audit_entry', id: input.entryId });
  const reason = cleanLine(input.reason);
  if (reason === '') throw new AppError('audit.reason_needed', 422, {}, { reason: 'audit.reason_needed' });
  if (!isId(input.entryId)) throw new AppError('audit.detail.not_found', 404);
  // The function writes the record of the erasure itself: nobody can erase without it.
  const { rows } = await sql<{ done: boolean }>`
    select audit_erase_detail(${input.entryId}::uuid, ${reason}, ${newId(ctx.now)}::uuid, ${ctx.now}::timestamptz,
      ${ctx.actor.kind}, ${actorId(ctx.actor)}, ${ctx.requestId}) as done`.execute(ctx.db);
  if (!rows[0]!.done) throw new AppError('audit.detail.not_found', 404);
}
