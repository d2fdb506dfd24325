/** Setting up an authenticator (TOTP): QR code, backup codes and the first right code that makes it count. */
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { AppError } from '#kernel/errors';
import { groupCode, randomCode } from '#kernel/ids';
import type { Auth } from '../auth.server.ts';
import { trying, type Visitor } from './staff-door.ts';
import { toBase32, totpUri } from './totp.ts';

/** What an authenticator app needs: the address inside the QR code, and the same to type in (base32). */
export type Enrolment = { uri: string; secret: string };

/**
 * Begins setting up an authenticator for the signed-in account; it counts once a code was right.
 * @throws AppError `identity.sign_in.wrong` (401) for a wrong password, `identity.totp.enrolled` (409)
 */
export async function beginEnrolment(auth: Auth, password: string, visitor: Visitor): Promise<Enrolment> {
  const answer = await trying(
    () =>
      auth.api.enableTwoFactor({
        body: { password: password.normalize('NFC').slice(0, 128), method: 'totp' },
        headers: visitor.headers,
      }),
    (code) =>
      code === 'TOTP_ALREADY_ENABLED'
        ? new AppError('identity.totp.enrolled', 409)
        : new AppError('identity.sign_in.wrong', 401),
  );
  if (answer.method !== 'totp') throw new Error('An authenticator was asked for');
  return { uri: answer.totpURI, secret: secretOf(answer.totpURI) };
}

/** The enrolment that waits for its first code, to show its QR code again; null when there is none. */
export async function pendingEnrolment(auth: Auth, userId: string): Promise<Enrolment | null> {
  const { adapter, internalAdapter, secretConfig } = await auth.context;
  const row = await adapter.findOne<{ secret: string; verified: boolean }>({
    model: 'twoFactor',
    where: [{ field: 'userId', value: userId }],
  });
  const user = await internalAdapter.findUserById(userId);
  if (!row || row.verified || !user) return null;
  const secret = await symmetricDecrypt({ key: secretConfig, data: row.secret });
  const shown = toBase32(Buffer.from(secret));
  return { uri: totpUri(shown, user.email), secret: shown };
}

function secretOf(uri: string): string {
  return new URL(uri).searchParams.get('secret') ?? '';
}

const BACKUP_CODES = 10;

/** Ten new backup codes; the older ones stop working. They are kept sealed, so this is the only time to see them. */
export async function makeBackupCodes(auth: Auth, userId: string): Promise<string[]> {
  const { adapter, secretConfig } = await auth.context;
  const codes = Array.from({ length: BACKUP_CODES }, () => groupCode(randomCode(12)));
  await adapter.update({
    model: 'twoFactor',
    where: [{ field: 'userId', value: userId }],
    update: { backupCodes: await symmetricEncrypt({ key: secretConfig, data: JSON.stringify(codes) }) },
  });
  return codes;
}
