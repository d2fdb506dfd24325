/** What a sign-in leaves behind in the commune: a line in the audit record, the day, and a binding that stays awake. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { confirmBinding } from './binding.actions.ts';
import { notePresence } from './presence.queries.ts';

export type SignInDoor = 'phone' | 'totp' | 'backup_code' | 'provider';

/**
 * Writes down that somebody came in, and by which door.
 * @param ctx of the program itself: the person is not the actor before the next request
 */
export async function recordSignIn(ctx: Ctx, door: SignInDoor, userId: string): Promise<void> {
  allow(ctx, 'identity.session.begin', { kind: 'account', id: userId }, { door });
  await notePresence(ctx, userId);
  await confirmBinding(ctx, userId);
}

/** Writes down that somebody tried an account's password in vain; what was typed stays beside the chain. */
export async function recordRefusedSignIn(ctx: Ctx, email: string): Promise<void> {
  allow(ctx, 'identity.session.fail', {}, { email: email.slice(0, 254) });
}
