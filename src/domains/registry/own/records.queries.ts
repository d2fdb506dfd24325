/** Whose record the reader's own is; for the verbs about one's own data. */
import type { Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import type { Thing } from '#kernel/rights';
import type { Resident } from '../resident.ts';
import { findResidentRow, ownResident, thingOf } from '../resident.queries.ts';

/**
 * The record of whoever is signed in.
 * @throws AppError `registry.own.not_bound` (409) where the sign-in is bound to nobody, `sign_in_needed` (401)
 */
export async function ownRecord(ctx: Ctx): Promise<Resident> {
  const own = await ownResident(ctx);
  if (!own) throw new AppError('registry.own.not_bound', 409);
  return own;
}

/** Without a right of its own: the record itself and those that were merged into it, whose rows are the person's too. */
export async function recordIds(ctx: Ctx, id: string): Promise<string[]> {
  const found = [id];
  for (let next = [id]; next.length > 0;) {
    const rows = await ctx.db
      .selectFrom('registry_resident')
      .select('id')
      .where('commune_id', '=', ctx.commune.id)
      .where('merged_into', 'in', next)
      .execute();
    next = rows.map((row) => row.id).filter((one) => !found.includes(one));
    found.push(...next);
  }
  return found;
}

/** What rights look at; the own record is known also where the sign-in was bound to one that was merged into it. */
export async function thingOfPerson(
  ctx: Ctx,
  id: string | undefined,
  resident: Resident | undefined,
): Promise<Thing> {
  const { actor } = ctx;
  const bound =
    actor.kind === 'person' && actor.residentId ? await findResidentRow(ctx, actor.residentId) : undefined;
  const own = actor.kind === 'person' && bound !== undefined && bound.id === resident?.id;
  return { ...thingOf(ctx, id, resident), owners: own ? [actor.userId] : [] };
}
