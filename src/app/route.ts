/** What of an address may be written down: words of ours, never a code, a token, a name or a query. */

const WORD = /^(?=.*[aeiouy])[a-z][a-z._-]{0,40}$/;
const VERSION = /^v\d$/;

/**
 * `/tra-cuu/23FH-JKMR` → `/tra-cuu/:x`. Codes have digits, capitals or no vowel (see #kernel/ids), so what
 * reads as a lower-case word is one of the site's own.
 */
export function routeOf(path: string): string {
  const parts = path.split('/').slice(1, 8);
  return `/${parts.map((part) => (part === '' || WORD.test(part) || VERSION.test(part) ? part : ':x')).join('/')}`;
}

export type RouteClass = 'page' | 'api' | 'asset' | 'health';

/** Few classes, so that strangers cannot fill the memory with labels. */
export function classOf(path: string): RouteClass {
  if (path.startsWith('/api/')) return 'api';
  if (path.startsWith('/_app/') || /\.(?:svg|png|ico|webmanifest|woff2|txt)$/.test(path)) return 'asset';
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return 'health';
  return 'page';
}
