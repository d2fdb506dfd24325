/**
 * Links in the reader's language, as `#i18n/runtime`. Ours instead of paraglide's: that one makes a new
 * URLPattern for every line of the site map at every link, which took three quarters of a page's time.
 */
import type { Locale } from '#kernel/context';
import { getLocale } from '../paraglide/runtime.js';
import { readAddress, writeAddress } from './urls.ts';

export { getLocale, overwriteGetLocale } from '../paraglide/runtime.js';

/** A path with query and hash, inner or public, as its public address in the reader's language (or the given one). */
export function localizeHref(href: string, { locale = getLocale() }: { locale?: Locale } = {}): string {
  if (!href.startsWith('/') || href.startsWith('//')) return href;
  const end = href.search(/[?#]/);
  const path = end < 0 ? href : href.slice(0, end);
  return writeAddress({ inner: readAddress(path).inner, locale }) + (end < 0 ? '' : href.slice(end));
}

/** The same for a whole URL. */
export function localizeUrl(url: URL, options: { locale?: Locale } = {}): URL {
  const copy = new URL(url);
  copy.pathname = localizeHref(url.pathname, options);
  return copy;
}

/** A public URL as the room's own. */
export function deLocalizeUrl(url: URL): URL {
  const copy = new URL(url);
  copy.pathname = readAddress(url.pathname).inner;
  return copy;
}
