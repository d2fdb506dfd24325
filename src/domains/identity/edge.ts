/** What the room's pages share: reading a request once, setting cookies, answering a refusal in place. */
import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { errorWords } from '#app/words';
import { getLocale } from '#i18n/runtime';
import { isAppError } from '#kernel/errors';
import { SESSION_COOKIE, type CookieToSet } from './auth/cookies.ts';
import type { Visitor } from './auth/staff-door.ts';

/** Who asks, as the sign-in functions want to know it. */
export function visitorOf(event: RequestEvent): Visitor {
  return { headers: event.request.headers, address: event.getClientAddress(), now: new Date() };
}

/** The fields of a form as text, each at most 500 characters; files and missing fields are ''. */
export async function readForm<K extends string>(
  event: RequestEvent,
  ...names: K[]
): Promise<Record<K, string>> {
  const form = await event.request.formData();
  const text = (name: K) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, 500) : '';
  };
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Record<K, string>;
}

/** Hands over cookies: never to scripts, never to other sites' forms, only over https where the page came by https. */
export function keepCookies(event: RequestEvent, cookies: readonly CookieToSet[]): void {
  for (const { name, value, maxAge } of cookies) {
    event.cookies.set(name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: event.url.protocol === 'https:',
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  }
}

/** Kept when somebody signs out: how large the letters are says nothing of him. */
const TEXT_COOKIE = 'xa_text';

/** Takes the session cookie away, and whatever else the browser keeps of the person: the key to drafts. */
export function dropSessionCookie(event: RequestEvent): void {
  const ours = event.cookies.getAll().filter(({ name }) => name.startsWith('xa_') && name !== TEXT_COOKIE);
  const names = [SESSION_COOKIE, ...ours.map(({ name }) => name)];
  keepCookies(
    event,
    names.map((name) => ({ name, value: '', maxAge: 0 })),
  );
}

/**
 * Where to go after sign-in: a path of this site, whatever was asked for. Nobody is sent elsewhere.
 * @param fallback used when nothing, or nothing of ours, was asked for
 */
export function ownPath(asked: string | null, fallback: string): string {
  if (!asked || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return fallback;
  const base = 'http://here.invalid';
  const url = URL.parse(asked, base);
  return url && url.origin === base ? url.pathname + url.search : fallback;
}

export type Refusal = { refused: { code: string; words: string } };

/** Runs what a form asked for; an expected refusal comes back to the form, with what it needs to show itself again. */
export async function attempt<T, const Again extends object>(
  again: Again,
  work: () => Promise<T>,
): Promise<T | ActionFailure<Again & Refusal>> {
  try {
    return await work();
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    const { code, params, status } = thrown;
    return fail(status, { ...again, refused: { code, words: errorWords(code, params, getLocale()) } });
  }
}
