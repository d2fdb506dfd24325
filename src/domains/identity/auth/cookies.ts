/** Cookies between the edge and better-auth: read its signature, take over what it sets. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'xa.session_token';

/** A cookie to set or (empty, `maxAge` 0) to take away. HttpOnly, Lax and Secure are the edge's business. */
export type CookieToSet = { name: string; value: string; maxAge: number | undefined };

/**
 * The session token inside a signed cookie value, or null when the signature is not ours: a copy of the
 * session table alone signs nobody in.
 */
export function sessionToken(cookie: string | undefined, secret: string): string | null {
  const split = cookie?.lastIndexOf('.') ?? -1;
  if (!cookie || split < 1) return null;
  const token = cookie.slice(0, split);
  const given = Buffer.from(cookie.slice(split + 1), 'base64');
  const wanted = createHmac('sha256', secret).update(token).digest();
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? token : null;
}

/** The session token among the cookies of a request. */
export function sessionTokenIn(headers: Headers, secret: string): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = split(part);
    if (name === SESSION_COOKIE) return sessionToken(decode(value), secret);
  }
  return null;
}

/** The cookies that an answer of better-auth sets. */
export function cookiesOf(headers: Headers): CookieToSet[] {
  return headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split(';');
    const [name, value] = split(pair);
    const age = attributes.map(split).find(([key]) => key.toLowerCase() === 'max-age')?.[1];
    return { name, value: decode(value), maxAge: age === undefined ? undefined : Number(age) };
  });
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The headers of a request as they will be once the browser has taken these cookies. */
export function withCookies(headers: Headers, cookies: readonly CookieToSet[]): Headers {
  const jar = new Map((headers.get('cookie') ?? '').split(';').map(split));
  for (const { name, value } of cookies) jar.set(name, encodeURIComponent(value));
  jar.delete('');
  const next = new Headers(headers);
  next.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  return next;
}
