/** Who looked at a person's data: the part of the record that the person may read himself. */
import type { Ctx } from '#kernel/context';
import { actorId } from '#kernel/context';
import { allow, type Thing } from '#kernel/rights';

/** A thing in which the person's data stands, and since when. */
export type ViewedThing = {
  kind: string;
  /** Null for what is about everybody at once. */
  id: string | null;
  from?: Date;
};

/** A view or a change as it was written down; nothing of its detail, which may name others. */
export type View = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  outcome: 'seen' | 'done';
  purpose: string | null;
};

/**
 * One page of what others saw of these things and changed in them, newest first; the reader's own doings are left out.
 * The room that keeps the person's record says which things these are.
 * @param person the record as rights look at it: `owners` names the person's sign-in
 */
export async function viewsOf(
  ctx: Ctx,
  person: Thing,
  things: readonly ViewedThing[],
  { offset, limit }: { offset: number; limit: number },
): Promise<{ items: View[]; total: number }> {
  allow(ctx, 'audit.views.see', person);
  if (things.length === 0) return { items: [], total: 0 };
  const found = ctx.db
    .selectFrom('audit_entry')
    .where('commune_id', '=', ctx.commune.id)
    .where('outcome', 'in', ['seen', 'done'])
    .where('actor_id', '<>', actorId(ctx.actor))
    .where((eb) =>
      eb.or(
        things.map(({ kind, id, from }) =>
          eb.and([
            eb('subject_kind', '=', kind),
            id === null ? eb('subject_id', 'is', null) : eb('subject_id', '=', id),
            ...(from ? [eb('at', '>=', from)] : []),
          ]),
        ),
      ),
    );
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .select(['id', 'at', 'actor_kind', 'actor_id', 'action', 'outcome', 'purpose'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    action: row.action,
    outcome: row.outcome === 'seen' ? ('seen' as const) : ('done' as const),
    purpose: row.purpose,
  }));
  return { items, total: Number(total) };
}
