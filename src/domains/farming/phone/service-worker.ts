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
/** What a script names, also that which it reads only when it is needed. */
const NAMED = /["'`](\.{1,2}\/[^"'`]+\.(?:js|css))["'`]/g;

async function fetchPart(address: string): Promise<Response> {
  const response = await fetch(address, { credentials: 'omit', cache: 'no-store' });
  if (!response.ok || response.redirected) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** The addresses of the parts that a part names. */
async function namedIn(part: string, response: Response): Promise<string[]> {
  const names = part.endsWith('.css') ? FONTS : part.endsWith('.js') ? NAMED : null;
  if (names === null) return [];
  const found = [...(await response.text()).matchAll(names)].map(([, name]) => new URL(name!, part).href);
  return found.filter((address) => address.includes('/_app/'));
}

/** The page with everything that it and its parts name. */
async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  const whole = await fetchPart(page.href);
  const html = await whole.clone().text();
  const found = [...html.matchAll(PARTS)].map(([, link, script]) => link ?? script!);
  const extra = ['/icon.svg', `${page.pathname}.webmanifest`];
  const parts = new Set([...found, ...extra].map((path) => new URL(path, page.href).href));
  // Those that come to the set on the way are visited too.
  for (const part of parts) {
    const response = await fetchPart(part);
    await cache.put(part, response.clone());
    for (const named of await namedIn(part, response)) parts.add(named);
  }
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
