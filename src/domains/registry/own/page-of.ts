/** What the pages about one's own data share. */
import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';

/** Where strangers are sent, to come back afterwards. */
export function signInHref(url: URL): string {
  return `${localizeHref('/identity/sign-in')}?${new URLSearchParams({ back: url.pathname })}`;
}

/** The record that the sign-in was bound to; the first page says what to do where there is none. */
export function boundTo({ actor }: App.Locals, url: URL): string {
  if (actor.kind !== 'person') redirect(303, signInHref(url));
  return actor.residentId ?? redirect(303, localizeHref('/registry/own'));
}
