/**
 * The citizens' door: phone number, then a one-time code. The same answer for numbers that are known and
 * unknown: an account is made when the first code was right. The phone proves only the phone.
 */
import type { CommuneRef, Locale } from '#kernel/context';
import { refuse } from '#kernel/errors';
import type { Auth } from '../auth.server.ts';
import { cookiesOf, sessionTokenIn } from './cookies.ts';
import { take } from './limits.ts';
import { CODE_MINUTES, issueCode, phoneOfRequest, spendCode } from './one-time-code.ts';
import { maskPhone } from '#kernel/mask';
import { parsePhone } from './phone.ts';
import { endSession } from './sessions.ts';
import type { Entered, Visitor } from './staff-door.ts';

/** A code is on its way; `demoCode` is there only where nobody real can be harmed by showing it. */
export type CodeSent = { request: string; phone: string; minutes: number; demoCode: string | null };

/**
 * Sends a code to a phone.
 * @throws AppError `identity.phone.invalid` (422), `too_many_requests` (429)
 */
export async function requestCode(
  auth: Auth,
  input: { phone: string; commune: CommuneRef; locale: Locale },
  visitor: Visitor,
): Promise<CodeSent> {
  const phone = parsePhone(input.phone);
  await take(auth.limits.codesPerAddress, visitor.address);
  await take(auth.limits.codesPerPhone, phone);
  await take(auth.limits.codesPerPhoneAndDay, phone);
  const { request, code } = await issueCode(auth, phone, visitor.now);
  const { commune, locale } = input;
  await auth.sendCode({
    commune,
    phone,
    code,
    minutes: CODE_MINUTES,
    locale,
    key: `sign-in:${request.slice(0, 12)}`,
  });
  const shown = commune.demo && (await auth.onlyDemo());
  return { request, phone: maskPhone(phone), minutes: CODE_MINUTES, demoCode: shown ? code : null };
}

/** What the page shows while it waits for the code; null when there is nothing to wait for any more. */
export async function pendingCode(auth: Auth, request: string, now: Date): Promise<string | null> {
  const phone = await phoneOfRequest(auth, request, now);
  return phone && maskPhone(phone);
}

/**
 * Signs in with a code; makes the account when the phone is new.
 * @throws AppError `identity.code.wrong` (422), `identity.code.over` (410), `too_many_requests` (429)
 */
export async function enterCode(
  auth: Auth,
  input: { request: string; code: string },
  visitor: Visitor,
): Promise<Entered> {
  await take(auth.limits.triesPerAddress, visitor.address);
  const code = input.code.replace(/\D/g, '').slice(0, 6);
  const phone = await spendCode(auth, input.request.slice(0, 64), code, visitor.now);
  const { headers, response } = await auth.withPass(phone, (pass) =>
    auth.api.verifyPhoneNumber({
      body: { phoneNumber: phone, code: pass },
      headers: visitor.headers,
      returnHeaders: true,
    }),
  );
  if (!response.user) refuse('identity.code.over', 410);
  await auth.limits.codesPerPhone.delete(phone);
  await endSession(auth, sessionTokenIn(visitor.headers, auth.secret));
  return { cookies: cookiesOf(headers), userId: response.user.id };
}
