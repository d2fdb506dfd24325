/**
 * Keeps the diary's page and program on the phone, one set per version: a set is whole or it is not taken. Nothing of
 * a person lies in it: the page is fetched as a stranger sees it. Data is never answered from here.
 */
import { version } from '$app/env';

type Waiting = Event & { waitUntil: (work: Promise<unknown>) => void };
type Asking = Waiting & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Said = Waiting & { data: unknown };
type Scope = EventTarget & {
  registration: { scope: string };
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
};

const scope = self as unknown as Scope;
const OURS = 'xa-diary-program-';
const page = new URL(scope.registration.scope);
const NAME = `${OURS}${page.pathname}-${version}`;
/** Letters of the languages that the diary speaks. */
const FONTS = /url\(["']?([^"')]*-(?:vietnamese|latin)-[^"')]*\.woff2)["']?\)/g;
const PARTS = /(?:href|src)="([^"]*\/_app\/[^"]+)"|import\("([^"]*\/_app\/[^"]+)"\)/g;

async function fetchPart(address: string): Promise<Response> {
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store' });
  if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** The page, what it names, and the letters that its style sheets name. */
async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  const whole = await fetchPart(page.href);
  const html = await whole.clone().text();
  const parts = new Set(
    [...html.matchAll(PARTS)].map((found) => new URL(found[1] ?? found[2]!, page.href).href),
  );
  const sheets = [...parts].filter((part) => part.endsWith('.css'));
  for (const sheet of sheets)
    for (const [, font] of (await (await fetchPart(sheet)).text()).matchAll(FONTS))
      parts.add(new URL(font!, sheet).href);
  const extra = ['/icon.svg', `${page.pathname}.webmanifest`].map((path) => new URL(path, page.href).href);
  for (const part of [...parts, ...extra]) await cache.put(part, await fetchPart(part));
  // Last: whoever finds the page finds all of it.
  await cache.put(page.href, whole);
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(`${OURS}${page.pathname}-`) && name !== NAME) await caches.delete(name);
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  const kept = await cache.match(request.mode === 'navigate' ? page.href : request.url);
  return kept ?? fetch(request);
}

function isOurs({ method, mode, url }: Request): boolean {
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== page.origin) return false;
  if (mode === 'navigate') return pathname === page.pathname || pathname === `${page.pathname}/`;
  return pathname.includes('/_app/') || pathname === '/icon.svg' || pathname.endsWith('.webmanifest');
}

scope.addEventListener('install', (event) => (event as Waiting).waitUntil(fill()));
scope.addEventListener('activate', (event) => (event as Waiting).waitUntil(takeOver()));
scope.addEventListener('fetch', (event) => {
  const { request } = event as Asking;
  if (isOurs(request)) (event as Asking).respondWith(answer(request));
});
scope.addEventListener('message', (event) => {
  if ((event as Said).data === 'take-over') (event as Said).waitUntil(scope.skipWaiting());
});
