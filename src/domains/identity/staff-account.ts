/** The staff accounts that this commune looks after; accounts of other communes do not exist here. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';

export type StaffAccount = {
  userId: string;
  name: string;
  email: string;
  demo: boolean;
  hasPassword: boolean;
  hasSecondFactor: boolean;
};

/** Every staff account at home in this commune, by name. */
export async function listStaffAccounts(ctx: Ctx): Promise<StaffAccount[]> {
  allow(ctx, 'identity.account.read');
  const { rows } = await sql<StaffAccount>`
    select user_id as "userId", name, email, demo, has_password as "hasPassword", has_second_factor as "hasSecondFactor"
    from auth.staff_accounts() order by name collate "vi-x-icu", email`.execute(ctx.db);
  return rows;
}

/** Without a right of its own: for verbs that have asked for theirs. @throws AppError `identity.account.not_found` (404) */
export async function getStaffAccount(
  ctx: Ctx,
  userId: string,
): Promise<Pick<StaffAccount, 'userId' | 'name' | 'email' | 'demo'>> {
  const { rows } = await sql<StaffAccount>`
    select user_id as "userId", name, email, demo from auth.staff_account(${userId})`.execute(ctx.db);
  return mustExist(rows[0], 'identity.account');
}

/** Asks for the right to make a staff account; the account itself is made by the edge, which holds `Auth`. */
export function allowInvitation(ctx: Ctx, input: { email: string; name: string }): void {
  allow(ctx, 'identity.account.invite', {}, { email: input.email, name: input.name });
}

/**
 * Asks for the right to give an account a new one-time link, or to take its lost authenticator away.
 * Only the commune that looks after the account may: its roles elsewhere must not fall to a stranger.
 * @throws AppError `identity.account.not_found` (404)
 */
export async function allowRenewal(
  ctx: Ctx,
  userId: string,
  what: 'link' | 'second_factor',
): Promise<Pick<StaffAccount, 'userId' | 'name' | 'email'>> {
  allow(ctx, 'identity.account.renew', { kind: 'account', id: userId }, { what });
  return getStaffAccount(ctx, userId);
}
