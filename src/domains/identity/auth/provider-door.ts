/**
 * The door of identity providers (OpenID Connect with PKCE). Somebody is sent to the provider and comes back
 * with what it vouches for. Started by a link and not by a form: the content policy lets forms lead only here.
 */
import { AppError } from '#kernel/errors';
import type { Auth } from '../auth.server.ts';
import { cookiesOf, SESSION_COOKIE, sessionToken, sessionTokenIn, type CookieToSet } from './cookies.ts';
import { take } from './limits.ts';
import type { Claims } from './oidc.ts';
import { endSession } from './sessions.ts';
import { trying, type Visitor } from './staff-door.ts';

/** Where somebody is sent to, and the cookie that ties the return to this browser. */
export type Departure = { cookies: CookieToSet[]; url: string };

/**
 * Sends the visitor to a provider.
 * @param input.back own path to go to afterwards; `failed` the own path for a refusal
 * @param input.link links the provider to the signed-in account instead of signing in
 * @throws AppError `identity.provider.not_found` (404), `identity.provider.silent` (503), `too_many_requests` (429)
 */
export async function departTo(
  auth: Auth,
  input: { provider: string; back: string; failed: string; link: boolean },
  visitor: Visitor,
): Promise<Departure> {
  const { provider, back, failed, link } = input;
  if (!auth.providers.some(({ id }) => id === provider))
    throw new AppError('identity.provider.not_found', 404);
  await take(auth.limits.triesPerAddress, visitor.address);
  const call = {
    body: { provider, callbackURL: back, errorCallbackURL: failed },
    headers: visitor.headers,
    returnHeaders: true,
  } as const;
  const api = auth.withProviders();
  const { headers, response } = await trying(
    () => (link ? api.linkSocialAccount(call) : api.signInSocial(call)),
    () => new AppError('identity.provider.silent', 503),
  );
  if (!response.url) throw new AppError('identity.provider.silent', 503);
  return { cookies: cookiesOf(headers), url: response.url };
}

/** Who came back: `token` is the new session, null where a provider was linked or the sign-in was refused. */
export type Return = {
  cookies: CookieToSet[];
  location: string;
  token: string | null;
  claims: Claims | null;
};

/** Takes in somebody who comes back from a provider. A refusal leads to the `failed` path with `?error=…`. */
export async function returnFrom(
  auth: Auth,
  input: { provider: string; query: Record<string, string> },
  visitor: Visitor,
): Promise<Return> {
  await take(auth.limits.triesPerAddress, visitor.address);
  const { answer, claims } = await auth.hearClaims(() =>
    auth.withProviders().callbackOAuth({
      method: 'GET',
      params: { id: input.provider },
      query: input.query,
      headers: visitor.headers,
      asResponse: true,
    }),
  );
  const cookies = cookiesOf(answer.headers);
  const location = answer.headers.get('location') ?? '';
  if (location === '') throw new AppError('identity.provider.silent', 503);
  const session = cookies.find(({ name, maxAge }) => name === SESSION_COOKIE && maxAge !== 0);
  const token = sessionToken(session?.value, auth.secret);
  if (token) await endSession(auth, sessionTokenIn(visitor.headers, auth.secret));
  return { cookies, location, token, claims: /[?&]error=/.test(location) ? null : claims };
}
