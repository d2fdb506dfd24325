/**
 * The tracking page for whoever is not signed in, rendered by Svelte without Kit: Kit's routing, hooks and
 * serialising cost more than the page itself (docs/decisions/0034). It is part of the pages' bundle; the server
 * asks it first. What Kit alone knows, the style sheets and headers of a page, is learned from Kit's own answer.
 */
import type { CommuneRef, Locale } from '#kernel/context';
import { render } from 'svelte/server';
import { siteForStrangers } from '../domains/site.ts';
import { answerTracking, trackingStatus } from '../domains/services/track/track.ts';
import template from './app.html?raw';
import { earlierOf } from './earlier.ts';
import { publicFrame } from './frame.ts';
import { runAs, type Runtime } from './runtime.ts';
import StrangerPage from './StrangerPage.svelte';
import { readAddress } from './urls.ts';

export type Asked = { url: URL; address: string; requestId: string; large: boolean };
export type Answered = { status: number; html: string; headers: Record<string, string> };

/** By public path, so that the relative addresses of the style sheets are right. */
const learned = new Map<string, { links: string; headers: Record<string, string> }>();
const TRACK = '/services/track';
const STYLE_SHEETS = /<link [^>]*rel="stylesheet"[^>]*>/g;
const KEPT_HEADERS = ['content-type', 'content-security-policy', 'cache-control', 'vary'];

/** Takes note of how Kit answers a page that can be rendered here from then on. */
export function learnFrom(pathname: string, html: string, headers: Headers): void {
  if (learned.has(pathname) || readAddress(pathname).inner !== TRACK) return;
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  learned.set(pathname, {
    links: (html.match(STYLE_SHEETS) ?? []).join('\n'),
    headers: Object.fromEntries(kept),
  });
}

/** Whether {@link answerStranger} will render this address. */
export function rendersFor(pathname: string): boolean {
  return learned.has(pathname);
}

/** @param commune the one that the request's host name means */
export async function answerStranger(
  runtime: Runtime,
  commune: CommuneRef,
  locale: Locale,
  { url, address, requestId, large }: Asked,
): Promise<Answered> {
  const { links, headers } = learned.get(url.pathname)!;
  const caller = { commune, actor: { kind: 'anonymous' }, locale, requestId } as const;
  const run = <T>(work: Parameters<typeof runAs<T>>[2]) => runAs(runtime, caller, work);
  const code = url.searchParams.get('code') ?? '';
  const [site, tracked] = await Promise.all([
    siteForStrangers(run, commune, locale),
    answerTracking(
      { run, locale, address, earlier: () => earlierOf(runtime, { commune, locale, requestId }) },
      code,
    ),
  ]);
  const place = { path: url.pathname + url.search, large };
  const nothing = { staff: [], account: [] };
  const data = { site, rooms: nothing, place, ...tracked };
  const page = render(StrangerPage, { props: { frame: publicFrame(site, place, nothing), data } });
  const parts: Record<string, string> = {
    '%lang%': locale,
    '%text-size%': large ? 'large-text' : '',
    '%sveltekit.head%': links + page.head,
    '%sveltekit.body%': page.body,
  };
  const status = trackingStatus(tracked);
  return { status, headers, html: template.replace(/%[\w.-]+%/g, (name) => parts[name] ?? name) };
}
