/**
 * Accounts: made by an administrator, the operator or the demo, never by signing up (citizens' accounts are
 * made by their first right code). Goes through better-auth's own adapter, so hashing and sealing are its own.
 */
import { symmetricEncrypt } from 'better-auth/crypto';
import { AppError, refuse } from '#kernel/errors';
import { cleanLine } from '#kernel/text';
import type { Auth } from '../auth.server.ts';
import { checkPassword } from './password.ts';
import { parsePhone } from './phone.ts';
import { endAllSessions } from './sessions.ts';
import { trying } from './staff-door.ts';

export type StaffUser = {
  email: string;
  name: string;
  /** Without one the account waits for its one-time link. */
  password?: string;
  /** An authenticator secret in base32, enrolled at once; for the demo and for tests. */
  totpSecret?: string;
  /** The commune whose administrator looks after the account. */
  homeCommune: number;
  /** A published account: refused wherever a real commune exists. */
  demo?: boolean;
};

/**
 * The staff account with this e-mail, made if it is missing. An account that exists keeps its name, password
 * and second factor: whoever repeats this takes nothing over.
 * @returns its user id
 * @throws AppError `identity.email.invalid`, `identity.name.missing`, `identity.password.*` (422)
 */
export async function ensureStaffUser(auth: Auth, input: StaffUser): Promise<string> {
  const email = input.email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254) refuse('identity.email.invalid', 422);
  const name = cleanLine(input.name).slice(0, 120);
  if (name === '') refuse('identity.name.missing', 422);
  const password = input.password === undefined ? null : checkPassword(input.password);
  const { internalAdapter, password: hasher, adapter, secretConfig } = await auth.context;
  const known = await internalAdapter.findUserByEmail(email);
  if (known) return known.user.id;
  const user = await internalAdapter.createUser(
    {
      email,
      name,
      emailVerified: true,
      homeCommune: input.homeCommune,
      demo: input.demo === true,
      twoFactorEnabled: input.totpSecret !== undefined,
    },
    { method: 'email' },
  );
  if (password !== null) {
    await internalAdapter.createAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: await hasher.hash(password),
    });
  }
  if (input.totpSecret !== undefined) {
    await adapter.create({
      model: 'twoFactor',
      data: {
        userId: user.id,
        // better-auth's mark for a secret of bytes; its own secrets are text.
        secret: await symmetricEncrypt({ key: secretConfig, data: `base32:${input.totpSecret}` }),
        backupCodes: await symmetricEncrypt({ key: secretConfig, data: '[]' }),
        verified: true,
      },
    });
  }
  return user.id;
}

/**
 * The citizen account of a phone, made if it is missing. @param phone as people write it
 * @returns its user id
 */
export async function ensureCitizenUser(auth: Auth, phone: string, name: string): Promise<string> {
  const phoneNumber = parsePhone(phone);
  const { internalAdapter } = await auth.context;
  const find = () =>
    auth.pool.query<{ id: string }>('select id from auth."user" where "phoneNumber" = $1', [phoneNumber]);
  const known = (await find()).rows[0];
  if (known) return known.id;
  const user = await internalAdapter.createUser(
    {
      email: `${phoneNumber.slice(1)}@phone.invalid`,
      name: cleanLine(name).slice(0, 120),
      emailVerified: false,
      phoneNumber,
      phoneNumberVerified: true,
    },
    { method: 'phone-number' },
  );
  return user.id;
}

/**
 * A one-time link with which the owner of a staff account chooses a password. Older links stop working.
 * @returns the token of the link, good for 24 hours
 */
export async function makeStaffLink(auth: Auth, userId: string): Promise<string> {
  const { internalAdapter } = await auth.context;
  const user = await internalAdapter.findUserById(userId);
  if (!user) throw new AppError('identity.account.not_found', 404);
  await auth.pool.query('delete from auth.verification where value = $1', [userId]);
  const token = await auth.hearLink(() => auth.api.requestPasswordReset({ body: { email: user.email } }));
  if (!token) throw new Error('better-auth made no link');
  return token;
}

/** Takes a lost authenticator off an account and signs it out; the next sign-in sets up a new one. */
export async function resetSecondFactor(auth: Auth, userId: string): Promise<void> {
  const { internalAdapter, adapter } = await auth.context;
  await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: userId }] });
  await internalAdapter.updateUser(userId, { twoFactorEnabled: false });
  await endAllSessions(auth, userId);
}

/**
 * Chooses a password by a one-time link; all sessions of the account end.
 * @throws AppError `identity.link.over` (410), `identity.password.*` (422)
 */
export async function choosePassword(
  auth: Auth,
  input: { token: string; password: string; about: readonly string[] },
): Promise<void> {
  const newPassword = checkPassword(input.password, input.about);
  await trying(
    () => auth.api.resetPassword({ body: { token: input.token.slice(0, 100), newPassword } }),
    () => new AppError('identity.link.over', 410),
  );
}
