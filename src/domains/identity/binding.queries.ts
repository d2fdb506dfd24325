import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import type { IdentityBinding } from '#kernel/schema';
import { parsePhone } from './auth/phone.ts';
import { awakeSince, type Binding } from './binding.ts';

/** Binding and whether it sleeps, for the account page of its own person; null while nothing is bound. */
export async function ownBinding(ctx: Ctx): Promise<(Binding & { asleep: boolean }) | null> {
  const { actor } = ctx;
  allow(ctx, 'identity.binding.see_own');
  if (actor.kind !== 'person') return null;
  const found = await openBindingOf(ctx, actor.userId);
  return found ? { ...found, asleep: found.confirmedAt <= awakeSince(ctx.now) } : null;
}

/**
 * The account that signs in under a telephone number as it was typed: for other rooms' counters, which put
 * something into that person's hands.
 * @throws AppError `identity.phone.invalid` (422)
 */
export async function findAccount(
  ctx: Ctx,
  typed: string,
): Promise<{ userId: string; phone: string } | undefined> {
  allow(ctx, 'identity.account.find', { kind: 'account' }, { phone: typed });
  const phone = parsePhone(typed);
  const account = await accountOfPhone(ctx, phone);
  return account && { userId: account.userId, phone };
}

/** The sign-ins that were proved to be one of these residents: for jobs that have to tell them something. */
export async function accountsOfResidents(ctx: Ctx, residentIds: readonly string[]): Promise<string[]> {
  allow(ctx, 'identity.binding.tell');
  if (residentIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('identity_binding')
    .select('user_id')
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', [...residentIds])
    .where('ended_at', 'is', null)
    .where('confirmed_at', '>', awakeSince(ctx.now))
    .execute();
  return rows.map((row) => row.user_id);
}

/** The account that signs in under a phone: the counter asks for it. */
export async function accountOfPhone(
  ctx: Ctx,
  phone: string,
): Promise<{ userId: string; name: string } | undefined> {
  const { rows } = await sql<{ userId: string; name: string }>`
    select user_id as "userId", name from auth.account_of_phone(${phone})`.execute(ctx.db);
  return rows[0];
}

export async function openBindingOf(ctx: Ctx, userId: string): Promise<Binding | undefined> {
  const row = await ctx.db
    .selectFrom('identity_binding')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row && bindingOf(row);
}

function bindingOf(row: Selectable<IdentityBinding>): Binding {
  return {
    id: row.id,
    userId: row.user_id,
    residentId: row.resident_id,
    method: row.method === 'oidc' ? 'oidc' : 'counter',
    boundAt: row.bound_at,
    confirmedAt: row.confirmed_at,
  };
}

/** Whether the counter's page is for this official. @throws AppError `refused` (403), `sign_in_needed` (401) */
export function mayBind(ctx: Ctx): void {
  allow(ctx, 'identity.binding.prepare');
}
