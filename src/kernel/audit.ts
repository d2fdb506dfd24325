/**
 * The audit record: who did, saw or was refused what, when, for which purpose. Append-only. An entry holds
 * a salted commitment to its detail; the detail (which may name people) lies beside it and can be erased.
 */
import { createHash, randomBytes } from 'node:crypto';
import { actorId, type Ctx } from './context.ts';
import { newId } from './ids.ts';

/** One thing to be written down; `allow` makes them. */
export type AuditNote = {
  action: string;
  outcome: 'done' | 'seen' | 'refused';
  subjectKind: string | null;
  subjectId: string | null;
  detail: Record<string, unknown>;
};

/** Adds to the trail something that no right was asked for, such as a sign-in. */
export function note(
  ctx: Ctx,
  action: string,
  detail: Record<string, unknown> = {},
  outcome: AuditNote['outcome'] = 'done',
): void {
  ctx.trail.push({ action, outcome, subjectKind: null, subjectId: null, detail });
}

/** Writes the trail in the current transaction. */
export async function writeTrail(ctx: Ctx, notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return;
  const made = notes.map((item) => {
    const salt = randomBytes(16);
    const detail = canonicalJson(item.detail);
    const commitment = createHash('sha256').update(salt).update(detail).digest();
    return { item, id: newId(ctx.now), salt, detail, commitment, hasDetail: detail !== '{}' };
  });
  await ctx.db
    .insertInto('audit_entry')
    .values(
      made.map(({ item, id, commitment, hasDetail }) => ({
        commune_id: ctx.commune.id,
        id,
        at: ctx.now,
        actor_kind: ctx.actor.kind,
        actor_id: actorId(ctx.actor),
        action: item.action,
        outcome: item.outcome,
        subject_kind: item.subjectKind,
        subject_id: item.subjectId && storable(item.subjectId),
        purpose: ctx.purpose && storable(ctx.purpose),
        request_id: ctx.requestId,
        commitment,
        has_detail: hasDetail,
      })),
    )
    .execute();
  const withDetail = made.filter(({ hasDetail }) => hasDetail);
  if (withDetail.length === 0) return;
  await ctx.db
    .insertInto('audit_detail')
    .values(
      withDetail.map(({ id, salt, detail }) => ({ commune_id: ctx.commune.id, entry_id: id, salt, detail })),
    )
    .execute();
}

/** sha256(salt || canonical JSON): keys sorted, so that the same detail always commits the same. */
export function commitmentOf(salt: Buffer, detail: unknown): Buffer {
  return createHash('sha256').update(salt).update(canonicalJson(detail)).digest();
}

/** PostgreSQL keeps neither NUL nor half of a surrogate pair; what somebody typed must not stop the record. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** JSON with sorted keys, bigint as decimal text, and only text that PostgreSQL can keep. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(storable(value));
  if (typeof value === 'bigint') return `"${value}"`;
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${canonicalJson(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
