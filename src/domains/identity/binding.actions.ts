/** Binding a sign-in to a resident, keeping the binding awake, and ending it. */
import { notify } from '#domain/notifications';
import { findResidentByNationalId, type Resident } from '#domain/registry';
import { actorId, type Ctx } from '#kernel/context';
import { AppError, mustExist, refuse } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { parsePhone } from './auth/phone.ts';
import { awakeSince, isSameName, type Binding } from './binding.ts';
import { accountOfPhone, openBindingOf } from './binding.queries.ts';

/** What the clerk types from the paper that lies on the counter. */
export type CounterBinding = { phone: string; nationalId: string; name: string };

/**
 * Binds the account of a phone to a resident. The clerk has seen the paper; number and name must both be
 * those of the register. The answer does not tell which of them was wrong.
 * @throws AppError `identity.phone.invalid`, `identity.binding.no_match` (422), `identity.binding.no_account` (404)
 */
export async function bindResident(ctx: Ctx, input: CounterBinding): Promise<Binding> {
  allow(ctx, 'identity.binding.create', { kind: 'account' }, { phone: input.phone });
  const phone = parsePhone(input.phone);
  const resident = await findMatch(ctx, input.nationalId, input.name);
  if (!resident) refuse('identity.binding.no_match', 422);
  const account = await accountOfPhone(ctx, phone);
  if (!account) throw new AppError('identity.binding.no_account', 404);
  // Nobody vouches for himself across his own counter.
  if (ctx.actor.kind === 'person' && ctx.actor.userId === account.userId)
    refuse('identity.binding.self', 403);
  return bind(ctx, account.userId, resident.id, 'counter', actorId(ctx.actor), phone);
}

/**
 * Binds the signed-in account by what an identity provider said of the person. The edge passes the
 * provider's own claims, never anything that was typed.
 * @returns null when this commune's register has nobody of that number and name
 */
export async function bindByProvider(
  ctx: Ctx,
  claims: { provider: string; nationalId: string; name: string },
): Promise<Binding | null> {
  const { actor } = ctx;
  allow(ctx, 'identity.binding.claim', { kind: 'account' }, { provider: claims.provider });
  if (actor.kind !== 'person') refuse('sign_in_needed', 401);
  const resident = await findMatch(ctx, claims.nationalId, claims.name);
  if (!resident) return null;
  return bind(ctx, actor.userId, resident.id, 'oidc', `oidc:${claims.provider}`, actor.phone);
}

/**
 * Wakes a sleeping binding: the person types the whole 12-digit number once more. The edge limits the tries.
 * @throws AppError `identity.binding.no_match` (422), `identity.binding.not_found` (404)
 */
export async function wakeBinding(ctx: Ctx, nationalId: string): Promise<void> {
  const { actor } = ctx;
  allow(ctx, 'identity.binding.wake', { kind: 'account' });
  if (actor.kind !== 'person') refuse('sign_in_needed', 401);
  const open = mustExist(await openBindingOf(ctx, actor.userId), 'identity.binding');
  const resident = await findResidentByNationalId(asRegister(ctx), nationalId);
  if (resident?.id !== open.residentId || resident.deceasedOn) refuse('identity.binding.no_match', 422);
  await confirm(ctx, actor.userId, null);
}

/** A sign-in confirms the binding of its person, unless it sleeps already. Called by the sign-in pages. */
export async function confirmBinding(ctx: Ctx, userId: string): Promise<void> {
  allow(ctx, 'identity.binding.confirm', { kind: 'account', id: userId });
  await confirm(ctx, userId, awakeSince(ctx.now));
}

/**
 * Ends a binding: the person at will, or the counter (a number that has a new owner, a mistake).
 * @throws AppError `identity.binding.not_found` (404)
 */
export async function endBinding(ctx: Ctx, userId: string): Promise<void> {
  allow(ctx, 'identity.binding.end', { kind: 'account', id: userId, owners: [userId] });
  const open = mustExist(await openBindingOf(ctx, userId), 'identity.binding');
  await close(ctx, open.id);
}

/**
 * Ends the binding of whoever signs in under a phone: the counter, for a number that has a new owner.
 * @throws AppError `identity.phone.invalid` (422), `identity.binding.no_account`, `identity.binding.not_found` (404)
 */
export async function unbindPhone(ctx: Ctx, typed: string): Promise<void> {
  allow(ctx, 'identity.binding.prepare');
  const account = await accountOfPhone(ctx, parsePhone(typed));
  if (!account) throw new AppError('identity.binding.no_account', 404);
  await endBinding(ctx, account.userId);
}

/** The living resident whose number and name are both these. */
async function findMatch(ctx: Ctx, nationalId: string, name: string): Promise<Resident | undefined> {
  const resident = await findResidentByNationalId(asRegister(ctx), nationalId);
  if (!resident || resident.deceasedOn || !isSameName(resident.fullName, name)) return undefined;
  return resident;
}

/** The register is asked by the program: the caller's own right was asked for above, and the view is written down all the same. */
function asRegister(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: 'system', name: 'identity' } };
}

async function bind(
  ctx: Ctx,
  userId: string,
  residentId: string,
  method: Binding['method'],
  boundBy: string,
  phone: string | null,
): Promise<Binding> {
  const open = await openBindingOf(ctx, userId);
  if (open && open.residentId === residentId && open.method === method) {
    await confirm(ctx, userId, null);
    return open;
  }
  if (open) await close(ctx, open.id);
  // One account for one person: whoever shows the paper today holds the number today.
  await ctx.db
    .updateTable('identity_binding')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', '=', residentId)
    .where('ended_at', 'is', null)
    .execute();
  const id = newId(ctx.now);
  const made = { id, userId, residentId, method, boundAt: ctx.now, confirmedAt: ctx.now };
  await ctx.db
    .insertInto('identity_binding')
    .values({
      commune_id: ctx.commune.id,
      id,
      user_id: userId,
      resident_id: residentId,
      method,
      bound_by: boundBy,
      bound_at: ctx.now,
      confirmed_at: ctx.now,
    })
    .execute();
  await notify(ctx, { event: 'identity.bound', to: { userId, phone }, params: { at: ctx.now }, key: id });
  return made;
}

async function confirm(ctx: Ctx, userId: string, since: Date | null): Promise<void> {
  let open = ctx.db
    .updateTable('identity_binding')
    .set({ confirmed_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null);
  if (since) open = open.where('confirmed_at', '>', since);
  await open.execute();
}

async function close(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .updateTable('identity_binding')
    .set({ ended_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}
