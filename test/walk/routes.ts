/** Every address of the pages: the routes as the file tree has them, and what the pages themselves lead to. */
import { globSync } from 'node:fs';
import { readAddress, writeAddress } from '#app/urls';
import { SEARCH_WORD } from './marks.ts';

/** The rooms' own paths, `/registry/staff/[id]`: whoever adds a page adds a route. */
export const ROUTES: readonly string[] = [
  ...new Set(
    globSync('src/domains/**/+{page,server,page.server}.{svelte,ts}').map(
      (path) => path.replace(/^src\/domains/, '').replace(/\/\+[^/]+$/, '') || '/',
    ),
  ),
].sort();

const patterns = ROUTES.map((route) => ({
  route,
  open: route.split('[').length,
  pattern: new RegExp(
    `^${route
      .replaceAll('.', '\\.')
      .replaceAll(/\[\\\.\\\.\\\.\w+\]/g, '.+')
      .replaceAll(/\[\w+\]/g, '[^/]+')}$`,
  ),
})).sort((a, b) => a.open - b.open);

/** The route that answers a public address; undefined for assets and the like. */
export function routeOf(path: string): string | undefined {
  const { inner } = readAddress(new URL(path, 'http://x').pathname);
  return patterns.find(({ pattern }) => pattern.test(inner))?.route;
}

/** The public address of a route, every open part filled by the same word. */
export function addressOf(route: string, part = ''): string {
  return writeAddress({ inner: route.replaceAll(/\[[^\]]+\]/g, encodeURIComponent(part)), locale: 'vi' });
}

/** Where a page leads: its links, and its forms that ask, with every choice and with the search word. */
export function leadsOf(html: string, path: string): string[] {
  const links = [...html.matchAll(/\s(?:href|src)="([^"]+)"/g)].map(([, link]) => link!);
  const asked = [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, head]) => !/method="post"/i.test(head!))
    .flatMap(([, head, body]) => questions(/action="([^"]*)"/.exec(head!)?.[1] || path, body!));
  return [...links, ...asked]
    .map((link) => new URL(link.replaceAll('&amp;', '&'), `http://x${path}`))
    .filter(({ host, pathname }) => host === 'x' && !/^\/(?:_app|fonts|en|api)(?:\/|$)/.test(pathname))
    .map(({ pathname, search }) => pathname + search)
    .filter((link) => routeOf(link) !== undefined);
}

function questions(action: string, body: string): string[] {
  const [page = ''] = action.split(/[?#]/);
  const ask = (name: string, value: string) => `${page}?${new URLSearchParams({ [name]: value })}`;
  const chosen = [...body.matchAll(/<select[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)].flatMap(
    ([, name, options]) => [...options!.matchAll(/value="([^"]+)"/g)].map(([, value]) => ask(name!, value!)),
  );
  const typed = [...body.matchAll(/<input([^>]*)>/g)].flatMap(([, input]) => {
    const name = /name="([^"]+)"/.exec(input!)?.[1];
    const type = /type="([^"]+)"/.exec(input!)?.[1] ?? 'text';
    if (!name || type === 'hidden' || type === 'date') return [];
    const value = /value="([^"]+)"/.exec(input!)?.[1];
    return [ask(name, type === 'checkbox' || type === 'radio' ? (value ?? 'on') : SEARCH_WORD)];
  });
  return [...chosen, ...typed];
}
