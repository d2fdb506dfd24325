/**
 * The staff door: password, then authenticator (TOTP) or a backup code. Whoever has no authenticator yet is
 * led to set one up; until then no role counts. Same words and same work for known and unknown accounts.
 */
import { createHmac } from 'node:crypto';
import { AppError, isAppError, refuse } from '#kernel/errors';
import { groupCode, normalizeCode } from '#kernel/ids';
import type { Auth } from '../auth.server.ts';
import { cookiesOf, sessionTokenIn, type CookieToSet } from './cookies.ts';
import { countWrong, take } from './limits.ts';
import { endSession } from './sessions.ts';

/** Who asks: the request's headers and the address it came from. */
export type Visitor = { headers: Headers; address: string; now: Date };

/** What better-auth answered a password with. */
export type PasswordAnswer = { cookies: CookieToSet[]; next: 'second_factor' | 'enrol' };

/**
 * First step. @throws AppError `identity.sign_in.wrong` (401), `too_many_requests` (429),
 * `identity.sign_in.demo_closed` (403) for a demo account beside a real commune
 */
export async function enterPassword(
  auth: Auth,
  input: { email: string; password: string },
  visitor: Visitor,
): Promise<PasswordAnswer> {
  const email = input.email.trim().toLowerCase().slice(0, 254);
  const password = input.password.normalize('NFC').slice(0, 128);
  const account = `${email}|${visitor.address}`;
  await take(auth.limits.triesPerAddress, visitor.address);
  const { headers, response } = await countWrong(
    [
      [auth.limits.failuresPerAccountAndAddress, account],
      [auth.limits.failuresPerAccount, email],
    ],
    () =>
      trying(
        () =>
          auth.api.signInEmail({ body: { email, password }, headers: visitor.headers, returnHeaders: true }),
        () => new AppError('identity.sign_in.wrong', 401),
      ),
    (thrown) => isAppError(thrown) && thrown.code === 'identity.sign_in.wrong',
  );
  const cookies = cookiesOf(headers);
  if (await isClosedDemo(auth, email)) {
    if (response && 'token' in response) await endSession(auth, response.token);
    refuse('identity.sign_in.demo_closed', 403);
  }
  await auth.limits.failuresPerAccount.delete(email);
  await auth.limits.failuresPerAccountAndAddress.delete(account);
  await endSession(auth, sessionTokenIn(visitor.headers, auth.secret));
  return { cookies, next: 'twoFactorRedirect' in response ? 'second_factor' : 'enrol' };
}

/**
 * Second step, also the last step of setting up an authenticator.
 * @throws AppError `identity.totp.wrong` (422), `identity.sign_in.over` (410) when the first step is too long ago
 */
export async function enterTotp(auth: Auth, code: string, visitor: Visitor): Promise<Entered> {
  await take(auth.limits.triesPerAddress, visitor.address);
  const clean = code.replace(/\s/g, '').slice(0, 12);
  const { headers, response } = await trying(
    () => auth.api.verifyTOTP({ body: { code: clean }, headers: visitor.headers, returnHeaders: true }),
    secondFactorError,
  );
  const cookies = cookiesOf(headers);
  if (!(await spendTotp(auth, response.user.id, clean, visitor.now))) {
    await endSession(auth, response.token);
    refuse('identity.totp.wrong', 422);
  }
  return { cookies, userId: response.user.id };
}

/** The session's cookies and whose session it is. */
export type Entered = { cookies: CookieToSet[]; userId: string };

/** Second step when the phone with the authenticator is not at hand: each backup code works once. */
export async function enterBackupCode(auth: Auth, code: string, visitor: Visitor): Promise<Entered> {
  await take(auth.limits.triesPerAddress, visitor.address);
  const signs = normalizeCode(code.slice(0, 40), 12);
  if (!signs) refuse('identity.totp.wrong', 422);
  const clean = groupCode(signs);
  const { headers, response } = await trying(
    () => auth.api.verifyBackupCode({ body: { code: clean }, headers: visitor.headers, returnHeaders: true }),
    secondFactorError,
  );
  return { cookies: cookiesOf(headers), userId: response.user.id };
}

async function isClosedDemo(auth: Auth, email: string): Promise<boolean> {
  const { rows } = await auth.pool.query<{ demo: boolean | null }>(
    'select demo from auth."user" where email = $1',
    [email],
  );
  return rows[0]?.demo === true && !(await auth.onlyDemo());
}

/** An authenticator code opens one session. The published secret of a demo account is no secret, so it may be shared. */
async function spendTotp(auth: Auth, userId: string, code: string, now: Date): Promise<boolean> {
  const hash = createHmac('sha256', auth.secret).update(`totp\0${userId}\0${code}`).digest();
  await auth.pool.query("delete from auth.spent_totp where spent_at < $1::timestamptz - interval '1 hour'", [
    now,
  ]);
  const { rowCount } = await auth.pool.query(
    `insert into auth.spent_totp (user_id, hash, spent_at) values ($1, $2, $3)
     on conflict (user_id, hash) do update set spent_at = excluded.spent_at
       where (select demo from auth."user" where id = $1)`,
    [userId, hash, now],
  );
  return rowCount === 1;
}

function secondFactorError(code: string): AppError {
  if (code === 'INVALID_TWO_FACTOR_COOKIE' || code.startsWith('TOO_MANY_ATTEMPTS'))
    return new AppError('identity.sign_in.over', 410);
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED') return new AppError('too_many_requests', 429, { seconds: 900 });
  return new AppError('identity.totp.wrong', 422);
}

/** Runs a call of better-auth; its refusals become ours, faults stay faults. */
export async function trying<T>(work: () => Promise<T>, refusal: (code: string) => AppError): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const { statusCode, body } = thrown as { statusCode?: unknown; body?: { code?: unknown } };
    if (typeof statusCode !== 'number' || statusCode >= 500) throw thrown;
    throw refusal(String(body?.code ?? ''));
  }
}
