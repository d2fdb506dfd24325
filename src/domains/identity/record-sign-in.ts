/** Sign-ins in the commune's audit record. */
import { note } from '#kernel/audit';
import type { RunInCommune } from '#kernel/manifest';

export type SignInDoor = 'phone' | 'password' | 'totp' | 'backup_code' | 'provider';

/** Writes down that somebody came in, and by which door. The person is not the actor yet, so the note names the account. */
export function recordSignIn(run: RunInCommune, door: SignInDoor, userId: string): Promise<void> {
  return run(async (ctx) => note(ctx, 'identity.session.begin', { door, userId }));
}

/** Writes down that somebody tried an account's password in vain; what was typed stays beside the chain. */
export function recordRefusedSignIn(run: RunInCommune, email: string): Promise<void> {
  return run(async (ctx) => note(ctx, 'identity.session.begin', { email: email.slice(0, 254) }, 'refused'));
}
