/** What a browser keeps of drafts: one secret for all of them, out of reach of scripts and of other sites. */
import { redirect, type Cookies, type RequestEvent } from '@sveltejs/kit';
import { localizeHref, localizeUrl } from '#i18n/runtime';
import { randomToken } from '#kernel/ids';
import { isAppError } from '#kernel/errors';
import { DRAFT_DAYS } from './draft.ts';
import type { DraftKey } from './draft.queries.ts';

const COOKIE = 'xa_draft';
const BYTES = 32;
const SHAPE = /^[\w-]{43}$/;

/** The browser's secret; null when it has none. */
export function draftKey(cookies: Cookies): DraftKey {
  const value = cookies.get(COOKIE);
  return value !== undefined && SHAPE.test(value) ? value : null;
}

/** The browser's secret, a new one where there was none; kept as long as a draft from now on. */
export function keepDraftKey(event: Pick<RequestEvent, 'cookies' | 'url'>): string {
  const key = draftKey(event.cookies) ?? randomToken(BYTES);
  event.cookies.set(COOKIE, key, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: DRAFT_DAYS * 86_400,
  });
  return key;
}

/** The sign-in page, coming back here afterwards. */
export function signInHref(url: URL): string {
  const back = localizeUrl(url);
  return localizeHref(`/identity/sign-in?back=${encodeURIComponent(back.pathname + back.search)}`);
}

/** Sends whoever must sign in first to do so, and back here; anything else is thrown on. */
export function toSignIn(thrown: unknown, url: URL): never {
  if (isAppError(thrown) && thrown.status === 401) redirect(303, signInHref(url));
  throw thrown;
}
