/** Reading the audit record: who did, saw or was refused what. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { addDays, localDate, parseLocalDate, startOfDay } from '#kernel/time';

export type AuditFilter = {
  /** Local dates, both inclusive. */
  from?: string;
  to?: string;
  /** The beginning of an action's name: `services.` or `identity.grant.end`. */
  action?: string;
  outcome?: 'done' | 'seen' | 'refused';
  actorId?: string;
  subjectId?: string;
};

export type AuditRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  outcome: string;
  subjectKind: string | null;
  subjectId: string | null;
  purpose: string | null;
  /** Null where there was none, or where it was erased (`erased`). */
  detail: unknown;
  erased: boolean;
};

export const AUDIT_PAGE = 50;

/**
 * One page of the record, newest first. Reading it is itself recorded, with the question that was asked.
 * @param page from 1; `more` tells whether another follows
 */
export async function listAudit(
  ctx: Ctx,
  filter: AuditFilter,
  page = 1,
): Promise<{ rows: AuditRow[]; more: boolean }> {
  allow(ctx, 'audit.trail.read', {}, { ...filter, page });
  const from = filter.from ? parseLocalDate(filter.from) : undefined;
  const to = filter.to ? parseLocalDate(filter.to) : undefined;
  let query = ctx.db
    .selectFrom('audit_entry as e')
    .leftJoin('audit_detail as d', (join) =>
      join.onRef('d.commune_id', '=', 'e.commune_id').onRef('d.entry_id', '=', 'e.id'),
    )
    .select(['e.id', 'e.at', 'e.actor_kind', 'e.actor_id', 'e.action', 'e.outcome'])
    .select(['e.subject_kind', 'e.subject_id', 'e.purpose', 'e.has_detail', 'd.detail'])
    .where('e.commune_id', '=', ctx.commune.id);
  if (from) query = query.where('e.at', '>=', startOfDay(from));
  if (to) query = query.where('e.at', '<', startOfDay(addDays(localDate(to), 1)));
  if (filter.action) query = query.where('e.action', 'like', `${filter.action.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.outcome) query = query.where('e.outcome', '=', filter.outcome);
  if (filter.actorId) query = query.where('e.actor_id', '=', filter.actorId);
  if (filter.subjectId) query = query.where('e.subject_id', '=', filter.subjectId);
  const found = await query
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(AUDIT_PAGE + 1)
    .offset((page - 1) * AUDIT_PAGE)
    .execute();
  const rows = found.slice(0, AUDIT_PAGE).map((row): AuditRow => ({
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    action: row.action,
    outcome: row.outcome,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    purpose: row.purpose,
    detail: row.detail ?? null,
    erased: row.has_detail && row.detail === null,
  }));
  return { rows, more: found.length > AUDIT_PAGE };
}
