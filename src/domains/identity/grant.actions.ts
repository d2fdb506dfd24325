/** Giving and ending roles. */
import { sql } from 'kysely';
import { findHamlet } from '#domain/commune';
import { notify } from '#domain/notifications';
import { actorId, type Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { enqueue } from '#kernel/events';
import { isId, newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import { asRole, checkScope, type RoleGrant } from './grant.ts';
import { roleName } from './words.ts';
import { findGrant, hasOtherAdmin, hasSameGrant, lockGrants } from './grant.queries.ts';
import { getStaffAccount } from './staff-account.ts';

/** The job that ends a grant when its term is over. */
export const EXPIRE = 'identity.grant.expire';

export type NewGrant = {
  userId: string;
  role: string;
  hamletId?: string | null;
  /** The beginning of the term; now unless told. */
  validFrom?: Date;
  /** The first instant after the term; none while open. */
  validTo?: Date | null;
};

/**
 * Gives an account a role for a term of office.
 * @throws AppError `identity.grant.self` (403), `identity.account.not_found` (404) also for accounts of other
 *   communes, `identity.role.unknown`, `identity.grant.hamlet_*`, `identity.grant.term` (422), `identity.grant.exists` (409)
 */
export async function grantRole(ctx: Ctx, input: NewGrant): Promise<{ id: string }> {
  const { userId, hamletId = null, validFrom = ctx.now, validTo = null } = input;
  allow(ctx, 'identity.grant.create', { kind: 'account', id: userId }, { role: input.role, hamletId });
  if (ctx.actor.kind === 'person' && ctx.actor.userId === userId) refuse('identity.grant.self', 403);
  const role = asRole(input.role);
  checkScope(role, hamletId);
  if (hamletId !== null && !(await findHamlet(ctx, isId(hamletId) ? hamletId : '')))
    refuse('identity.grant.hamlet_unknown', 422);
  if (validTo !== null && (validTo <= validFrom || (validTo <= ctx.now && !ctx.silent)))
    refuse('identity.grant.term', 422);
  const account = await getStaffAccount(ctx, userId);
  await lockGrants(ctx);
  if (await hasSameGrant(ctx, { userId, role, hamletId, validFrom, validTo }))
    refuse('identity.grant.exists', 409);
  const id = newId(ctx.now);
  await ctx.db
    .insertInto('identity_grant')
    .values({
      commune_id: ctx.commune.id,
      id,
      user_id: userId,
      user_name: account.name,
      role,
      hamlet_id: hamletId,
      valid_from: validFrom,
      valid_to: validTo,
      granted_by: actorId(ctx.actor),
    })
    .execute();
  if (validTo !== null && validTo > ctx.now)
    await enqueue(ctx, EXPIRE, { grant: id }, { key: `${EXPIRE}:${id}`, at: validTo });
  await tellGranted(ctx, { id, role, validFrom, validTo }, account);
  return { id };
}

/**
 * Ends a role from now on, and every session of its holder with it: whoever still has other roles signs in again.
 * @throws AppError `identity.grant.not_found` (404), `identity.grant.over`, `identity.grant.last_admin` (409)
 */
export async function endRole(ctx: Ctx, grantId: string): Promise<void> {
  allow(ctx, 'identity.grant.end', { kind: 'grant', id: grantId });
  await lockGrants(ctx);
  const grant = mustExist(await findGrant(ctx, grantId), 'identity.grant');
  if (grant.endedAt !== null || (grant.validTo !== null && grant.validTo <= ctx.now))
    refuse('identity.grant.over', 409);
  if (grant.role === 'admin' && ctx.actor.kind !== 'system' && !(await hasOtherAdmin(ctx, grant.userId)))
    refuse('identity.grant.last_admin', 409);
  await closeGrant(ctx, grantId, ctx.now);
  await endSessionsOf(ctx, grant.userId);
  await tellEnded(ctx, grant);
}

/** The term of a grant is over: run by a job at that instant. A grant that was ended before stays as it is. */
export async function expireGrant(ctx: Ctx, grantId: string): Promise<void> {
  allow(ctx, EXPIRE, { kind: 'grant', id: grantId });
  const grant = await findGrant(ctx, grantId);
  if (!grant?.validTo || grant.endedAt !== null || grant.validTo > ctx.now) return;
  await closeGrant(ctx, grantId, grant.validTo);
  await endSessionsOf(ctx, grant.userId);
  await tellEnded(ctx, grant);
}

async function closeGrant(ctx: Ctx, grantId: string, at: Date): Promise<void> {
  await ctx.db
    .updateTable('identity_grant')
    .set({ ended_at: at, ended_by: actorId(ctx.actor) })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', grantId)
    .where('ended_at', 'is', null)
    .execute();
}

/** In the same transaction as the end of the role: there is no moment in which one is over and the other is not. */
async function endSessionsOf(ctx: Ctx, userId: string): Promise<void> {
  await sql`select auth.end_sessions(${userId})`.execute(ctx.db);
}

async function tellGranted(
  ctx: Ctx,
  grant: Pick<RoleGrant, 'id' | 'role' | 'validFrom' | 'validTo'>,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  const { id, role, validFrom, validTo } = grant;
  const from = localDateOf(validFrom);
  const params = { role: roleName(role, 'vi'), from, ...(validTo && { until: lastDay(validTo) }) };
  await notify(ctx, { event: 'identity.role_granted', to: { userId, email }, params, key: id });
}

async function tellEnded(ctx: Ctx, grant: RoleGrant): Promise<void> {
  const { email } = await getStaffAccount(ctx, grant.userId);
  const params = { role: roleName(grant.role, 'vi'), at: ctx.now };
  const to = { userId: grant.userId, email };
  await notify(ctx, { event: 'identity.role_ended', to, params, key: grant.id });
}

/** The last day of a term that ends before `validTo`. */
function lastDay(validTo: Date): LocalDate {
  return localDateOf(new Date(validTo.getTime() - 1));
}
